/**
 * The buckets of the histograms (histogram.ts), 128 per octave, in the kernel's dialect. The
 * WebAssembly build has a twin of this file (packages/wasm/buckets.as) that reads the bucket off
 * the bits of the number: every request counts in one or two histograms.
 *
 * Bucket of v: v below 128; else 128·(e − 6) + the 7 bits after the leading one, e = ⌊log2 v⌋.
 */
import { type f64, type i32, leadingZeros, toInt } from '../kernel/dialect.ts';

/** Of a whole number from 0 to 2^31 − 1. */
export function bucketOf(value: f64): i32 {
  const whole: i32 = toInt(value);
  // The first 256 are one value wide.
  const shift: i32 = 24 - leadingZeros(whole | 255);
  return (shift << 7) + (whole >> shift);
}

/** The middle of the bucket's values. */
export function bucketMiddle(bucket: i32): f64 {
  if (bucket < 256) return bucket;
  const shift: i32 = (bucket >> 7) - 1;
  const low: i32 = (128 + (bucket & 127)) << shift;
  const last: i32 = low + ((1 << shift) - 1);
  return 0.5 * low + 0.5 * last;
}
