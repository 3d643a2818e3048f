/**
 * The columns of the data plane's general path. One `Plane` serves one service:
 *
 *   arrivals ─► balancer ─► pod: queue (linked list of requests) ─► slots ─► record
 *                                    │                                │
 *                                    └── deadlines: rings, a heap ◄───┘
 *
 * A request that starts at once and ends before its client gives up lives in its slot's columns
 * alone; a row of `Requests` is taken only for those that wait or may time out. Growth is in
 * growth.ts; what only some services need stands in files of its own: patience-queue.ts,
 * processor.ts, warm-up.ts, speeds.ts, hold.ts, calls.ts and the state of balancers.
 */
import type { Histogram } from '../stats/histogram.ts';
import { createHistogram } from '../stats/histogram.ts';
import type { Arrivals } from './arrival-columns.ts';
import { INTEGRALS } from './data-plane.ts';
import { createDepartureQueue, type DepartureQueue } from './departure-queue.ts';
import { createHold, type Hold, type HoldSpec } from './hold.ts';
import type { Links } from './links.ts';
import { createPatienceQueue, type PatienceQueue } from './patience-queue.ts';
import { createProcessor, type Processor, type ProcessorSpec } from './processor.ts';
import type { RequestSample } from './sample.ts';
import { createSlowStart, type SlowStart, type SlowStartSpec } from './slow-start.ts';
import { createSpeeds, type Speeds } from './speeds.ts';
import type { Stickiness } from './stickiness.ts';
import { createWarmUp, type WarmUp, type WarmUpSpec } from './warm-up.ts';

/** Where a request of the `Requests` columns stands. */
export const WAITING = 0;
export const IN_SERVICE = 1;
export const DONE = 2;
export const TIMED_OUT = 3;

/** Rows of `counts`; every request that arrived is in one of the others, or in flight. */
export const OFFERED = 0;
export const SERVED = 1;
export const LATE = 2;
export const TIMED_OUT_COUNT = 3;
export const REJECTED = 4;
export const FAILED = 5;
/** Besides the classes: arrivals that found no free slot and joined a queue. */
export const WAITED = 6;
export const COUNT_CLASSES = 7;
/** Of a sampled request that is still in the system. */
export const FATE_UNKNOWN = -1;

/** Rows of `levels`: the instant up to which the integrals go, and the two levels at it. */
export const LEVEL_TIME = 0;
export const LEVEL_WAITING = 1;
export const LEVEL_IN_SYSTEM = 2;

/** Arrays indexed by pod; `ready` lists the pods that take new requests, in order of readiness. */
export interface Pods {
  capacity: number;
  /** Slots per pod. */
  readonly slots: number;
  busy: Int32Array;
  queueLength: Int32Array;
  queueFirst: Int32Array;
  queueLast: Int32Array;
  /** µs of service started so far: work accepted; minus what is left = busy slot time. */
  booked: Float64Array;
  ready: Int32Array;
  readyCount: number;
  /** Where round robin stands in `ready`. */
  cursor: number;
  isReady: Uint8Array;
  /** Ready for its clients, but its port is closed: what they send fails. */
  isClosed: Uint8Array;
  closedCount: number;
  /** Ranking by outstanding requests, kept for the least-loaded balancer and for a hold. */
  ranking: Ranking | null;
  /** Ready pods, each as often as its weight says, kept only for the weighted balancer. */
  readonly weighted: Weighted | null;
  /** Kept only for the sticky balancer. */
  readonly stickiness: Stickiness | null;
  /** How long the balancer has known each pod; null = all are equal to it. */
  readonly slowStart: SlowStart | null;
  /** Indices drawn for one request, one per choice of the power-of-two balancer. */
  readonly picked: Int32Array;
}

export interface Weighted {
  /** Pod number n has the weight n mod length. */
  readonly weights: readonly number[];
  table: Int32Array;
  length: number;
}

/** `order` sorts the ready pods by outstanding requests; a change by one is one swap. */
export interface Ranking {
  order: Int32Array;
  position: Int32Array;
  /** First position of each outstanding count; blockStart[n + 1] ends the block of n. */
  blockStart: Int32Array;
}

/** Arrays indexed by slot = pod · slots + k. */
export interface Slots {
  /** Arrival of the request in service, µs; −1 = the slot is free. */
  arrival: Float64Array;
  /** Row of `Requests`, −1 when the request needs none. */
  request: Int32Array;
  /** Per pod, a stack of its free slots: the first slots − busy entries. */
  free: Int32Array;
}

/** Arrays indexed by request row; rows are reused. */
export interface Requests {
  capacity: number;
  arrival: Float64Array;
  service: Float64Array;
  /** When it got its slot, µs. */
  start: Float64Array;
  pod: Int32Array;
  /** Load, or kind of call, that it comes from: row of `Deadlines`. */
  source: Uint16Array;
  state: Uint8Array;
  /** Holders of the row: its queue or slot, its rings, the calls that it waits for. */
  holders: Uint8Array;
  /** Row of the sample, −1 = it is not in it. */
  sample: Int32Array;
  next: Int32Array;
  /** Stack of unused rows. */
  unused: Int32Array;
  unusedCount: number;
}

/** Requests of one source in arrival order: their deadline is `delay` after their arrival. */
export interface DeadlineRing {
  readonly source: number;
  /** µs */
  readonly delay: number;
  /** From this state on the deadline means nothing: patience ends with the wait. */
  readonly mootFrom: number;
  rows: Int32Array;
  head: number;
  tail: number;
}

/** When requests give up; arrays by source. At one instant the rings' order is that of `rings`. */
export interface Deadlines {
  readonly rings: readonly DeadlineRing[];
  /** µs from the arrival, Infinity = never. */
  readonly timeout: Float64Array;
  /** A request that starts at once takes a row if its service time is above this, µs. */
  readonly rowAbove: Float64Array;
  /** Index into `rings`, −1 = none. */
  readonly timeoutRing: Int32Array;
  readonly patienceRing: Int32Array;
  /** Waiting requests whose patience is drawn. */
  readonly drawn: PatienceQueue | null;
  /** Earliest deadline to visit, µs, and its ring; rings.length = the queue of drawn ones. */
  next: number;
  nextRing: number;
}

/** Picks a ready pod for arrival i from two 32-bit draws; never called without a ready pod. */
export type Balancer = (
  pods: Pods,
  draw1: number,
  draw2: number,
  arrivals: Arrivals,
  i: number,
) => number;

export interface Plane {
  readonly pods: Pods;
  readonly slots: Slots;
  readonly requests: Requests;
  readonly deadlines: Deadlines;
  readonly arrivals: Arrivals;
  readonly departures: DepartureQueue;
  /** The pods' CPU where their requests share it; null = a slot works at full speed. */
  readonly processor: Processor | null;
  /** What new pods still have to compile; null = they are as fast as old ones. */
  readonly warmUp: WarmUp | null;
  /** Speeds of pods whose slots share nothing; null = all are at full speed. */
  readonly speeds: Speeds | null;
  /** The service's own queue; null = requests wait at pods alone. */
  readonly hold: Hold | null;
  /** Calls to and from other services; null = there are none. */
  links: Links | null;
  readonly choose: Balancer;
  readonly queueLimit: number;
  /** µs; completed within this = served, else late. */
  readonly latencyObjective: number;
  /** @shape Float64Array[COUNT_CLASSES] */
  readonly counts: Float64Array;
  /** Latencies since the row began; merged into `latency` at its end. */
  readonly window: Histogram;
  readonly latency: Histogram;
  /** Times in queue of completed requests. */
  readonly waits: Histogram;
  /** @shape Float64Array[INTEGRALS], request·µs (data-plane.ts). */
  readonly integrals: Float64Array;
  /** @shape Float64Array[3] */
  readonly levels: Float64Array;
  /** Some of the loads' requests, followed; null = none are. */
  readonly sample: RequestSample | null;
  /** Request row of each row of the sample, −1 = it has ended. */
  readonly sampled: Int32Array;
  /** Arrivals from loads so far. */
  arrived: number;
}

/** How long the requests of a source are ready to wait, µs from their arrival. */
export type PatienceSpec = number | 'drawn' | null;

export interface PlaneSpec {
  readonly slots: number;
  readonly queueLimit: number;
  readonly latencyObjective: number;
  /** µs, one per load that feeds the service; Infinity = the client waits for ever. */
  readonly timeouts: readonly number[];
  /** One per time-out (default: no limit on the wait alone). */
  readonly patience?: readonly PatienceSpec[];
  readonly choose: Balancer;
  readonly ranked: boolean;
  readonly weights?: readonly number[];
  readonly stickiness?: Stickiness;
  readonly choices?: number;
  readonly processor?: ProcessorSpec;
  readonly warmUp?: WarmUpSpec;
  readonly slowStart?: SlowStartSpec;
  /** The control plane may set the speed of pods. */
  readonly variableSpeed?: boolean;
  readonly hold?: HoldSpec;
  /** Every request takes a row: other services may call this one, or wait for it. */
  readonly linked?: boolean;
  /** Some of its loads are closed (closed-clients.ts): what they send depends on its answers. */
  readonly closed?: boolean;
  readonly sample?: RequestSample;
  readonly arrivals: Arrivals;
}

const FIRST_PODS = 16;
const FIRST_REQUESTS = 1024;

export function createPlane(spec: PlaneSpec): Plane {
  const pods = createPods(spec);
  const size = pods.capacity * pods.slots;
  const { variableSpeed = false } = spec;
  const processor =
    spec.processor === undefined ? null : createProcessor(spec.processor, pods.capacity, size);
  return {
    pods,
    slots: createSlots(pods),
    requests: createRequests(),
    deadlines: createDeadlines(spec),
    arrivals: spec.arrivals,
    departures: createDepartureQueue(processor === null ? size : pods.capacity),
    processor,
    warmUp: spec.warmUp === undefined ? null : createWarmUp(spec.warmUp, pods.capacity, pods.slots),
    speeds: variableSpeed && processor === null ? createSpeeds(pods.capacity, size) : null,
    hold: spec.hold === undefined ? null : createHold(spec.hold, pods.slots + spec.queueLimit),
    links: null,
    choose: spec.choose,
    queueLimit: spec.queueLimit,
    latencyObjective: spec.latencyObjective,
    counts: new Float64Array(COUNT_CLASSES),
    window: createHistogram(),
    latency: createHistogram(),
    waits: createHistogram(),
    integrals: new Float64Array(INTEGRALS),
    levels: new Float64Array(3),
    sample: spec.sample ?? null,
    sampled: new Int32Array(spec.sample?.arrival.length ?? 0).fill(-1),
    arrived: 0,
  };
}

function createPods(spec: PlaneSpec): Pods {
  const { slots, ranked, weights, stickiness, slowStart, hold, choices = 2 } = spec;
  const capacity = FIRST_PODS;
  return {
    capacity,
    slots,
    busy: new Int32Array(capacity),
    queueLength: new Int32Array(capacity),
    queueFirst: new Int32Array(capacity).fill(-1),
    queueLast: new Int32Array(capacity).fill(-1),
    booked: new Float64Array(capacity),
    ready: new Int32Array(capacity),
    readyCount: 0,
    isReady: new Uint8Array(capacity),
    isClosed: new Uint8Array(capacity),
    closedCount: 0,
    cursor: 0,
    ranking: ranked || hold !== undefined ? createRanking(capacity) : null,
    weighted:
      weights === undefined ? null : { weights, table: new Int32Array(capacity), length: 0 },
    stickiness: stickiness ?? null,
    slowStart: slowStart === undefined ? null : createSlowStart(slowStart, capacity),
    picked: new Int32Array(choices),
  };
}

function createDeadlines(spec: PlaneSpec): Deadlines {
  const { timeouts, patience = [], processor, linked = false, variableSpeed = false } = spec;
  const rings: DeadlineRing[] = [];
  const timeoutRing = new Int32Array(timeouts.length).fill(-1);
  const patienceRing = new Int32Array(timeouts.length).fill(-1);
  const addRing = (source: number, delay: number, mootFrom: number) =>
    rings.push({ source, delay, mootFrom, rows: new Int32Array(FIRST_REQUESTS), head: 0, tail: 0 });
  timeouts.forEach((timeout, source) => {
    if (timeout < Number.POSITIVE_INFINITY)
      timeoutRing[source] = addRing(source, timeout, DONE) - 1;
    const limit = patience[source];
    // Patience beyond the time-out never ends a wait.
    if (typeof limit === 'number' && limit < timeout)
      patienceRing[source] = addRing(source, limit, IN_SERVICE) - 1;
  });
  const rowAbove = Float64Array.from(timeouts, (timeout) => {
    if (linked) return 0;
    // Where CPU is shared nobody knows at the start when a request will end.
    const isKnown = processor === undefined && !variableSpeed;
    return isKnown || timeout === Number.POSITIVE_INFINITY ? timeout : 0;
  });
  return {
    rings,
    timeout: Float64Array.from(timeouts),
    rowAbove,
    timeoutRing,
    patienceRing,
    drawn: patience.includes('drawn') ? createPatienceQueue(FIRST_REQUESTS) : null,
    next: Number.POSITIVE_INFINITY,
    nextRing: 0,
  };
}

function createRanking(capacity: number): Ranking {
  return {
    order: new Int32Array(capacity),
    position: new Int32Array(capacity).fill(-1),
    blockStart: new Int32Array(64),
  };
}

function createSlots(pods: Pods): Slots {
  const size = pods.capacity * pods.slots;
  const slots = {
    arrival: new Float64Array(size).fill(-1),
    request: new Int32Array(size).fill(-1),
    free: new Int32Array(size),
  };
  listFreeSlots(pods, slots, 0);
  return slots;
}

export function listFreeSlots(pods: Pods, slots: Slots, fromPod: number): void {
  const c = pods.slots;
  for (let pod = fromPod; pod < pods.capacity; pod++) {
    // The stack hands out the lowest slot first.
    for (let k = 0; k < c; k++) slots.free[pod * c + k] = pod * c + (c - 1 - k);
  }
}

function createRequests(): Requests {
  const capacity = FIRST_REQUESTS;
  const unused = new Int32Array(capacity);
  for (let i = 0; i < capacity; i++) unused[i] = capacity - 1 - i;
  return {
    capacity,
    arrival: new Float64Array(capacity),
    service: new Float64Array(capacity),
    start: new Float64Array(capacity),
    pod: new Int32Array(capacity),
    source: new Uint16Array(capacity),
    state: new Uint8Array(capacity),
    holders: new Uint8Array(capacity),
    sample: new Int32Array(capacity).fill(-1),
    next: new Int32Array(capacity),
    unused,
    unusedCount: capacity,
  };
}
