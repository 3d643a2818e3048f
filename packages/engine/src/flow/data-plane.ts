/**
 * The border between the control plane and the requests of one service. Two mechanisms stand behind
 * it: the general path (general-plane.ts) and the fast path (fast/fast-plane.ts); where both apply
 * they agree to the last bit.
 */
import type { Histogram } from '../stats/histogram.ts';
import type { RequestSample } from './sample.ts';

/** Which mechanism serves the requests. */
export type FlowPath = 'general' | 'fast';

/** Requests that run on together between two control events: one service, or linked ones. */
export interface Flow {
  /** Runs everything that happens before the control events of `until`, µs. */
  readonly advance: (until: number) => void;
  /** Brings counts, histograms and integrals up to `until`, to which the flow has advanced. */
  readonly settle: (until: number) => void;
}

/** Rows of `integrals`, request·µs since the statistics began. */
export const IN_QUEUE = 0;
export const IN_SYSTEM = 1;
export const INTEGRALS = 2;

/** What the control plane does to the pods of one service, and what it may see of them. */
export interface DataPlane extends Flow {
  readonly path: FlowPath;
  /** @shape Float64Array[COUNT_CLASSES], as of the last `settle`. */
  readonly counts: Float64Array;
  /** Latencies of completed requests since the row began; merged into `latency` at its end. */
  readonly window: Histogram;
  readonly latency: Histogram;
  /** Times in queue of completed requests, zeros included, since the statistics began. */
  readonly waits: Histogram;
  /** @shape Float64Array[INTEGRALS] */
  readonly integrals: Float64Array;
  /** Some of the loads' requests, followed; null = none are. */
  readonly sample: RequestSample | null;
  readonly readyCount: () => number;
  readonly isReady: (pod: number) => boolean;
  /** Pod number `pod` takes requests from now on. */
  readonly admit: (pod: number) => void;
  /** Pod number `pod` takes no more requests; what it holds goes on. */
  readonly withdraw: (pod: number) => void;
  /** Loses everything that the pod holds, at `time`: crash, kill, end of the grace period. */
  readonly lose: (pod: number, time: number) => void;
  /** Requests that the pod holds at `time`, waiting or in service. */
  readonly outstanding: (pod: number, time: number) => number;
  /** Busy slot time of a pod from its start to `time`, µs. */
  readonly busyTime: (pod: number, time: number) => number;
  /** The same of all pods that ever were. */
  readonly busyTimeOfAll: (time: number) => number;
  /** Requests that wait in queues, all pods, as of the last `settle`. */
  readonly waiting: () => number;
  /** Requests in the system whose clients still wait, as of the last `settle`. */
  readonly inFlight: () => number;
  /** Forgets all statistics; requests in the system count as offered from now on. */
  readonly resetStatistics: (time: number) => void;
}
