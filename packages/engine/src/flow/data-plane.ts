/**
 * The border between the control plane and the requests of one service. Two mechanisms stand behind
 * it: the general path (general-plane.ts) and the fast path (fast/fast-plane.ts); where both apply
 * they agree to the last bit.
 */
import type { Histogram } from '../stats/histogram.ts';
import type { RowBatch, RowSpec } from './row-batch.ts';
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

/** A service's own queue, in front of its pods (hold.ts). */
export interface HoldPort {
  /** Requests in it. */
  readonly length: () => number;
  /** Arrival of the first of them, µs; Infinity = there is none. */
  readonly firstArrival: () => number;
  readonly isInPath: () => boolean;
  /** When the next request of a load comes, µs; Infinity = none, NaN = it depends on others. */
  readonly nextArrival: () => number;
  /**
   * From now on every request goes through the queue and pods take from it when they have room
   * (true), or only those that find no pod that takes requests (false).
   */
  readonly setInPath: (inPath: boolean) => void;
}

/** What the control plane does to the pods of one service, and what it may see of them. */
export interface DataPlane extends Flow {
  readonly path: FlowPath;
  /** @shape Float64Array[COUNT_CLASSES], as of the last `settle`. */
  readonly counts: Float64Array;
  /** Latencies of completed requests since the row began; `latency` has those of ended rows. */
  readonly window: Histogram;
  readonly latency: Histogram;
  /** Merges `window` into `latency`: its ROW_QUANTILES to `quantiles`, µs, NaN = it is empty. */
  readonly endWindow: (quantiles: Float64Array | null) => void;
  /** Times in queue of completed requests, zeros included, since the statistics began. */
  readonly waits: Histogram;
  /** @shape Float64Array[INTEGRALS] */
  readonly integrals: Float64Array;
  /** Some of the loads' requests, followed; null = none are. */
  readonly sample: RequestSample | null;
  /**
   * Ends rows of the series by itself, as many as it can; null = it cannot. Up to `spec.from` the
   * plane has advanced and all rows have ended.
   */
  readonly runRows: ((spec: RowSpec, batch: RowBatch) => void) | null;
  /** Pods that clients send to and whose ports are open: a crashed or killed one serves nobody. */
  readonly readyCount: () => number;
  readonly isReady: (pod: number) => boolean;
  /**
   * Pod number `pod` takes requests from `time` on, µs. Its first time makes it a new pod: cold
   * (warm-up.ts), its share small at first (slow-start.ts). Without `time` it has been there for
   * long. A pod that comes back is as warm as it was, its port open.
   */
  readonly admit: (pod: number, time?: number) => void;
  /** Pod number `pod` takes no more requests; what it holds goes on. */
  readonly withdraw: (pod: number) => void;
  /**
   * The pod closes its port at `time`, but clients still send to it: what they send fails at once,
   * what it holds goes on.
   */
  readonly refuse: (pod: number, time: number) => void;
  /** The pod's process is a new one at `time`: its port is open, and it is cold. */
  readonly restart: (pod: number, time: number) => void;
  /**
   * From `time` on the pod works at `factor` × full speed, above 0: others on its node take CPU.
   * The service must have been made for it (`PlaneSpec.variableSpeed`).
   */
  readonly setSpeed: (pod: number, factor: number, time: number) => void;
  /** Loses everything that the pod holds, at `time`: crash, kill, end of the grace period. */
  readonly lose: (pod: number, time: number) => void;
  /** Requests that the pod holds at `time`, waiting or in service. */
  readonly outstanding: (pod: number, time: number) => number;
  /** Busy slot time of a pod from its start to `time`, µs. */
  readonly busyTime: (pod: number, time: number) => number;
  /** The same of all pods that ever were. */
  readonly busyTimeOfAll: (time: number) => number;
  /** CPU that the pod has used for its warm-up by `time`, core-µs. */
  readonly warmUpCpu: (pod: number, time: number) => number;
  readonly warmUpCpuOfAll: (time: number) => number;
  /** The service's own queue; null = it has none. */
  readonly hold: HoldPort | null;
  /** Requests that wait in queues, as of the last `settle`. */
  readonly waiting: () => number;
  /** Requests in the system whose clients still wait, as of the last `settle`. */
  readonly inFlight: () => number;
  /** Forgets all statistics; requests in the system count as offered from now on. */
  readonly resetStatistics: (time: number) => void;
}
