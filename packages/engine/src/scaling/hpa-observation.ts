/**
 * What one reconcile sees: the scale, the pods that the target's selector matches, and a reading
 * per metric. Columns instead of an object per pod, so that a simulator refills the same arrays at
 * every sync: allocate `hpaPods` and `hpaSamples` once, write the rows 0..count−1, set `count`,
 * call `decide`. Nothing is kept or changed by `decide`.
 *
 * Row i of every column is the same pod; the order of the rows does not matter. All pods of the
 * selector belong in it: pending, terminating and failed ones too. Times are µs on any one clock,
 * metric values and resource requests whole milli-units (millicores, bytes × 1000).
 */
export interface HpaObservation {
  readonly now: number;
  /** The target's spec.replicas: what the HPA reads as current and writes. */
  readonly specReplicas: number;
  /** The target's status.replicas; used by AverageValue of Object and External metrics alone. */
  readonly statusReplicas: number;
  readonly pods: HpaPods;
  /** One per metric of the spec, in its order. */
  readonly readings: readonly HpaReading[];
}

export const PHASE = { pending: 0, running: 1, succeeded: 2, failed: 3 } as const;

/** The status of the pod's Ready condition; `none` = it has no such condition yet. */
export const READY = { none: 0, true: 1, false: 2, unknown: 3 } as const;

export interface HpaPods {
  /** Rows in use. */
  count: number;
  /** A value of PHASE. */
  readonly phase: Uint8Array;
  /** 1 = has a deletionTimestamp (terminating). */
  readonly deleted: Uint8Array;
  /** status.startTime; NaN = unset. */
  readonly startTime: Float64Array;
  /** A value of READY. */
  readonly ready: Uint8Array;
  /** lastTransitionTime of the Ready condition. */
  readonly readySince: Float64Array;
}

/** Samples of a Resource, ContainerResource or Pods metric; row i belongs to pod i. */
export interface HpaSamples {
  /** NaN = the pod has no sample. */
  readonly value: Float64Array;
  /** When the sample was taken: the end of its window. Read for cpu alone. */
  readonly time: Float64Array;
  /** What the sample averages over, µs. Read for cpu alone. */
  readonly window: Float64Array;
  /**
   * The pod's request of the resource (hpa-requests.ts); NaN = a container has none, which makes
   * the metric fail. Read for Utilization targets alone.
   */
  readonly resourceRequest: Float64Array;
  /** Values of samples of pods that are not among the rows; empty in a simulator. */
  readonly others: readonly number[];
}

export type HpaReading =
  | { readonly kind: 'samples'; readonly samples: HpaSamples }
  /** An Object metric (one value) or the series of an External one. */
  | { readonly kind: 'values'; readonly values: readonly number[] }
  /** The metrics API gave an error or nothing. */
  | { readonly kind: 'failed' };

export function hpaPods(capacity: number): HpaPods {
  return {
    count: 0,
    phase: new Uint8Array(capacity),
    deleted: new Uint8Array(capacity),
    startTime: new Float64Array(capacity),
    ready: new Uint8Array(capacity),
    readySince: new Float64Array(capacity),
  };
}

/** Without a sample in any row. */
export function hpaSamples(capacity: number): HpaSamples {
  return {
    value: new Float64Array(capacity).fill(Number.NaN),
    time: new Float64Array(capacity),
    window: new Float64Array(capacity),
    resourceRequest: new Float64Array(capacity),
    others: [],
  };
}
