/** From the kernel's counters to the statistics that the data plane shows. */
import { bucketMiddle, bucketOf } from '../../stats/buckets.ts';
import { clearHistogram, endWindow, type Histogram, LARGEST } from '../../stats/histogram.ts';
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
  ROW_MAX,
  ROW_P50,
  ROW_P99,
  ROW_VALUES,
  SUM_LATENCY,
  SUM_LOST,
  SUM_LOST_WAIT,
  SUM_WAIT,
  UNTIL,
} from './frame.ts';
import type { State } from './state.ts';

/** Values in 32-bit buckets, at most; the kernel adds no more than as many until the next look. */
const SPILL_FROM = 2 ** 30;

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

/**
 * Carries the kernel's counters over to the totals; its buckets stay where they are. `inRows` of
 * the completed requests, with latencies of `sumInRows` together, belong to rows that have ended.
 */
export function fold(state: State, inRows = 0, sumInRows = 0): void {
  const { kernel, counts, inWindow, inWaits, ended } = state;
  const { ints, reals } = kernel.frame;
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
  add(inWindow, completed - inRows, reals[SUM_LATENCY] - sumInRows, reals[MAX_LATENCY]);
  add(inWaits, ints[N_COMPLETED_WAITED], reals[SUM_WAIT], reals[MAX_WAIT]);
  ints.fill(0, N_OFFERED, ROW_P50);
  reals.fill(0, SUM_LATENCY, ROW_VALUES);
  // 32-bit buckets are emptied before they could overflow.
  if (inWindow[0] >= SPILL_FROM) windowOf(state);
  if (inWaits[0] >= SPILL_FROM) waitsOf(state);
}

/** The latencies of the row, told to a histogram of the engine. */
export function windowOf({ kernel, window, inWindow }: State): Histogram {
  spill(window, kernel.frame.window, inWindow);
  return window;
}

/** The waits of all completed requests: those that did not wait have no bucket of the kernel's. */
export function waitsOf({ kernel, waits, inWaits, counts }: State): Histogram {
  spill(waits, kernel.frame.wait, inWaits);
  const completed = counts[SERVED] + counts[LATE];
  waits.counts[0] += completed - waits.totals[0];
  waits.totals[0] = completed;
  return waits;
}

export function latencyOf({ kernel, ofEndedRows }: State): Histogram {
  return { counts: kernel.frame.latency, totals: ofEndedRows };
}

/** Ends the row, in the kernel unless some of it has been told already. */
export function endWindowOf(state: State, quantiles: Float64Array | null): void {
  const { kernel, window, inWindow, ofEndedRows } = state;
  if (window.totals[0] > 0) {
    endWindow(windowOf(state), latencyOf(state), quantiles);
    return;
  }
  const [values, sum, largest] = inWindow;
  if (values > 0) {
    kernel.frame.reals[ROW_VALUES] = values;
    kernel.frame.reals[ROW_MAX] = largest;
    kernel.endWindow();
  }
  if (quantiles !== null) {
    const { ints } = kernel.frame;
    quantiles[0] = values > 0 ? Math.min(bucketMiddle(ints[ROW_P50]), largest) : Number.NaN;
    quantiles[1] = values > 0 ? Math.min(bucketMiddle(ints[ROW_P99]), largest) : Number.NaN;
  }
  add(ofEndedRows, values, sum, largest);
  inWindow.fill(0);
}

/** As `totals` of a histogram. */
export function add(totals: Float64Array, values: number, sum: number, largest: number): void {
  totals[0] += values;
  totals[1] += sum;
  totals[2] = Math.max(totals[2], largest);
}

function spill(into: Histogram, buckets: Int32Array, totals: Float64Array): void {
  if (totals[0] === 0) return;
  // Above the largest value all buckets are 0.
  const end = bucketOf(Math.min(totals[2], LARGEST)) + 1;
  for (let bucket = 0; bucket < end; bucket++) into.counts[bucket] += buckets[bucket];
  buckets.fill(0, 0, end);
  add(into.totals, totals[0], totals[1], totals[2]);
  totals.fill(0);
}

export function resetStatistics(state: State, time: number): void {
  settle(state, time);
  const { counts, integrals, offset, kernel } = state;
  for (let k = 0; k < INTEGRALS; k++) offset[k] += integrals[k];
  for (const histogram of [windowOf(state), latencyOf(state), waitsOf(state)]) {
    clearHistogram(histogram);
  }
  integrals.fill(0);
  counts.fill(0);
  counts[OFFERED] = kernel.frame.ints[LATER];
}
