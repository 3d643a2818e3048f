/**
 * What a KEDA trigger is: a metric for the HPA that KEDA makes, and an answer to the poll. Pure:
 * the cluster measures, and says what it measured.
 */
import type { HpaMetricSpec } from '../hpa-spec.ts';

/** Where a trigger is asked: at an instant of the wall clock. */
export interface TriggerTime {
  /** µs since the Unix epoch. */
  readonly epoch: number;
  /** Minutes east of UTC of the scenario’s clock. */
  readonly utcOffset: number;
}

export interface TriggerAnswer {
  /** In the unit of the metric; null = this trigger has none. */
  readonly value: number | null;
  readonly active: boolean;
}

export interface TriggerKind<Spec> {
  /** What the HPA of the ScaledObject aims at. */
  readonly metric: (spec: Spec, index: number) => HpaMetricSpec;
  /** What the cluster measures for it; null = nothing: it cannot fail either. */
  readonly measure: 'arrival-rate' | 'queue-length' | 'cpu-utilization' | null;
  /** @param measured null where `measure` is. */
  readonly answer: (spec: Spec, measured: number | null, time: TriggerTime) => TriggerAnswer;
}

/** An external metric with an average per replica, whole thousandths. */
export function external(name: string, average: number): HpaMetricSpec {
  const averageValue = Math.round(average * 1000);
  return { type: 'External', name, target: { type: 'AverageValue', averageValue } };
}
