/**
 * Lognormal delays from standard normal variates, in blocks: the dearest part of a request that is
 * drawn and served at once, so it has the exponential function's usual case written out. The
 * WebAssembly build has a twin of this file (packages/wasm/lognormal-delays.as).
 */
import { type F64, type f64, type i32, nearest, toInt } from './dialect.ts';
import {
  expOf,
  HUNDRED_TWENTIETH,
  POWERS,
  ROOTS,
  ROUNDER,
  SIXTH,
  SMALLEST_EXPONENT,
  STEP_HIGH,
  STEP_LOW,
  STEPS_PER_UNIT,
  TWENTY_FOURTH,
} from './draws.ts';

/** No normal variate is larger, and no power within ±LIMIT leaves the range of normal numbers. */
const LARGEST_NORMAL: f64 = 16;
const LIMIT: f64 = 700;

/** x → whole µs of e^(mu + sigma·x), at least 1; x within the range of a normal variate. */
export function lognormalDelays(
  tables: F64,
  out: F64,
  from: i32,
  to: i32,
  mu: f64,
  sigma: f64,
): void {
  if (Math.abs(mu) + Math.abs(sigma) * LARGEST_NORMAL >= LIMIT) {
    for (let i: i32 = from; i < to; i += 1) {
      const delay: f64 = nearest(expOf(tables, mu + sigma * out[i]));
      out[i] = delay < 1 ? 1 : delay;
    }
    return;
  }
  for (let i: i32 = from; i < to; i += 1) {
    const x: f64 = mu + sigma * out[i];
    const n: f64 = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
    const r: f64 = x - n * STEP_HIGH - n * STEP_LOW;
    const tail: f64 = SIXTH + r * (TWENTY_FOURTH + r * HUNDRED_TWENTIETH);
    const p: f64 = 1 + r * (1 + r * (0.5 + r * tail));
    const step: i32 = toInt(n);
    const root: f64 = tables[ROOTS + (step & 63)] * p;
    const delay: f64 = nearest(root * tables[POWERS - SMALLEST_EXPONENT + (step >> 6)]);
    out[i] = delay < 1 ? 1 : delay;
  }
}
