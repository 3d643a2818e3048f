/**
 * Replicas from a start to an end: inside, the metric is `desiredReplicas` with a target of 1, so
 * the HPA wants that many; outside it is 0 and inactive. Being a metric, it is subject to the HPA's
 * tolerance: from 46 to 50 replicas is a ratio of 1.087, and nothing happens.
 *
 * @source kedacore/keda pkg/scalers/cron_scaler.go
 */
import { type CronSchedule, nextCron, parseCron, zoneOffset } from '../cron.ts';
import { external, type TriggerKind, type TriggerTime } from './trigger.ts';

export interface CronTrigger {
  readonly kind: 'cron';
  readonly start: string;
  readonly end: string;
  readonly timezone?: string;
  readonly desiredReplicas: number;
}

/** Inside iff its end comes before its next start: at the start itself that is so. */
export function isInside(spec: CronTrigger, { epoch, utcOffset }: TriggerTime): boolean {
  const offset = spec.timezone === undefined ? utcOffset : (zoneOffset(spec.timezone) ?? utcOffset);
  const next = (schedule: CronSchedule | null) =>
    schedule === null ? Number.POSITIVE_INFINITY : nextCron(schedule, epoch, offset);
  const end = next(parseCron(spec.end));
  return end < Number.POSITIVE_INFINITY && end <= next(parseCron(spec.start));
}

export const cron: TriggerKind<CronTrigger> = {
  metric: (_, index) => external(`s${index}-cron`, 1),
  measure: null,
  answer: (spec, _, time) => {
    const active = isInside(spec, time);
    return { value: active ? spec.desiredReplicas : 0, active };
  },
};
