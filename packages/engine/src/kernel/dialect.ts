/**
 * What the kernel (draws.ts, flow/fast) needs besides plain arithmetic. It is written in
 * the common subset of TypeScript and AssemblyScript: this module is the dialect of the TypeScript
 * build, packages/wasm/dialect.as that of the WebAssembly build. Constants and variables say their
 * type, since AssemblyScript would take a whole number for an integer.
 *
 * Integers of 32 bits must not overflow without `| 0`: AssemblyScript wraps, TypeScript does not.
 */
export type i32 = number;
export type f64 = number;
export type I32 = Int32Array;
export type F64 = Float64Array;

/** Requests that the packed loop serves in one call (flow/fast/narrow.ts). */
export const STRIDE: i32 = 32;

/** A whole number within 32 bits, as an integer. */
export function toInt(x: f64): i32 {
  return x | 0;
}

/** To the nearest integer, halves up; x at least 1, below 2^52. */
export function nearest(x: f64): f64 {
  return Math.floor(x + 0.5);
}

export function absolute(x: f64): f64 {
  return Math.abs(x);
}

/** 32 bits as a number in 0..2^32 − 1. */
export function unsigned(bits: i32): f64 {
  return bits >>> 0;
}

/** Index 0..n−1 from 32 random bits, n < 2^21 (bias below n·2^-32). */
export function indexBelow(bits: i32, n: i32): i32 {
  // `| 0` rather than Math.floor: so short that V8 always inlines it.
  return ((bits >>> 0) * n * 2.3283064365386963e-10) | 0;
}

/** 1 or 0, to be added without a branch. */
export function isLess(a: f64, b: f64): i32 {
  return a < b ? 1 : 0;
}

export function lesser(a: f64, b: f64): f64 {
  return a < b ? a : b;
}

export function greater(a: f64, b: f64): f64 {
  return a > b ? a : b;
}

export function leadingZeros(x: i32): i32 {
  return Math.clz32(x);
}

/**
 * How many of the eight values from `at` on are above `bound`; differences fit into 32 bits. `at`
 * is a multiple of eight: unlike a sum, `at | 3` needs no check for an overflow.
 */
export function countAbove(values: I32, at: i32, bound: i32): i32 {
  return (
    ((bound - values[at]) >>> 31) +
    ((bound - values[at | 1]) >>> 31) +
    ((bound - values[at | 2]) >>> 31) +
    ((bound - values[at | 3]) >>> 31) +
    ((bound - values[at | 4]) >>> 31) +
    ((bound - values[at | 5]) >>> 31) +
    ((bound - values[at | 6]) >>> 31) +
    ((bound - values[at | 7]) >>> 31)
  );
}

/** The smallest of the eight values from `at` on, without branches that would be mispredicted. */
export function smallest(values: I32, at: i32): i32 {
  const a = lower(values[at], values[at | 1]);
  const b = lower(values[at | 2], values[at | 3]);
  const c = lower(values[at | 4], values[at | 5]);
  const d = lower(values[at | 6], values[at | 7]);
  return lower(lower(a, b), lower(c, d));
}

function lower(a: i32, b: i32): i32 {
  const difference = (a - b) | 0;
  return b + (difference & (difference >> 31));
}
