/**
 * The catalogue: per locale one record of templates, merged from the parts of the engine that
 * speak. Every part has the same keys in every locale.
 */
import { HPA_MESSAGES } from '../../scaling/hpa-messages.ts';
import { KPA_MESSAGES } from '../../scaling/kpa-messages.ts';
import { TRAP_MESSAGES } from '../../traps/messages.ts';
import type { Locale } from '../format.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

export const CATALOGUE: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: { ...en, ...HPA_MESSAGES.en, ...KPA_MESSAGES.en, ...TRAP_MESSAGES.en },
  'zh-CN': {
    ...zhCN,
    ...HPA_MESSAGES['zh-CN'],
    ...KPA_MESSAGES['zh-CN'],
    ...TRAP_MESSAGES['zh-CN'],
  },
};
