/**
 * The kernel over many rows of the series, in its dialect: at the end of a row it writes down what
 * `series.ts` would, with the same arithmetic, and goes on with the next.
 */
import { type F64, type f64, type i32, lesser } from '../../kernel/dialect.ts';
import { bucketMiddle } from '../../stats/buckets.ts';
import {
  COMPLETED_RATE,
  CPU_USED,
  FAILED_RATE,
  GOOD_RATE,
  IN_SYSTEM_LEVEL,
  LATENCY_P50,
  LATENCY_P99,
  OFFERED_RATE,
  REJECTED_RATE,
  ROW_BATCH,
  TIMED_OUT_RATE,
  WAITING_LEVEL,
} from '../row-batch.ts';
import { refill } from './blocks.ts';
import { recordEnded } from './booking.ts';
import { busyNarrow, busyWide } from './busy.ts';
import {
  AT_ROW_COMPLETED,
  AT_ROW_FAILED,
  AT_ROW_LATE,
  AT_ROW_LATENCY,
  AT_ROW_OFFERED,
  AT_ROW_REJECTED,
  AT_ROW_TIMED_OUT,
  BASE,
  BLOCK,
  BLOCK_DONE,
  BLOCK_END,
  BUSY_BEFORE,
  CORES,
  CPU_SEEN,
  END,
  FINAL,
  FOLD_FROM,
  type Frame,
  LATER,
  LATER_ROOM,
  LAW,
  LOOP,
  MAX_LATENCY,
  N_COMPLETED,
  N_FAILED,
  N_LATE,
  N_OFFERED,
  N_REJECTED,
  N_TIMED_OUT,
  NARROW,
  PAST,
  PER_SECOND,
  RANKED,
  ROW_MAX,
  ROW_P50,
  ROW_P99,
  ROW_STEP,
  ROW_VALUES,
  ROWS,
  ROWS_MAX,
  ROWS_WANTED,
  SAMPLE_AT,
  SPAN,
  SUM_LATENCY,
  UNTIL,
  UNTIL_REACHED,
  WIDE,
} from './frame.ts';
import { runNarrow } from './narrow.ts';
import { runRanked } from './ranked.ts';
import { runWide } from './wide.ts';
import { endWindow } from './window.ts';

/** Serves arrivals row after row and block after block, until it stops for another reason. */
export function runRows(frame: Frame): i32 {
  const ints = frame.ints;
  for (;;) {
    const answer: i32 = runLoop(frame);
    if (answer === UNTIL_REACHED) {
      endRow(frame);
      if (ints[ROWS] === ints[ROWS_WANTED]) return answer;
    } else if (answer !== BLOCK_DONE || !nextBlock(frame)) {
      return answer;
    }
  }
}

/** Draws a block and goes on with it, unless somebody has to look at something first (serve.ts). */
function nextBlock(frame: Frame): boolean {
  const ints = frame.ints;
  const reals = frame.reals;
  const loop: i32 = ints[LOOP];
  const last: i32 = ints[BLOCK_END];
  // Drawn elsewhere; a request of the sample is being served, or due; no heap to make room in.
  if (ints[LAW] === 0 || ints[END] < last || reals[FINAL] !== reals[UNTIL]) return false;
  if (loop === RANKED || ints[LATER] + ints[BLOCK] > ints[LATER_ROOM]) return false;
  if (ints[N_OFFERED] >= FOLD_FROM) return false;
  const end: i32 = refill(frame);
  ints[PAST] += last;
  ints[SAMPLE_AT] -= last;
  if (end === 0 || ints[SAMPLE_AT] === 0) return false;
  if (ints[SAMPLE_AT] < end) ints[END] = ints[SAMPLE_AT];
  if (loop === WIDE) return true;
  const base: f64 = reals[BASE];
  return frame.time[0] <= base + SPAN && frame.time[end - 1] <= base + 2 * SPAN;
}

function runLoop(frame: Frame): i32 {
  const loop: i32 = frame.ints[LOOP];
  if (loop === NARROW) return runNarrow(frame);
  return loop === RANKED ? runRanked(frame) : runWide(frame);
}

/** Ends the row at UNTIL, and begins the next. */
export function endRow(frame: Frame): void {
  const ints = frame.ints;
  const reals = frame.reals;
  recordEnded(frame);
  const row: i32 = ints[ROWS];
  writeLatencies(frame, row);
  writeRates(frame, row);
  writeLevels(frame, row);
  ints[ROWS] = row + 1;
  reals[UNTIL] += reals[ROW_STEP];
  reals[FINAL] = reals[UNTIL];
}

/** Before the counters of the last row are forgotten. */
function writeLatencies(frame: Frame, row: i32): void {
  const ints = frame.ints;
  const reals = frame.reals;
  const rows: F64 = frame.rows;
  const values: f64 = ints[N_COMPLETED] - ints[AT_ROW_COMPLETED];
  const largest: f64 = reals[MAX_LATENCY];
  rows[LATENCY_P50 * ROW_BATCH + row] = NaN;
  rows[LATENCY_P99 * ROW_BATCH + row] = NaN;
  reals[AT_ROW_LATENCY] = reals[SUM_LATENCY];
  if (values === 0) return;
  reals[ROW_VALUES] = values;
  reals[ROW_MAX] = largest;
  endWindow(frame);
  rows[LATENCY_P50 * ROW_BATCH + row] = lesser(bucketMiddle(ints[ROW_P50]), largest);
  rows[LATENCY_P99 * ROW_BATCH + row] = lesser(bucketMiddle(ints[ROW_P99]), largest);
  if (largest > reals[ROWS_MAX]) reals[ROWS_MAX] = largest;
  reals[MAX_LATENCY] = 0;
}

function writeRates(frame: Frame, row: i32): void {
  const ints = frame.ints;
  const rows: F64 = frame.rows;
  const perSecond: f64 = frame.reals[PER_SECOND];
  const completed: i32 = ints[N_COMPLETED] - ints[AT_ROW_COMPLETED];
  const late: i32 = ints[N_LATE] - ints[AT_ROW_LATE];
  const goodRate: f64 = (completed - late) * perSecond;
  rows[OFFERED_RATE * ROW_BATCH + row] = (ints[N_OFFERED] - ints[AT_ROW_OFFERED]) * perSecond;
  rows[GOOD_RATE * ROW_BATCH + row] = goodRate;
  rows[COMPLETED_RATE * ROW_BATCH + row] = goodRate + late * perSecond;
  rows[TIMED_OUT_RATE * ROW_BATCH + row] = (ints[N_TIMED_OUT] - ints[AT_ROW_TIMED_OUT]) * perSecond;
  rows[REJECTED_RATE * ROW_BATCH + row] = (ints[N_REJECTED] - ints[AT_ROW_REJECTED]) * perSecond;
  rows[FAILED_RATE * ROW_BATCH + row] = (ints[N_FAILED] - ints[AT_ROW_FAILED]) * perSecond;
  ints[AT_ROW_OFFERED] = ints[N_OFFERED];
  ints[AT_ROW_COMPLETED] = ints[N_COMPLETED];
  ints[AT_ROW_LATE] = ints[N_LATE];
  ints[AT_ROW_TIMED_OUT] = ints[N_TIMED_OUT];
  ints[AT_ROW_REJECTED] = ints[N_REJECTED];
  ints[AT_ROW_FAILED] = ints[N_FAILED];
}

function writeLevels(frame: Frame, row: i32): void {
  const ints = frame.ints;
  const reals = frame.reals;
  const until: f64 = reals[UNTIL];
  const busy: f64 = ints[LOOP] === NARROW ? busyNarrow(frame, until) : busyWide(frame, until);
  const used: f64 = (reals[BUSY_BEFORE] + busy) * reals[CORES];
  frame.rows[CPU_USED * ROW_BATCH + row] = used - reals[CPU_SEEN];
  reals[CPU_SEEN] = used;
  frame.rows[IN_SYSTEM_LEVEL * ROW_BATCH + row] = ints[LATER];
  frame.rows[WAITING_LEVEL * ROW_BATCH + row] = waitingAt(frame, until);
}

/** Requests that have not left the queue. */
export function waitingAt(frame: Frame, time: f64): i32 {
  const count: i32 = frame.ints[LATER];
  let waiting: i32 = 0;
  for (let at: i32 = 0; at < count; at += 1) {
    if (frame.laterLeave[at] > time) waiting += 1;
  }
  return waiting;
}
