/**
 * The inversion of a cumulative rate, in the kernel's dialect (kernel/dialect.ts): in both builds
 * of the kernel.
 */
import { type F64, type f64, type i32, nearest, toInt } from '../kernel/dialect.ts';

/** Rows of a walk along a curve: segment, and mass from its start to the next arrival. */
export const SEGMENT: i32 = 0;
export const MASS: i32 = 1;
export const WALK: i32 = 2;

/**
 * Turns the gaps in out[from, to) into arrival times, µs, in place: the gap read at i is the one
 * that follows arrival i. Times are rounded to the nearest µs, so they never decrease. Returns the
 * end of what was written, below `to` only at the end of the curve.
 *
 * Within a segment masses are summed from its start, so that an arrival does not wait for the
 * division of the one before.
 */
export function invertRate(
  starts: F64,
  rates: F64,
  slopes: F64,
  segments: i32,
  walk: F64,
  out: F64,
  from: i32,
  to: i32,
): i32 {
  let segment: i32 = toInt(walk[SEGMENT]);
  let mass: f64 = walk[MASS];
  let i: i32 = from;
  while (i < to && segment < segments) {
    const start: f64 = starts[segment];
    const length: f64 = starts[segment + 1] - start;
    const slope: f64 = slopes[segment];
    const rate: f64 = rates[segment];
    const whole: f64 = (rate + 0.5 * slope * length) * length;
    const square: f64 = rate * rate;
    const twice: f64 = 2 * slope;
    while (mass < whole && i < to) {
      const gap: f64 = out[i];
      const position: f64 =
        slope === 0 ? mass / rate : (2 * mass) / (rate + Math.sqrt(square + twice * mass));
      out[i] = nearest(start + position);
      mass += gap;
      i += 1;
    }
    if (mass < whole) break;
    mass -= whole;
    segment += 1;
  }
  walk[SEGMENT] = segment;
  walk[MASS] = mass;
  return i;
}
