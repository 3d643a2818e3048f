/**
 * The fast path behind the data plane's border: between two stretches (serve.ts) it does to the
 * kernel's columns what the control plane wants.
 *
 * An outcome belongs to the instant at which it happens. What ends after the stretch stands in the
 * `later` columns, so that a kill can still revise it.
 */
import { assert } from '../../kernel/assert.ts';
import { FAILED } from '../columns.ts';
import { type DataPlane, IN_QUEUE, IN_SYSTEM } from '../data-plane.ts';
import { loseSample } from '../sample.ts';
import { runBatch } from './batch.ts';
import { queueLength } from './booking.ts';
import { busyTime, busyTimeOfAll, reopen } from './busy-time.ts';
import { CLOSED, CURSOR, LATER, NARROW_SLOTS, READY, SLOTS, UNTIL } from './frame.ts';
import { addUnranked, emptyPod, enterRanking, leaveRanking } from './ranked-pods.ts';
import { makeRings } from './rings.ts';
import { waitingAt } from './rows.ts';
import { advance } from './serve.ts';
import { heapPlaces, makeSlots, slotsBusy, workLeft } from './slots.ts';
import { createState, type FastPlaneSpec, type State } from './state.ts';
import {
  endWindowOf,
  latencyOf,
  resetStatistics,
  settle,
  waitsOf,
  windowOf,
} from './statistics.ts';

export function createFastPlane(spec: FastPlaneSpec): DataPlane {
  const state = createState(spec);
  const { kernel, counts, integrals } = state;
  return {
    path: 'fast',
    counts,
    get window() {
      return windowOf(state);
    },
    get latency() {
      return latencyOf(state);
    },
    endWindow: (quantiles) => endWindowOf(state, quantiles),
    get waits() {
      return waitsOf(state);
    },
    integrals,
    sample: state.sample,
    advance: (until) => advance(state, until),
    runRows: (spec, batch) => runBatch(state, spec, batch),
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
    waiting: () => waitingAt(kernel.frame, kernel.frame.reals[UNTIL]),
    inFlight: () => kernel.frame.ints[LATER],
    resetStatistics: (time) => resetStatistics(state, time),
  };
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
