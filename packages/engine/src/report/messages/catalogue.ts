/**
 * The catalogue: per locale one record of templates, merged from the parts of the engine that
 * speak. Every part has the same keys in every locale.
 */
import { IMAGE_MESSAGES } from '../../compare/image-messages.ts';
import { RESTART_MESSAGES } from '../../compare/restart-messages.ts';
import { SCHEDULING_MESSAGES } from '../../compare/scheduling-messages.ts';
import { KARPENTER_MESSAGES } from '../../provisioning/karpenter/messages.ts';
import { NODE_MESSAGES } from '../../provisioning/messages.ts';
import { HPA_MESSAGES } from '../../scaling/hpa-messages.ts';
import { KEDA_MESSAGES } from '../../scaling/keda-messages.ts';
import { KPA_MESSAGES } from '../../scaling/kpa-messages.ts';
import { VM_MESSAGES } from '../../scaling/vm/messages.ts';
import { CLOSED_MESSAGES } from '../../traffic/closed-messages.ts';
import { TRAP_MESSAGES } from '../../traps/messages.ts';
import type { Locale } from '../format.ts';
import { en } from './en.ts';
import { STARTUP_MESSAGES } from './startup.ts';
import { zhCN } from './zh-CN.ts';

export const CATALOGUE: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: {
    ...en,
    ...CLOSED_MESSAGES.en,
    ...HPA_MESSAGES.en,
    ...IMAGE_MESSAGES.en,
    ...KARPENTER_MESSAGES.en,
    ...KEDA_MESSAGES.en,
    ...KPA_MESSAGES.en,
    ...NODE_MESSAGES.en,
    ...RESTART_MESSAGES.en,
    ...SCHEDULING_MESSAGES.en,
    ...STARTUP_MESSAGES.en,
    ...TRAP_MESSAGES.en,
    ...VM_MESSAGES.en,
  },
  'zh-CN': {
    ...zhCN,
    ...CLOSED_MESSAGES['zh-CN'],
    ...HPA_MESSAGES['zh-CN'],
    ...IMAGE_MESSAGES['zh-CN'],
    ...KARPENTER_MESSAGES['zh-CN'],
    ...KEDA_MESSAGES['zh-CN'],
    ...KPA_MESSAGES['zh-CN'],
    ...NODE_MESSAGES['zh-CN'],
    ...RESTART_MESSAGES['zh-CN'],
    ...SCHEDULING_MESSAGES['zh-CN'],
    ...STARTUP_MESSAGES['zh-CN'],
    ...TRAP_MESSAGES['zh-CN'],
    ...VM_MESSAGES['zh-CN'],
  },
};
