/**
 * Rows of the series that a data plane ends by itself: while nothing happens to its pods, a stretch
 * of many rows needs nobody from outside, as with a fleet that stands from start to end.
 */
import type { f64, i32 } from '../kernel/dialect.ts';

/** Rows of a batch at most: a run reports its progress between two batches. */
export const ROW_BATCH: i32 = 256;

/** Columns of a batch, ROW_BATCH values each; per second, as of the row's end, or of the row. */
export const OFFERED_RATE: i32 = 0;
export const GOOD_RATE: i32 = 1;
export const COMPLETED_RATE: i32 = 2;
export const TIMED_OUT_RATE: i32 = 3;
export const REJECTED_RATE: i32 = 4;
export const FAILED_RATE: i32 = 5;
export const WAITING_LEVEL: i32 = 6;
export const IN_SYSTEM_LEVEL: i32 = 7;
/** core-µs */
export const CPU_USED: i32 = 8;
/** µs, NaN = nothing completed. */
export const LATENCY_P50: i32 = 9;
export const LATENCY_P99: i32 = 10;
export const BATCH_COLUMNS: i32 = 11;

export interface RowBatch {
  /** Rows in it. */
  length: number;
  /** @shape Float64Array[BATCH_COLUMNS × ROW_BATCH] */
  values: Float64Array;
  /** @shape Float64Array[COUNT_CLASSES], of these rows alone. */
  readonly counts: Float64Array;
  /** CPU used since the start by its end, core-µs; the one who asks says it as of its begin. */
  cpuSeen: number;
}

/** What a plane has to know to end rows. */
export interface RowSpec {
  /** Of the row that begins now, and how many shall end at most; µs. */
  readonly from: number;
  readonly step: number;
  readonly count: number;
  /** Cores that a busy slot uses. */
  readonly cores: f64;
}
