/** Many rows of the series in one call of the kernel (rows.ts). */
import { FAILED, LATE, OFFERED, REJECTED, SERVED, TIMED_OUT_COUNT } from '../columns.ts';
import { ROW_BATCH, type RowBatch, type RowSpec } from '../row-batch.ts';
import {
  AT_ROW_COMPLETED,
  AT_ROW_FAILED,
  AT_ROW_LATE,
  AT_ROW_LATENCY,
  AT_ROW_OFFERED,
  AT_ROW_REJECTED,
  AT_ROW_TIMED_OUT,
  BUSY_BEFORE,
  CORES,
  CPU_SEEN,
  FINAL,
  FOLD_FROM,
  N_OFFERED,
  PER_SECOND,
  ROW_STEP,
  ROWS,
  ROWS_MAX,
  ROWS_WANTED,
  UNTIL,
} from './frame.ts';
import { serve } from './serve.ts';
import type { State } from './state.ts';
import { add, fold, settle } from './statistics.ts';

/** Ends up to `count` rows, the first one begins at `from`, up to which the plane has advanced. */
export function runBatch(state: State, spec: RowSpec, batch: RowBatch): void {
  const { kernel } = state;
  batch.length = 0;
  batch.counts.fill(0);
  // What pods that leave still have to do is looked at from outside.
  if (state.leaving.size > 0 || spec.count < 1) return;
  settle(state, spec.from);
  const { ints, reals } = kernel.frame;
  ints[ROWS] = 0;
  ints[ROWS_WANTED] = Math.min(spec.count, ROW_BATCH);
  ints.fill(0, AT_ROW_OFFERED, AT_ROW_FAILED + 1);
  reals[ROW_STEP] = spec.step;
  reals[PER_SECOND] = 1e6 / spec.step;
  reals[CORES] = spec.cores;
  reals[BUSY_BEFORE] = state.busyOfDone;
  reals[CPU_SEEN] = batch.cpuSeen;
  reals[AT_ROW_LATENCY] = 0;
  reals[ROWS_MAX] = 0;
  reals[UNTIL] = spec.from + spec.step;
  reals[FINAL] = reals[UNTIL];
  serve(state, run, endRowsBefore);
  // Nobody comes any more.
  if (state.arrivals.next === state.arrivals.end) endRowsBefore(state, Number.POSITIVE_INFINITY);
  takeRows(state, batch);
  // Up to here it is settled, not to the end of the row that has begun.
  const { reals: now } = kernel.frame;
  now[UNTIL] = spec.from + batch.length * spec.step;
  now[FINAL] = now[UNTIL];
}

function run({ kernel }: State): number {
  return kernel.runRows();
}

/** Ends the rows that end by `time`, at which the next request arrives; false = enough of them. */
function endRowsBefore({ kernel }: State, time: number): boolean {
  const { ints, reals } = kernel.frame;
  if (ints[N_OFFERED] >= FOLD_FROM) return false;
  while (ints[ROWS] < ints[ROWS_WANTED] && time >= reals[UNTIL]) kernel.endRow();
  return ints[ROWS] < ints[ROWS_WANTED];
}

function takeRows(state: State, batch: RowBatch): void {
  const { kernel, ofEndedRows } = state;
  const { ints, reals, rows } = kernel.frame;
  batch.length = ints[ROWS];
  batch.values = rows;
  batch.cpuSeen = reals[CPU_SEEN];
  const completed = ints[AT_ROW_COMPLETED];
  batch.counts[OFFERED] = ints[AT_ROW_OFFERED];
  batch.counts[SERVED] = completed - ints[AT_ROW_LATE];
  batch.counts[LATE] = ints[AT_ROW_LATE];
  batch.counts[TIMED_OUT_COUNT] = ints[AT_ROW_TIMED_OUT];
  batch.counts[REJECTED] = ints[AT_ROW_REJECTED];
  batch.counts[FAILED] = ints[AT_ROW_FAILED];
  add(ofEndedRows, completed, reals[AT_ROW_LATENCY], reals[ROWS_MAX]);
  fold(state, completed, reals[AT_ROW_LATENCY]);
}
