/** From the kernel's counters to the statistics that the data plane shows. */
import { bucketOf, clearHistogram, type Histogram, LARGEST } from '../../stats/histogram.ts';
import { FAILED, LATE, OFFERED, REJECTED, SERVED, TIMED_OUT_COUNT, WAITED } from '../columns.ts';
import { IN_QUEUE, IN_SYSTEM, INTEGRALS } from '../data-plane.ts';
import {
  LATER,
  MAX_LATENCY,
  MAX_WAIT,
  N_COMPLETED,
  N_COMPLETED_WAITED,
  N_FAILED,
  N_LATE,
  N_OFFERED,
  N_REJECTED,
  N_TIMED_OUT,
  N_WAITED,
  SUM_LATENCY,
  SUM_LOST,
  SUM_LOST_WAIT,
  SUM_WAIT,
  UNTIL,
} from './frame.ts';
import type { State } from './state.ts';

/** Brings the statistics up to `time`, to which the kernel has run. */
export function settle(state: State, time: number): void {
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
export function fold({ kernel, counts, window, waits, ended }: State): void {
  const { ints, reals, latency, wait } = kernel.frame;
  const completed = ints[N_COMPLETED];
  counts[OFFERED] += ints[N_OFFERED];
  counts[SERVED] += completed - ints[N_LATE];
  counts[LATE] += ints[N_LATE];
  counts[TIMED_OUT_COUNT] += ints[N_TIMED_OUT];
  counts[REJECTED] += ints[N_REJECTED];
  counts[FAILED] += ints[N_FAILED];
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
  // Above the largest value all buckets are 0.
  const end = bucketOf(Math.min(max, LARGEST)) + 1;
  for (let bucket = 0; bucket < end; bucket++) counts[bucket] += buckets[bucket];
  buckets.fill(0, 0, end);
  totals[0] += number;
  totals[1] += sum;
  totals[2] = Math.max(totals[2], max);
}

/** As of the last settlement: who has not left the queue. */
export function waiting({ kernel }: State): number {
  const { laterLeave, ints, reals } = kernel.frame;
  let count = 0;
  for (let at = 0; at < ints[LATER]; at++) if (laterLeave[at] > reals[UNTIL]) count++;
  return count;
}

export function resetStatistics(state: State, time: number): void {
  settle(state, time);
  const { counts, window, latency, waits, integrals, offset, kernel } = state;
  for (let k = 0; k < INTEGRALS; k++) offset[k] += integrals[k];
  integrals.fill(0);
  counts.fill(0);
  counts[OFFERED] = kernel.frame.ints[LATER];
  for (const histogram of [window, latency, waits]) clearHistogram(histogram);
}
