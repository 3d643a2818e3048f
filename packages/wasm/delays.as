// Delays, two at a time: twin of packages/engine/src/kernel/delays.ts, the same bits. A power of two
// is put into the exponent of the root instead of being multiplied with.

/** No normal variate is larger, and no power within ±LIMIT leaves the range of normal numbers. */
const LARGEST_NORMAL: f64 = 16;
const LIMIT: f64 = 700;

function lognormalDelays(
  tables: F64, out: F64, from: i32, to: i32, mu: f64, sigma: f64,
): void {
  let i: i32 = from;
  if (abs<f64>(mu) + abs<f64>(sigma) * LARGEST_NORMAL < LIMIT) {
    const roots = changetype<usize>(tables) + (usize(ROOTS) << 3);
    const mus = f64x2.splat(mu);
    const sigmas = f64x2.splat(sigma);
    const rounder = f64x2.splat(ROUNDER);
    for (; i < to - 1; i += 2) {
      const at = changetype<usize>(out) + (usize(i) << 3);
      const x = f64x2.add(mus, f64x2.mul(sigmas, v128.load(at)));
      const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(STEPS_PER_UNIT)), rounder);
      const n = f64x2.sub(shifted, rounder);
      const r = f64x2.sub(
        f64x2.sub(x, f64x2.mul(n, f64x2.splat(STEP_HIGH))),
        f64x2.mul(n, f64x2.splat(STEP_LOW)),
      );
      const tail = f64x2.add(
        f64x2.splat(SIXTH),
        f64x2.mul(r, f64x2.add(
          f64x2.splat(TWENTY_FOURTH), f64x2.mul(r, f64x2.splat(HUNDRED_TWENTIETH)),
        )),
      );
      const half = f64x2.add(f64x2.splat(0.5), f64x2.mul(r, tail));
      const one = f64x2.splat(1);
      const p = f64x2.add(one, f64x2.mul(r, f64x2.add(one, f64x2.mul(r, half))));
      // The rounder leaves the integer in the low bits.
      const first = i32x4.extract_lane(shifted, 0);
      const second = i32x4.extract_lane(shifted, 2);
      const scaled = i64x2.replace_lane(
        i64x2.splat(scaledRoot(roots, first)), 1, scaledRoot(roots, second),
      );
      const delay = f64x2.floor(f64x2.add(f64x2.mul(scaled, p), f64x2.splat(0.5)));
      v128.store(at, f64x2.pmax(one, delay));
    }
  }
  for (; i < to; i += 1) {
    const delay = nearest(expOf(tables, mu + sigma * out[i]));
    out[i] = select<f64>(1, delay, delay < 1);
  }
}

// @ts-ignore: decorator
@inline
function scaledRoot(roots: usize, step: i32): i64 {
  return load<i64>(roots + (usize(step & 63) << 3)) + (i64(step >> 6) << 52);
}

function scaleDelays(out: F64, from: i32, to: i32, scale: f64): void {
  let i: i32 = from;
  const scales = f64x2.splat(scale);
  for (; i < to - 1; i += 2) {
    const at = changetype<usize>(out) + (usize(i) << 3);
    const scaled = f64x2.mul(scales, v128.load(at));
    const delay = f64x2.floor(f64x2.add(scaled, f64x2.splat(0.5)));
    v128.store(at, f64x2.pmax(f64x2.splat(1), delay));
  }
  for (; i < to; i += 1) {
    const delay = nearest(scale * out[i]);
    out[i] = select<f64>(1, delay, delay < 1);
  }
}
