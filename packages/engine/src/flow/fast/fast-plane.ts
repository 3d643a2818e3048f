/**
 * The fast path behind the data plane's border: feeds the kernel with blocks of arrivals, and
 * between two stretches does to its columns what the control plane wants.
 *
 *   advance: refill ─► kernel ─► why it stopped ─► more room, a new base, or wider slots
 *
 * An outcome belongs to the instant at which it happens. What ends after the stretch stands in the
 * `later` columns, so that a kill can still revise it.
 */
import {
  clearHistogram,
  createHistogram,
  HISTOGRAM_BUCKETS,
  type Histogram,
} from '../../stats/histogram.ts';
import {
  type Arrivals,
  COUNT_CLASSES,
  FAILED,
  LATE,
  OFFERED,
  REJECTED,
  SERVED,
  TIMED_OUT_COUNT,
  WAITED,
} from '../columns.ts';
import { type DataPlane, IN_QUEUE, IN_SYSTEM, INTEGRALS } from '../data-plane.ts';
import { queueLength } from './booking.ts';
import type { CreateKernel, Kernel } from './build.ts';
import {
  BALANCER,
  BASE,
  CURSOR,
  END,
  INTS,
  LATER,
  MAX_LATENCY,
  MAX_WAIT,
  N_COMPLETED,
  N_COMPLETED_WAITED,
  N_LATE,
  N_OFFERED,
  N_REJECTED,
  N_TIMED_OUT,
  N_WAITED,
  NARROW_SLOTS,
  NEXT,
  OBJECTIVE,
  PATIENCE,
  QUEUE_LIMIT,
  READY,
  REALS,
  RING_BITS,
  RING_FULL,
  SLOTS,
  SUM_LATENCY,
  SUM_LOST,
  SUM_LOST_WAIT,
  SUM_WAIT,
  TICKS_EXHAUSTED,
  TIMEOUT,
  UNTIL,
  UNTIL_REACHED,
} from './frame.ts';
import { layOpen, openLengths } from './open-arrivals.ts';
import { makeSlots, rebase, slotsBusy, widen } from './slots.ts';

export interface FastPlaneSpec {
  readonly slots: number;
  readonly queueLimit: number;
  /** µs, as in PlaneSpec; the same for every load. */
  readonly latencyObjective: number;
  readonly timeout: number;
  /** µs, Infinity = waits as long as its time-out. */
  readonly patience: number;
  /** RANDOM, ROUND_ROBIN or POWER_OF_TWO of frame.ts. */
  readonly balancer: number;
  readonly arrivals: Arrivals;
  readonly createKernel: CreateKernel;
}

const FIRST_PODS = 16;
const FIRST_RING_BITS = 7;
const FIRST_LATER = 4096;
/** The base follows the arrivals at this distance at most, µs. */
const SPAN = 64e6;
/** 32-bit counters are folded into the totals before they could overflow. */
const FOLD_FROM = 2 ** 29;

interface State {
  readonly kernel: Kernel;
  readonly arrivals: Arrivals;
  wide: boolean;
  pods: number;
  /** request·µs of those that have left since the start, and what to subtract since the reset. */
  readonly ended: Float64Array;
  readonly offset: Float64Array;
  readonly counts: Float64Array;
  readonly window: Histogram;
  readonly latency: Histogram;
  readonly waits: Histogram;
  readonly integrals: Float64Array;
}

export function createFastPlane(spec: FastPlaneSpec): DataPlane {
  const state = createState(spec);
  const { kernel, counts, window, latency, waits, integrals } = state;
  return {
    path: 'fast',
    counts,
    window,
    latency,
    waits,
    integrals,
    advance: (until) => advance(state, until),
    settle: (until) => settle(state, until),
    readyCount: () => kernel.frame.ints[READY],
    isReady: (pod) => readyAt(state, pod) >= 0,
    admit: (pod) => admit(state, pod),
    withdraw: (pod) => withdraw(state, pod),
    lose: (pod, time) => lose(state, pod, time),
    outstanding: (pod, time) => outstanding(state, pod, time),
    busyTime: (pod, time) => busyTime(state, pod, time),
    waiting: () => waiting(state),
    inFlight: () => kernel.frame.ints[LATER],
    resetStatistics: (time) => resetStatistics(state, time),
  };
}

function createState(spec: FastPlaneSpec): State {
  const wide = spec.slots > NARROW_SLOTS;
  const block = spec.arrivals.time.length;
  const kernel = spec.createKernel({
    ints: INTS,
    reals: REALS,
    time: block,
    service: block,
    draws: 2 * block,
    ready: FIRST_PODS,
    free: wide ? 0 : FIRST_PODS * NARROW_SLOTS,
    freeAt: wide ? FIRST_PODS * spec.slots : 0,
    accepted: FIRST_PODS,
    ring: FIRST_PODS << FIRST_RING_BITS,
    head: FIRST_PODS,
    tail: FIRST_PODS,
    laterEnd: FIRST_LATER,
    laterArrival: FIRST_LATER,
    laterLeave: FIRST_LATER,
    laterTag: FIRST_LATER,
    ...openLengths(spec.arrivals),
    latency: HISTOGRAM_BUCKETS,
    wait: HISTOGRAM_BUCKETS,
  });
  const { ints, reals } = kernel.frame;
  ints[BALANCER] = spec.balancer;
  ints[SLOTS] = spec.slots;
  ints[QUEUE_LIMIT] = spec.queueLimit;
  ints[RING_BITS] = FIRST_RING_BITS;
  reals[PATIENCE] = Math.min(spec.patience, spec.timeout);
  reals[TIMEOUT] = spec.timeout;
  reals[OBJECTIVE] = spec.latencyObjective;
  makeSlots(kernel, wide, 0, FIRST_PODS);
  layOpen(kernel, spec.arrivals);
  const state: State = {
    kernel,
    arrivals: spec.arrivals,
    wide,
    pods: FIRST_PODS,
    ended: new Float64Array(INTEGRALS),
    offset: new Float64Array(INTEGRALS),
    counts: new Float64Array(COUNT_CLASSES),
    window: createHistogram(),
    latency: createHistogram(),
    waits: createHistogram(),
    integrals: new Float64Array(INTEGRALS),
  };
  attach(state);
  return state;
}

/** The arrivals are drawn straight into the kernel's columns, which a resize may have moved. */
function attach({ kernel, arrivals }: State): void {
  arrivals.time = kernel.frame.time;
  arrivals.service = kernel.frame.service;
  arrivals.draws = kernel.frame.draws;
}

function resize(state: State, column: Parameters<Kernel['resize']>[0], length: number): void {
  state.kernel.resize(column, length);
  attach(state);
}

function advance(state: State, until: number): void {
  const { kernel, arrivals } = state;
  kernel.frame.reals[UNTIL] = until;
  for (;;) {
    if (arrivals.next === arrivals.end) refill(state);
    // Also lest the base move beyond the present: slots would seem free before their time.
    if (arrivals.next === arrivals.end || arrivals.time[arrivals.next] >= until) return;
    const { ints } = kernel.frame;
    ints[NEXT] = arrivals.next;
    ints[END] = state.wide ? arrivals.end : withinTicks(state);
    makeRoomForLater(state, arrivals.end - arrivals.next);
    const answer = state.wide ? kernel.runWide() : kernel.runNarrow();
    arrivals.next = kernel.frame.ints[NEXT];
    if (kernel.frame.ints[N_OFFERED] >= FOLD_FROM) fold(state);
    if (answer === UNTIL_REACHED) return;
    if (answer === RING_FULL) growRings(state);
    if (answer === TICKS_EXHAUSTED) moveOn(state);
  }
}

function refill({ kernel, arrivals }: State): void {
  if (arrivals.open === undefined) {
    arrivals.refill(arrivals);
    return;
  }
  arrivals.end = kernel.refill();
  arrivals.next = 0;
}

/** End of the block's arrivals that lie within the span of the base. */
function withinTicks({ kernel, arrivals }: State): number {
  const { time, reals } = kernel.frame;
  const { next, end } = arrivals;
  if (time[next] - reals[BASE] > SPAN) rebase(kernel, time[next]);
  const last = reals[BASE] + 2 * SPAN;
  if (time[end - 1] <= last) return end;
  let within = next;
  while (time[within] <= last) within++;
  return within;
}

/** A booking lies too far ahead of the base: a later base may do, else wider slots. */
function moveOn(state: State): void {
  const { kernel, arrivals } = state;
  const now = kernel.frame.time[arrivals.next];
  if (now > kernel.frame.reals[BASE]) {
    rebase(kernel, now);
    return;
  }
  widen(kernel, state.pods);
  state.wide = true;
  attach(state);
}

function makeRoomForLater(state: State, count: number): void {
  const { kernel } = state;
  const room = kernel.frame.laterEnd.length;
  if (kernel.frame.ints[LATER] + count <= room) return;
  kernel.recordEnded();
  let wanted = room;
  while (2 * (kernel.frame.ints[LATER] + count) > wanted) wanted *= 2;
  if (wanted === room) return;
  for (const column of ['laterEnd', 'laterArrival', 'laterLeave', 'laterTag'] as const) {
    resize(state, column, wanted);
  }
}

/** Doubles the room of every pod's queue. */
function growRings(state: State): void {
  const { kernel, pods } = state;
  const { ints } = kernel.frame;
  const bits = ints[RING_BITS];
  const mask = (1 << bits) - 1;
  const old = kernel.frame.ring.slice();
  resize(state, 'ring', pods << (bits + 1));
  const { frame } = kernel;
  frame.ints[RING_BITS] = bits + 1;
  for (let pod = 0; pod < pods; pod++) {
    const length = frame.tail[pod] - frame.head[pod];
    for (let k = 0; k < length; k++) {
      frame.ring[(pod << (bits + 1)) + k] = old[(pod << bits) + ((frame.head[pod] + k) & mask)];
    }
    frame.head[pod] = 0;
    frame.tail[pod] = length;
  }
}

function growPods(state: State, pod: number): void {
  const old = state.pods;
  if (pod < old) return;
  let pods = old;
  while (pods <= pod) pods *= 2;
  const { kernel, wide } = state;
  const { ints } = kernel.frame;
  const lengths = {
    ready: pods,
    accepted: pods,
    head: pods,
    tail: pods,
    ring: pods << ints[RING_BITS],
    ...(wide ? { freeAt: pods * ints[SLOTS] } : { free: pods * NARROW_SLOTS }),
  } as const;
  for (const [column, length] of Object.entries(lengths)) {
    resize(state, column as keyof typeof lengths, length);
  }
  state.pods = pods;
  makeSlots(kernel, wide, old, pods);
}

function admit(state: State, pod: number): void {
  growPods(state, pod);
  const { frame } = state.kernel;
  frame.ready[frame.ints[READY]++] = pod;
}

function readyAt({ kernel }: State, pod: number): number {
  return kernel.frame.ready.subarray(0, kernel.frame.ints[READY]).indexOf(pod);
}

function withdraw(state: State, pod: number): void {
  const at = readyAt(state, pod);
  if (at < 0) return;
  const { ready, ints } = state.kernel.frame;
  ready.copyWithin(at, at + 1, ints[READY]);
  ints[READY]--;
  // Round robin goes on with the pod that would have been next.
  if (ints[CURSOR] > at) ints[CURSOR]--;
}

function outstanding(state: State, pod: number, time: number): number {
  if (pod >= state.pods) return 0;
  const { busy } = slotsBusy(state.kernel, state.wide, pod, time);
  return busy + queueLength(state.kernel.frame, pod, time);
}

function busyTime(state: State, pod: number, time: number): number {
  if (pod >= state.pods) return 0;
  return state.kernel.frame.accepted[pod] - slotsBusy(state.kernel, state.wide, pod, time).left;
}

/** What the pod holds is revised: it never ends, or not as booked. */
function lose(state: State, pod: number, time: number): void {
  if (pod >= state.pods) return;
  const { kernel, ended } = state;
  const { frame } = kernel;
  const { laterEnd, laterArrival, laterLeave, laterTag, ints } = frame;
  frame.accepted[pod] -= slotsBusy(kernel, state.wide, pod, time).left;
  makeSlots(kernel, state.wide, pod, pod + 1);
  frame.head[pod] = frame.tail[pod];
  let kept = 0;
  for (let at = 0; at < ints[LATER]; at++) {
    if (laterTag[at] >> 1 === pod && laterEnd[at] > time) {
      state.counts[FAILED] += 1;
      ended[IN_SYSTEM] += time - laterArrival[at];
      ended[IN_QUEUE] += Math.min(laterLeave[at], time) - laterArrival[at];
      continue;
    }
    laterEnd[kept] = laterEnd[at];
    laterArrival[kept] = laterArrival[at];
    laterLeave[kept] = laterLeave[at];
    laterTag[kept] = laterTag[at];
    kept++;
  }
  ints[LATER] = kept;
}

function settle(state: State, time: number): void {
  const { kernel, ended, offset, integrals } = state;
  kernel.frame.reals[UNTIL] = time;
  kernel.recordEnded();
  fold(state);
  const { laterArrival, laterLeave, ints } = kernel.frame;
  let inSystem = ended[IN_SYSTEM];
  let inQueue = ended[IN_QUEUE];
  for (let at = 0; at < ints[LATER]; at++) {
    inSystem += time - laterArrival[at];
    inQueue += Math.min(laterLeave[at], time) - laterArrival[at];
  }
  integrals[IN_SYSTEM] = inSystem - offset[IN_SYSTEM];
  integrals[IN_QUEUE] = inQueue - offset[IN_QUEUE];
}

/** Carries the kernel's counters over to the totals. */
function fold({ kernel, counts, window, waits, ended }: State): void {
  const { ints, reals, latency, wait } = kernel.frame;
  const completed = ints[N_COMPLETED];
  counts[OFFERED] += ints[N_OFFERED];
  counts[SERVED] += completed - ints[N_LATE];
  counts[LATE] += ints[N_LATE];
  counts[TIMED_OUT_COUNT] += ints[N_TIMED_OUT];
  counts[REJECTED] += ints[N_REJECTED];
  counts[WAITED] += ints[N_WAITED];
  ended[IN_SYSTEM] += reals[SUM_LATENCY] + reals[SUM_LOST];
  ended[IN_QUEUE] += reals[SUM_WAIT] + reals[SUM_LOST_WAIT];
  foldHistogram(window, latency, completed, reals[SUM_LATENCY], reals[MAX_LATENCY]);
  waits.counts[0] += completed - ints[N_COMPLETED_WAITED];
  if (ints[N_COMPLETED_WAITED] === 0) waits.totals[0] += completed;
  else foldHistogram(waits, wait, completed, reals[SUM_WAIT], reals[MAX_WAIT]);
  ints.fill(0, N_OFFERED);
  reals.fill(0, SUM_LATENCY);
}

function foldHistogram(
  into: Histogram,
  buckets: Int32Array,
  number: number,
  sum: number,
  max: number,
): void {
  const { counts, totals } = into;
  for (let bucket = 0; bucket < buckets.length; bucket++) counts[bucket] += buckets[bucket];
  buckets.fill(0);
  totals[0] += number;
  totals[1] += sum;
  totals[2] = Math.max(totals[2], max);
}

/** As of the last settlement: who has not left the queue. */
function waiting({ kernel }: State): number {
  const { laterLeave, ints, reals } = kernel.frame;
  let count = 0;
  for (let at = 0; at < ints[LATER]; at++) if (laterLeave[at] > reals[UNTIL]) count++;
  return count;
}

function resetStatistics(state: State, time: number): void {
  settle(state, time);
  const { counts, window, latency, waits, integrals, offset, kernel } = state;
  for (let k = 0; k < INTEGRALS; k++) offset[k] += integrals[k];
  integrals.fill(0);
  counts.fill(0);
  counts[OFFERED] = kernel.frame.ints[LATER];
  for (const histogram of [window, latency, waits]) clearHistogram(histogram);
}
