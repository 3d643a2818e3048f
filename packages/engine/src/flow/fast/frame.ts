/**
 * The kernel's world: columns and two small arrays of numbers. In the WebAssembly build a frame is
 * a table of pointers into its memory, in the order of the interface; so every field is an array.
 */
import type { F64, I32 } from '../../kernel/dialect.ts';

export interface Frame {
  /** @shape I32[INTS], see the rows below. */
  readonly ints: I32;
  /** @shape F64[REALS] */
  readonly reals: F64;
  /** Block of pre-drawn arrivals: µs, µs of service, two balancer draws each. */
  readonly time: F64;
  readonly service: F64;
  readonly draws: I32;
  /** Pods that requests are sent to, and by pod whether its port is closed: they fail. */
  readonly ready: I32;
  readonly closed: I32;
  /** Per pod 8 × (tick at which the slot is free << 3 | slot); unused slots hold NEVER. */
  readonly free: I32;
  /** Per pod a heap of the instants at which its slots are free, µs (wide kernel). */
  readonly freeAt: F64;
  /** Per pod µs of service accepted: minus what is left of it = busy slot time. */
  readonly accepted: F64;
  /** Rings of instants at which requests leave a pod's queue; heads and tails count up. */
  readonly ring: F64;
  /** Per pod where its ring begins, and log2 of its room. */
  readonly ringFrom: I32;
  readonly ringBits: I32;
  readonly head: I32;
  readonly tail: I32;
  /** Requests that end beyond the stretch: end, arrival, leaving the queue, pod << 1 | kind. */
  readonly laterEnd: F64;
  readonly laterArrival: F64;
  readonly laterLeave: F64;
  readonly laterTag: I32;
  /** Pods by outstanding requests, as in flow/ranking.ts, and how many each holds. */
  readonly order: I32;
  readonly position: I32;
  readonly blockStart: I32;
  readonly held: I32;
  /** Heap of the instants at which a request leaves its pod: µs, order within one instant, pod. */
  readonly eventTime: F64;
  readonly eventKey: F64;
  readonly eventPod: I32;
  /** What the kernel draws its blocks from, if it does: tables, streams, the curve of the rate. */
  readonly tables: F64;
  readonly arrivalStream: I32;
  readonly serviceStream: I32;
  readonly balancerStream: I32;
  readonly curveStart: F64;
  readonly curveRate: F64;
  readonly curveSlope: F64;
  readonly walk: F64;
  /** Buckets of latencies since the row began, of those of ended rows, and of waits above 0. */
  readonly window: I32;
  readonly latency: F64;
  readonly wait: I32;
  /** Rows that the kernel has ended, column by column (ROW_BATCH in flow/row-batch.ts). */
  readonly rows: F64;
}

/** Rows of `ints`. */
export const NEXT = 0;
export const END = 1;
export const READY = 2;
export const CURSOR = 3;
export const BALANCER = 4;
export const SLOTS = 5;
export const QUEUE_LIMIT = 6;
/** The pod whose ring is full, with the answer RING_FULL. */
export const FULL_POD = 7;
/** Entries of `ring` that belong to a ring, or did. */
export const RINGS_END = 8;
export const LATER = 9;
/** Arrivals of the next block, segments of the curve, law of the service times (blocks.ts). */
export const BLOCK = 10;
export const SEGMENTS = 11;
export const LAW = 12;
/** Events in the heap; counts that blockStart has room for. */
export const EVENTS = 13;
export const BLOCKS = 14;
/** Ready pods with a closed port. */
export const CLOSED = 15;
/** Counters since they were last folded into the totals. */
export const N_OFFERED = 16;
export const N_REJECTED = 17;
/** Found no free slot and joined a queue. */
export const N_WAITED = 18;
export const N_COMPLETED = 19;
/** Of those: over the latency objective; after a wait above 0. */
export const N_LATE = 20;
export const N_COMPLETED_WAITED = 21;
export const N_TIMED_OUT = 22;
/** Sent to a closed port. */
export const N_FAILED = 23;
/** Of the row that has ended: the first buckets with at least half, and 99 %, at or below. */
export const ROW_P50 = 24;
export const ROW_P99 = 25;
/** Rows ended by the kernel, how many it shall end, and which of its loops serves them. */
export const ROWS = 26;
export const ROWS_WANTED = 27;
export const LOOP = 28;
/** The counters at the end of the last row that the kernel ended. */
export const AT_ROW_OFFERED = 29;
export const AT_ROW_COMPLETED = 30;
export const AT_ROW_LATE = 31;
export const AT_ROW_TIMED_OUT = 32;
export const AT_ROW_REJECTED = 33;
export const AT_ROW_FAILED = 34;
/** Room of the block; where it ends, of which END may fall short. */
export const LARGEST_BLOCK = 35;
export const BLOCK_END = 36;
/** Where in the block, or beyond it, the next request of the sample stands. */
export const SAMPLE_AT = 37;
/** Arrivals of blocks that the kernel has left behind, and room for requests that end later. */
export const PAST = 38;
export const LATER_ROOM = 39;
export const INTS = 40;

/** 32-bit counters are folded into the totals before they could overflow. */
export const FOLD_FROM = 536_870_912;
/** The base of the ticks follows the arrivals at this distance at most, µs. */
export const SPAN = 64_000_000;

/** Rows of `reals`, µs. */
export const UNTIL = 0;
/** What ends by then is recorded at once: `UNTIL`, or earlier for a request that is followed. */
export const FINAL = 8;
/** Tick 0 of the narrow kernel. */
export const BASE = 1;
/** A client leaves the queue after this, and gives up altogether after that. */
export const PATIENCE = 2;
export const TIMEOUT = 3;
export const OBJECTIVE = 4;
/** Parameters of the law: mu and sigma, or the mean. */
export const LAW_A = 5;
export const LAW_B = 6;
/** Clients that have given up waiting, over the whole run: their order. */
export const GIVEN_UP = 7;
/** Of completed requests, since the same. */
export const SUM_LATENCY = 9;
export const MAX_LATENCY = 10;
export const SUM_WAIT = 11;
export const MAX_WAIT = 12;
/** Time in system and in queue of those that left otherwise. */
export const SUM_LOST = 13;
export const SUM_LOST_WAIT = 14;
/** Of the row that ends: latencies in it, the largest of them. */
export const ROW_VALUES = 15;
export const ROW_MAX = 16;
/** Of the rows that the kernel ends: their length, and 1 second ÷ it. */
export const ROW_STEP = 17;
export const PER_SECOND = 18;
/** Cores of a busy slot; busy time of pods that are no more; CPU used by the row's begin. */
export const CORES = 19;
export const BUSY_BEFORE = 20;
export const CPU_SEEN = 21;
/** Of the rows that the kernel has ended: SUM_LATENCY, and the largest latency. */
export const AT_ROW_LATENCY = 22;
export const ROWS_MAX = 23;
export const REALS = 24;

/** Its loops; a plane that is widened changes from the first to the second. */
export const NARROW = 0;
export const WIDE = 1;
export const RANKED = 2;

/** Balancers of the kernel. */
export const RANDOM = 0;
export const ROUND_ROBIN = 1;
export const POWER_OF_TWO = 2;
export const LEAST_LOADED = 3;

/** Answers of the kernel. */
export const BLOCK_DONE = 0;
export const UNTIL_REACHED = 1;
export const RING_FULL = 2;
export const TICKS_EXHAUSTED = 3;
export const RANKS_FULL = 4;

/** Slots per pod of the narrow kernel; the packed ticks have 28 bits (268 s). */
export const NARROW_SLOTS = 8;
export const LAST_TICK = 268_000_000;
/** Of a slot that does not exist: above every packed tick, and differences still fit. */
export const NEVER = 2_147_418_111;

/** Kinds of what is still to come. */
export const COMPLETES = 0;
export const TIMES_OUT = 1;
