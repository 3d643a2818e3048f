/**
 * Delays in whole µs from standard variates, in blocks. The WebAssembly build has a twin of this
 * file (packages/wasm/delays.as) that works on two at a time, with the same bits: they are among
 * the dearest parts of a request that is drawn and served at once.
 */
import { type F64, type f64, type i32, nearest } from './dialect.ts';
import { expOf } from './draws.ts';

/** x → whole µs of e^(mu + sigma·x), at least 1; x within the range of a normal variate. */
export function lognormalDelays(
  tables: F64,
  out: F64,
  from: i32,
  to: i32,
  mu: f64,
  sigma: f64,
): void {
  for (let i: i32 = from; i < to; i += 1) {
    const delay: f64 = nearest(expOf(tables, mu + sigma * out[i]));
    out[i] = delay < 1 ? 1 : delay;
  }
}

/** x → whole µs of scale·x, at least 1. */
export function scaleDelays(out: F64, from: i32, to: i32, scale: f64): void {
  for (let i: i32 = from; i < to; i += 1) {
    const delay: f64 = nearest(scale * out[i]);
    out[i] = delay < 1 ? 1 : delay;
  }
}
