/**
 * Feeds the kernel with blocks of arrivals, and mends what it stops for:
 *
 *   refill ─► kernel ─► why it stopped ─► more room, a new base, or wider slots
 */
import {
  BASE,
  BLOCK_END,
  END,
  FINAL,
  FOLD_FROM,
  FULL_POD,
  LATER,
  LATER_ROOM,
  LOOP,
  N_OFFERED,
  NEXT,
  PAST,
  RANKS_FULL,
  RING_FULL,
  SAMPLE_AT,
  SPAN,
  TICKS_EXHAUSTED,
  UNTIL,
  UNTIL_REACHED,
  WIDE,
} from './frame.ts';
import { growBlocks, makeRoomForEvents } from './ranked-pods.ts';
import { growRing, renumberQueues } from './rings.ts';
import { nextSampled, runSampled } from './sampled.ts';
import { rebase, widen } from './slots.ts';
import { attach, type State } from './state.ts';
import { fold } from './statistics.ts';

/** Arrivals between two renumberings of the queues: long before 32 bits are used up. */
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
    const answer = present(state) ? run(state) : runSampled(state, run);
    take(state);
    if (state.arrived >= state.renumberAt) {
      renumberQueues(kernel, state.pods);
      state.renumberAt = state.arrived + RENUMBER_EVERY;
    }
    if (answer === UNTIL_REACHED) return;
    if (answer === RING_FULL) growRing(kernel, kernel.frame.ints[FULL_POD]);
    if (answer === TICKS_EXHAUSTED) moveOn(state);
    if (answer === RANKS_FULL) growBlocks(kernel);
  }
}

/** Shows the kernel what it may serve of the block; false = the first one is due for the sample. */
function present(state: State): boolean {
  const { kernel, arrivals } = state;
  const { ints } = kernel.frame;
  const { next, end } = arrivals;
  const sampleAt = nextSampled(state);
  ints[NEXT] = next;
  ints[END] = Math.min(state.wide ? end : withinTicks(state), sampleAt);
  ints[BLOCK_END] = end;
  ints[SAMPLE_AT] = sampleAt;
  ints[PAST] = 0;
  makeRoom(state, end - next);
  return sampleAt > next;
}

/** What the kernel has served, perhaps of blocks that it has drawn by itself. */
function take(state: State): void {
  const { kernel, arrivals } = state;
  const { ints } = kernel.frame;
  state.arrived += ints[PAST] + ints[NEXT] - arrivals.next;
  arrivals.next = ints[NEXT];
  arrivals.end = ints[BLOCK_END];
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
  kernel.frame.ints[LOOP] = WIDE;
}

function makeRoom(state: State, count: number): void {
  const { kernel } = state;
  if (state.ranked) makeRoomForEvents(kernel, count);
  const room = kernel.frame.laterEnd.length;
  kernel.frame.ints[LATER_ROOM] = room;
  if (kernel.frame.ints[LATER] + count <= room) return;
  kernel.recordEnded();
  let wanted = room;
  while (2 * (kernel.frame.ints[LATER] + count) > wanted) wanted *= 2;
  if (wanted === room) return;
  for (const column of ['laterEnd', 'laterArrival', 'laterLeave', 'laterTag'] as const) {
    kernel.resize(column, wanted);
  }
  kernel.frame.ints[LATER_ROOM] = wanted;
}
