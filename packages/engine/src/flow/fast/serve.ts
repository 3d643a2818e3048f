/**
 * Feeds the kernel with blocks of arrivals, and mends what it stops for:
 *
 *   refill ─► kernel ─► why it stopped ─► more room, a new base, or wider slots
 */
import {
  BASE,
  BLOCK,
  END,
  FINAL,
  FULL_POD,
  LATER,
  N_OFFERED,
  NEXT,
  RANKS_FULL,
  RING_FULL,
  TICKS_EXHAUSTED,
  UNTIL,
  UNTIL_REACHED,
} from './frame.ts';
import { growBlocks, makeRoomForEvents } from './ranked-pods.ts';
import { growRing, renumberQueues } from './rings.ts';
import { beforeSampled, runSampled } from './sampled.ts';
import { rebase, widen } from './slots.ts';
import { attach, type State } from './state.ts';
import { fold } from './statistics.ts';

/** The base follows the arrivals at this distance at most, µs. */
const SPAN = 64e6;
/** 32-bit counters are folded into the totals before they could overflow. */
export const FOLD_FROM = 2 ** 29;
/** Arrivals between two renumberings of the queues, at most: long before 32 bits are used up. */
const RENUMBER_EVERY = 2 ** 28;

export function advance(state: State, until: number): void {
  const { reals } = state.kernel.frame;
  reals[UNTIL] = until;
  reals[FINAL] = until;
  serve(state, run, isWithinStretch);
}

function isWithinStretch(state: State, time: number): boolean {
  const { ints, reals } = state.kernel.frame;
  if (ints[N_OFFERED] >= FOLD_FROM) fold(state);
  return time < reals[UNTIL];
}

/** Serves arrivals with `run`, for as long as it `goesOn` with the next one at `time`. */
export function serve(
  state: State,
  run: (state: State) => number,
  goesOn: (state: State, time: number) => boolean,
): void {
  const { kernel, arrivals } = state;
  for (;;) {
    attach(state);
    if (arrivals.next === arrivals.end) refill(state);
    // Also lest the base move beyond the present: slots would seem free before their time.
    if (arrivals.next === arrivals.end || !goesOn(state, arrivals.time[arrivals.next])) return;
    const { ints } = kernel.frame;
    ints[NEXT] = arrivals.next;
    ints[END] = beforeSampled(state, state.wide ? arrivals.end : withinTicks(state));
    makeRoom(state, arrivals.end - arrivals.next);
    const answer = ints[END] === arrivals.next ? runSampled(state, run) : run(state);
    state.arrived += kernel.frame.ints[NEXT] - arrivals.next;
    arrivals.next = kernel.frame.ints[NEXT];
    if (state.arrived >= state.renumberAt) {
      renumberQueues(kernel, state.pods);
      state.renumberAt = state.arrived + Math.min(state.arrived, RENUMBER_EVERY);
    }
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
  const { ints, time } = kernel.frame;
  ints[BLOCK] = Math.min(2 * ints[BLOCK], time.length);
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
