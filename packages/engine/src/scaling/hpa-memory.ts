/**
 * What the controller remembers of one HPA between reconciles: raw proposals, its own changes of
 * the scale, and the conditions. A value: a reconcile returns a new one and leaves the old as it
 * was. It is lost when the controller restarts: start again from `hpaMemory()`.
 *
 * The lists reuse slots instead of being pruned: a new entry overwrites the last outdated one.
 * Which entries survive decides about replicas, so this is kept to the letter.
 *
 * @source Kubernetes, pkg/controller/podautoscaler/horizontal.go, master of August 2026.
 */
export interface HpaRecommendation {
  /** As proposed by the metrics: before stabilization, policies and bounds. */
  readonly replicas: number;
  readonly time: number;
}

export interface HpaScaleEvent {
  /** Replicas added or removed, > 0. */
  readonly change: number;
  readonly time: number;
  /** Marked when an event of its direction was stored; a mark stays. */
  readonly outdated: boolean;
}

export interface HpaCondition {
  readonly status: 'True' | 'False';
  readonly reason: HpaConditionReason;
}

export type StabilizeReason = 'ReadyForNewScale' | 'ScaleUpStabilized' | 'ScaleDownStabilized';

export type LimitReason =
  | 'DesiredWithinRange'
  | 'TooFewReplicas'
  | 'TooManyReplicas'
  | 'ScaleUpLimit'
  | 'ScaleDownLimit';

export type HpaConditionReason =
  | StabilizeReason
  | LimitReason
  | 'SucceededGetScale'
  | 'SucceededRescale'
  | 'ValidMetricFound'
  | 'ScalingDisabled'
  | 'FailedGetResourceMetric'
  | 'FailedGetContainerResourceMetric'
  | 'FailedGetPodsMetric'
  | 'FailedGetObjectMetric'
  | 'FailedGetExternalMetric'
  | 'ScaledToZero'
  | 'NotScaledToZero';

/** null = never set. Conditions persist until set again. */
export interface HpaConditions {
  readonly ableToScale: HpaCondition | null;
  readonly scalingActive: HpaCondition | null;
  readonly scalingLimited: HpaCondition | null;
  /** Only with the feature gate for scaling to zero. */
  readonly scaledToZero: HpaCondition | null;
}

export interface HpaMemory {
  /** null = not reconciled yet: the first reconcile enters the replicas that it finds. */
  readonly recommendations: readonly HpaRecommendation[] | null;
  readonly upEvents: readonly HpaScaleEvent[];
  readonly downEvents: readonly HpaScaleEvent[];
  readonly conditions: HpaConditions;
}

/** Of an HPA that was never reconciled. */
export function hpaMemory(): HpaMemory {
  return {
    recommendations: null,
    upEvents: [],
    downEvents: [],
    conditions: {
      ableToScale: null,
      scalingActive: null,
      scalingLimited: null,
      scaledToZero: null,
    },
  };
}

/** A copy with `entry` in the slot; no slot (−1) = appended. */
export function placed<T>(list: readonly T[], slot: number, entry: T): readonly T[] {
  const copy = list.slice();
  if (slot < 0) copy.push(entry);
  else copy[slot] = entry;
  return copy;
}
