/** The registry of KEDA triggers: `kind` of a trigger → what it tells. */
import { type CpuTrigger, cpu } from './cpu.ts';
import { type CronTrigger, cron } from './cron.ts';
import { type QueueLengthTrigger, queueLength } from './queue-length.ts';
import { type RequestRateTrigger, requestRate } from './request-rate.ts';
import type { TriggerKind } from './trigger.ts';

/** `service`: the one that it scales; absent = all. */
export type KedaTrigger = { readonly service?: string } & (
  | CronTrigger
  | RequestRateTrigger
  | QueueLengthTrigger
  | CpuTrigger
);

const KEDA_TRIGGERS = {
  cron,
  'request-rate': requestRate,
  'queue-length': queueLength,
  cpu,
} as const;

/** The kind of a trigger, for a spec of that kind. */
export function triggerKind(trigger: KedaTrigger): TriggerKind<KedaTrigger> {
  return KEDA_TRIGGERS[trigger.kind] as unknown as TriggerKind<KedaTrigger>;
}

/** Those of a service, in the order in which they are written. */
export function triggersOf<T extends { readonly service?: string }>(
  triggers: readonly T[],
  service: string,
): readonly T[] {
  return triggers.filter((trigger) => (trigger.service ?? service) === service);
}
