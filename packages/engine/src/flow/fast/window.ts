/**
 * The end of a row of the series, in the kernel's dialect: its latencies join those of the run, and
 * on the way its quantiles are found. In one pass over the buckets, since there may be no more than
 * a few hundred requests between two rows.
 */
import { type f64, type i32, isLess, lesser } from '../../kernel/dialect.ts';
import { bucketOf } from '../../stats/buckets.ts';
import { LARGEST } from './booking.ts';
import { type Frame, ROW_MAX, ROW_P50, ROW_P99, ROW_VALUES } from './frame.ts';

export function endWindow(frame: Frame): void {
  const window = frame.window;
  const latency = frame.latency;
  const values: f64 = frame.reals[ROW_VALUES];
  const half: f64 = 0.5 * values;
  const most: f64 = 0.99 * values;
  // Above the largest value all buckets are 0.
  const end: i32 = bucketOf(lesser(frame.reals[ROW_MAX], LARGEST)) + 1;
  let seen: f64 = 0;
  let p50: i32 = 0;
  let p99: i32 = 0;
  for (let bucket: i32 = 0; bucket < end; bucket += 1) {
    const count: f64 = window[bucket];
    seen += count;
    p50 += isLess(seen, half);
    p99 += isLess(seen, most);
    latency[bucket] += count;
    window[bucket] = 0;
  }
  frame.ints[ROW_P50] = p50;
  frame.ints[ROW_P99] = p99;
}
