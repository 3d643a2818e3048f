/**
 * The fast path behind the data plane's border: feeds the kernel with blocks of arrivals, and
 * between two stretches does to its columns what the control plane wants.
 *
 *   advance: refill ─► kernel ─► why it stopped ─► more room, a new base, or wider slots
 *
 * An outcome belongs to the instant at which it happens. What ends after the stretch stands in the
 * `later` columns, so that a kill can still revise it.
 */
import { assert } from '../../kernel/assert.ts';
import { FAILED } from '../columns.ts';
import { type DataPlane, IN_QUEUE, IN_SYSTEM } from '../data-plane.ts';
import { loseSample } from '../sample.ts';
import { queueLength } from './booking.ts';
import { busyTime, busyTimeOfAll, reopen } from './busy-time.ts';
import {
  BASE,
  CLOSED,
  CURSOR,
  END,
  FINAL,
  FULL_POD,
  LATER,
  N_OFFERED,
  NARROW_SLOTS,
  NEXT,
  RANKS_FULL,
  READY,
  RING_FULL,
  SLOTS,
  TICKS_EXHAUSTED,
  UNTIL,
  UNTIL_REACHED,
} from './frame.ts';
import {
  addUnranked,
  emptyPod,
  enterRanking,
  growBlocks,
  leaveRanking,
  makeRoomForEvents,
} from './ranked-pods.ts';
import { growRing, makeRings, renumberQueues } from './rings.ts';
import { beforeSampled, runSampled } from './sampled.ts';
import { heapPlaces, makeSlots, rebase, slotsBusy, widen, workLeft } from './slots.ts';
import { attach, createState, type FastPlaneSpec, type State } from './state.ts';
import { fold, resetStatistics, settle, waiting } from './statistics.ts';

/** The base follows the arrivals at this distance at most, µs. */
const SPAN = 64e6;
/** 32-bit counters are folded into the totals before they could overflow. */
const FOLD_FROM = 2 ** 29;
/** Arrivals between two renumberings, at least, and per pod: long before 32 bits are used up. */
const RENUMBER_EVERY = 1024;
const RENUMBER_PER_POD = 16;

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
    sample: state.sample,
    advance: (until) => advance(state, until),
    settle: (until) => settle(state, until),
    readyCount: () => kernel.frame.ints[READY] - kernel.frame.ints[CLOSED],
    isReady: (pod) => readyAt(state, pod) >= 0,
    admit: (pod) => admit(state, pod),
    withdraw: (pod) => withdraw(state, pod),
    refuse: (pod) => refuse(state, pod),
    restart: (pod) => openPort(state, pod),
    setSpeed: () => assert(false, 'on the fast path every pod works at full speed'),
    lose: (pod, time) => lose(state, pod, time),
    outstanding: (pod, time) => outstanding(state, pod, time),
    busyTime: (pod, time) => busyTime(state, pod, time),
    busyTimeOfAll: (time) => busyTimeOfAll(state, time),
    warmUpCpu: () => 0,
    warmUpCpuOfAll: () => 0,
    hold: null,
    waiting: () => waiting(state),
    inFlight: () => kernel.frame.ints[LATER],
    resetStatistics: (time) => resetStatistics(state, time),
  };
}

function advance(state: State, until: number): void {
  const { kernel, arrivals } = state;
  kernel.frame.reals[UNTIL] = until;
  kernel.frame.reals[FINAL] = until;
  for (;;) {
    attach(state);
    if (arrivals.next === arrivals.end) refill(state);
    // Also lest the base move beyond the present: slots would seem free before their time.
    if (arrivals.next === arrivals.end || arrivals.time[arrivals.next] >= until) return;
    const { ints } = kernel.frame;
    ints[NEXT] = arrivals.next;
    ints[END] = beforeSampled(state, state.wide ? arrivals.end : withinTicks(state));
    makeRoom(state, arrivals.end - arrivals.next);
    const answer = ints[END] === arrivals.next ? runSampled(state, run) : run(state);
    state.arrived += kernel.frame.ints[NEXT] - arrivals.next;
    arrivals.next = kernel.frame.ints[NEXT];
    if (state.arrived >= state.renumberAt) {
      renumberQueues(kernel, state.pods);
      state.renumberAt = state.arrived + Math.max(RENUMBER_EVERY, RENUMBER_PER_POD * state.pods);
    }
    if (kernel.frame.ints[N_OFFERED] >= FOLD_FROM) fold(state);
    if (answer === UNTIL_REACHED) return;
    if (answer === RING_FULL) growRing(kernel, kernel.frame.ints[FULL_POD]);
    if (answer === TICKS_EXHAUSTED) moveOn(state);
    if (answer === RANKS_FULL) growBlocks(kernel);
  }
}

function run({ kernel, ranked, wide }: State): number {
  if (ranked) return kernel.runRanked();
  return wide ? kernel.runWide() : kernel.runNarrow();
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
}

function makeRoom(state: State, count: number): void {
  const { kernel } = state;
  if (state.ranked) makeRoomForEvents(kernel, count);
  const room = kernel.frame.laterEnd.length;
  if (kernel.frame.ints[LATER] + count <= room) return;
  kernel.recordEnded();
  let wanted = room;
  while (2 * (kernel.frame.ints[LATER] + count) > wanted) wanted *= 2;
  if (wanted === room) return;
  for (const column of ['laterEnd', 'laterArrival', 'laterLeave', 'laterTag'] as const) {
    kernel.resize(column, wanted);
  }
}

function growPods(state: State, pod: number): void {
  const old = state.pods;
  if (pod < old) return;
  let pods = old;
  while (pods <= pod) pods *= 2;
  const { kernel, wide, ranked } = state;
  const { ints } = kernel.frame;
  const lengths = {
    ready: pods,
    closed: pods,
    accepted: pods,
    head: pods,
    tail: pods,
    ringFrom: pods,
    ringBits: pods,
    ...(ranked ? { order: pods, position: pods, held: pods } : {}),
    ...(wide ? { freeAt: pods * heapPlaces(ints[SLOTS]) } : { free: pods * NARROW_SLOTS }),
  } as const;
  for (const [column, length] of Object.entries(lengths)) {
    kernel.resize(column as keyof typeof lengths, length);
  }
  state.pods = pods;
  makeSlots(kernel, wide, old, pods);
  makeRings(kernel, old, pods);
  if (ranked) addUnranked(kernel, old, pods);
}

function admit(state: State, pod: number): void {
  growPods(state, pod);
  reopen(state, pod);
  const { kernel, ranked } = state;
  const { frame } = kernel;
  frame.ready[frame.ints[READY]++] = pod;
  if (ranked) enterRanking(kernel, pod, frame.reals[UNTIL]);
}

function readyAt({ kernel }: State, pod: number): number {
  return kernel.frame.ready.subarray(0, kernel.frame.ints[READY]).indexOf(pod);
}

function withdraw(state: State, pod: number): void {
  const at = readyAt(state, pod);
  if (at < 0) return;
  const { ready, ints, reals } = state.kernel.frame;
  openPort(state, pod);
  state.leaving.add(pod);
  if (state.ranked) leaveRanking(state.kernel, pod, reals[UNTIL]);
  ready.copyWithin(at, at + 1, ints[READY]);
  ints[READY]--;
  // Round robin goes on with the pod that would have been next.
  if (ints[CURSOR] > at) ints[CURSOR]--;
}

function refuse(state: State, pod: number): void {
  const { closed, ints } = state.kernel.frame;
  if (readyAt(state, pod) < 0 || closed[pod] !== 0) return;
  closed[pod] = 1;
  ints[CLOSED]++;
}

function openPort(state: State, pod: number): void {
  const { closed, ints } = state.kernel.frame;
  if (pod >= state.pods || closed[pod] === 0) return;
  closed[pod] = 0;
  ints[CLOSED]--;
}

function outstanding(state: State, pod: number, time: number): number {
  if (pod >= state.pods) return 0;
  return (
    slotsBusy(state.kernel, state.wide, pod, time) + queueLength(state.kernel.frame, pod, time)
  );
}

/** What the pod holds is revised: it never ends, or not as booked. */
function lose(state: State, pod: number, time: number): void {
  if (pod >= state.pods) return;
  const { kernel, ended } = state;
  if (state.sample !== null) loseSample(state.sample, pod, time, FAILED);
  if (state.ranked) emptyPod(kernel, pod, time);
  const { frame } = kernel;
  const { laterEnd, laterArrival, laterLeave, laterTag, ints } = frame;
  frame.accepted[pod] -= workLeft(kernel, state.wide, pod, time);
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
