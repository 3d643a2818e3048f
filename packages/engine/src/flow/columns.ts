/**
 * The columns of the data plane, created here and nowhere else. One `Plane` serves one service:
 *
 *   arrivals ─► balancer ─► pod: queue (linked list of requests) ─► slots (FIFO) ─► record
 *                                    │                                │
 *                                    └── time-out ring per load ◄─────┘
 *
 * A request that starts at once and ends before its client gives up lives in its slot's columns
 * alone; a row of `Requests` is taken only for those that wait or will time out.
 */
import type { Histogram } from '../stats/histogram.ts';
import { createHistogram } from '../stats/histogram.ts';
import { INTEGRALS } from './data-plane.ts';
import { createDepartureQueue, type DepartureQueue } from './departure-queue.ts';

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
  /** Ranking by outstanding requests, kept only for the least-loaded balancer. */
  ranking: Ranking | null;
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
  pod: Int32Array;
  state: Uint8Array;
  /** Holders of the row: its queue or slot, and its time-out ring. */
  holders: Uint8Array;
  next: Int32Array;
  /** Stack of unused rows. */
  unused: Int32Array;
  unusedCount: number;
}

/** Requests of one load in arrival order, each visited when its client gives up. */
export interface TimeoutRing {
  readonly timeout: number;
  rows: Int32Array;
  head: number;
  tail: number;
}

/** Pre-drawn columns of the next arrivals: the draws of a request do not depend on its fate. */
export interface Arrivals {
  readonly time: Float64Array;
  readonly service: Float64Array;
  readonly source: Uint8Array;
  readonly draws: Int32Array;
  next: number;
  end: number;
  readonly refill: (arrivals: Arrivals) => void;
}

/** Picks a ready pod from two 32-bit draws; never called without a ready pod. */
export type Balancer = (pods: Pods, draw1: number, draw2: number) => number;

export interface Plane {
  readonly pods: Pods;
  readonly slots: Slots;
  readonly requests: Requests;
  readonly rings: readonly TimeoutRing[];
  readonly arrivals: Arrivals;
  readonly departures: DepartureQueue;
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
  /** Earliest time-out to visit, µs, and its ring. */
  deadline: number;
  deadlineRing: number;
}

export interface PlaneSpec {
  readonly slots: number;
  readonly queueLimit: number;
  readonly latencyObjective: number;
  /** µs, one per load that feeds the service. */
  readonly timeouts: readonly number[];
  readonly choose: Balancer;
  readonly ranked: boolean;
  readonly arrivals: Arrivals;
}

const FIRST_PODS = 16;
const FIRST_REQUESTS = 1024;

export function createPlane(spec: PlaneSpec): Plane {
  const pods = createPods(spec.slots, spec.ranked);
  return {
    pods,
    slots: createSlots(pods),
    requests: createRequests(),
    rings: spec.timeouts.map((timeout) => ({
      timeout,
      rows: new Int32Array(FIRST_REQUESTS),
      head: 0,
      tail: 0,
    })),
    arrivals: spec.arrivals,
    departures: createDepartureQueue(pods.capacity * pods.slots),
    choose: spec.choose,
    queueLimit: spec.queueLimit,
    latencyObjective: spec.latencyObjective,
    counts: new Float64Array(COUNT_CLASSES),
    window: createHistogram(),
    latency: createHistogram(),
    waits: createHistogram(),
    integrals: new Float64Array(INTEGRALS),
    levels: new Float64Array(3),
    deadline: Number.POSITIVE_INFINITY,
    deadlineRing: 0,
  };
}

function createPods(slots: number, ranked: boolean): Pods {
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
    cursor: 0,
    ranking: ranked ? createRanking(capacity) : null,
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

function listFreeSlots(pods: Pods, slots: Slots, fromPod: number): void {
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
    pod: new Int32Array(capacity),
    state: new Uint8Array(capacity),
    holders: new Uint8Array(capacity),
    next: new Int32Array(capacity),
    unused,
    unusedCount: capacity,
  };
}

/** Columns for a block of pre-drawn arrivals; `refill` fills them from `next` = 0 on. */
export function createArrivals(size: number, refill: Arrivals['refill']): Arrivals {
  return {
    time: new Float64Array(size),
    service: new Float64Array(size),
    source: new Uint8Array(size),
    draws: new Int32Array(2 * size),
    next: 0,
    end: 0,
    refill,
  };
}

/** Doubles the room for request rows. */
export function growRequests(requests: Requests): void {
  const old = requests.capacity;
  const capacity = old * 2;
  requests.arrival = grown(requests.arrival, new Float64Array(capacity));
  requests.service = grown(requests.service, new Float64Array(capacity));
  requests.pod = grown(requests.pod, new Int32Array(capacity));
  requests.state = grown(requests.state, new Uint8Array(capacity));
  requests.holders = grown(requests.holders, new Uint8Array(capacity));
  requests.next = grown(requests.next, new Int32Array(capacity));
  requests.unused = grown(requests.unused, new Int32Array(capacity));
  for (let row = capacity - 1; row >= old; row--) requests.unused[requests.unusedCount++] = row;
  requests.capacity = capacity;
}

/** Doubles the room of a full ring, its oldest entry first. */
export function growRing(ring: TimeoutRing): void {
  const size = ring.rows.length;
  const rows = new Int32Array(size * 2);
  for (let i = 0; i < size; i++) rows[i] = ring.rows[(ring.head + i) & (size - 1)];
  ring.rows = rows;
  ring.head = 0;
  ring.tail = size;
}

/** Makes room for pod number `pod`. */
export function growPods(plane: Plane, pod: number): void {
  const { pods, slots } = plane;
  if (pod < pods.capacity) return;
  const old = pods.capacity;
  let capacity = old;
  while (capacity <= pod) capacity *= 2;
  pods.busy = grown(pods.busy, new Int32Array(capacity));
  pods.queueLength = grown(pods.queueLength, new Int32Array(capacity));
  pods.queueFirst = grown(pods.queueFirst, new Int32Array(capacity).fill(-1));
  pods.queueLast = grown(pods.queueLast, new Int32Array(capacity).fill(-1));
  pods.booked = grown(pods.booked, new Float64Array(capacity));
  pods.ready = grown(pods.ready, new Int32Array(capacity));
  if (pods.ranking !== null) {
    pods.ranking.order = grown(pods.ranking.order, new Int32Array(capacity));
    pods.ranking.position = grown(pods.ranking.position, new Int32Array(capacity).fill(-1));
  }
  pods.capacity = capacity;
  const size = capacity * pods.slots;
  slots.arrival = grown(slots.arrival, new Float64Array(size).fill(-1));
  slots.request = grown(slots.request, new Int32Array(size).fill(-1));
  slots.free = grown(slots.free, new Int32Array(size));
  listFreeSlots(pods, slots, old);
  plane.departures.grow(size);
}

function grown<A extends Float64Array | Int32Array | Uint8Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
