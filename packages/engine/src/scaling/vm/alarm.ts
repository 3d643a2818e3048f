/**
 * The alarm: it is on while the newest `points` of the metric all breach its threshold. A period
 * without a value interrupts the row: an alarm neither starts nor goes on for want of data.
 */
import type { MetricPoint } from './policy.ts';

export interface Alarm {
  readonly points: number;
  readonly breaches: (value: number) => boolean;
}

/** The newest point of an alarm that is on; null = it is off. */
export function alarmPoint(published: readonly MetricPoint[], alarm: Alarm): MetricPoint | null {
  const { length } = published;
  if (length < alarm.points) return null;
  for (let i = length - alarm.points; i < length; i++) {
    const { value } = published[i];
    if (value === null || !alarm.breaches(value)) return null;
  }
  return published[length - 1];
}
