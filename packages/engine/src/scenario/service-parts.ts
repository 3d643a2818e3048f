/** What a service says of sharing, balancing and size: each field with what it belongs to. */
import { type CheckContext, isWritten, placeOf, type ServiceDraft } from './draft.ts';
import { checkServiceImage } from './images.ts';
import type { Service } from './scenario.ts';
import type { Path } from './source.ts';
import { checkNewPods } from './warm-up.ts';

export type ServiceParts = Pick<
  Service,
  | 'sharing'
  | 'throttling'
  | 'choices'
  | 'weights'
  | 'sticky'
  | 'fixed'
  | 'image'
  | 'memory'
  | 'warmUp'
  | 'slowStart'
>;

/** Field → the setting without which it means nothing. */
const BELONGS_TO = {
  throttling: ['sharing', 'processor'],
  choices: ['balancer', 'power-of-two'],
  weights: ['balancer', 'weighted'],
  sticky: ['balancer', 'sticky'],
} as const;

/** Balancer → the field without which it would be another one. */
const NEEDED_BY_BALANCER = {
  sticky: {
    field: 'sticky',
    problem: 'the sticky balancer needs the number of its connections',
    hint: 'add sticky: { connections: 1000 }',
  },
  weighted: {
    field: 'weights',
    problem: 'the weighted balancer needs the weights of the pods',
    hint: 'add weights: [1, 2]',
  },
} as const;

/** Undefined after a report. */
export function readServiceParts(
  service: ServiceDraft,
  path: Path,
  context: CheckContext,
): ServiceParts | undefined {
  const { root, reporter } = context;
  const before = reporter.diagnostics.length;
  for (const [field, [setting, value]] of Object.entries(BELONGS_TO)) {
    if (!isWritten(root, [...path, field]) || service[setting] === value) continue;
    if (service[setting] === undefined && isWritten(root, [...path, setting])) continue;
    reporter.report('E_CONFLICT', placeOf(root, [...path, field]), {
      problem: `${field} means nothing without ${setting}: ${value}`,
      hint: `write ${setting}: ${value}, or remove ${field}`,
    });
  }
  for (const [balancer, { field, problem, hint }] of Object.entries(NEEDED_BY_BALANCER)) {
    if (service.balancer !== balancer || isWritten(root, [...path, field])) continue;
    reporter.report('E_REQUIRED', placeOf(root, [...path, 'balancer']), { problem, hint });
  }
  checkServiceImage(service, path, context);
  checkNewPods(service, path, context);
  if (reporter.diagnostics.length > before) return undefined;
  const { sharing, throttling, choices, weights, sticky, fixed, image, memory } = service;
  const { warmUp, slowStart } = service;
  const balancing = { choices, weights, sticky, slowStart };
  return withoutGaps({ sharing, throttling, ...balancing, fixed, image, memory, warmUp });
}

/** Fields that were not written are absent. */
function withoutGaps(parts: { readonly [K in keyof ServiceParts]: unknown }): ServiceParts {
  const given = Object.entries(parts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as ServiceParts;
}
