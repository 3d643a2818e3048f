/**
 * The arithmetic of chance, in the kernel's dialect: what random.ts and elementary.ts offer to the
 * engine, and what the WebAssembly build draws in blocks. Tables and state are columns, so that
 * both builds have the same.
 *
 *   tables   [ 2^(j/64) | 2^k | exponential ziggurat | normal ziggurat ]
 *
 * Sources: Blackman and Vigna (ACM TOMS 47, 2021) for xoshiro128++; Marsaglia and Tsang (Journal of
 * Statistical Software 5, 2000) for the ziggurat, with separate bits for layer (8) and value (24);
 * fdlibm's e_log.c (Sun Microsystems, 1993) for the logarithm.
 */
import { absolute, type F64, type f64, type I32, type i32, toInt, unsigned } from './dialect.ts';

/** Offsets in the tables. */
export const ROOTS: i32 = 0;
export const POWERS: i32 = 64;
export const SMALLEST_EXPONENT: i32 = -1074;
export const EXPONENTIAL: i32 = 2162;
export const NORMAL: i32 = 2933;
export const TABLE_SIZE: i32 = 3704;
/** Within a ziggurat: right edges of the layers, the same per unit of the value, densities. */
export const EDGE: i32 = 0;
export const SCALED: i32 = 257;
export const DENSITY: i32 = 514;

// What a module exports V8 loads from memory at each use; what it keeps to itself is compiled in.
const EXPONENTIAL_SCALED: i32 = EXPONENTIAL + SCALED;
const EXPONENTIAL_DENSITY: i32 = EXPONENTIAL + DENSITY;
const NORMAL_SCALED: i32 = NORMAL + SCALED;
const NORMAL_DENSITY: i32 = NORMAL + DENSITY;
/** The edge that decides whether a value lies within its layer is that of the next one. */
const EXPONENTIAL_NEXT: i32 = EXPONENTIAL + EDGE + 1;
const NORMAL_NEXT: i32 = NORMAL + EDGE + 1;
const ROOT: i32 = ROOTS;
/** Where 2^0 is. */
const ONE: i32 = POWERS - SMALLEST_EXPONENT;

/** Adding and subtracting 1.5·2^52 rounds a double of moderate size to the nearest integer. */
const ROUNDER: f64 = 6755399441055744;
const STEPS_PER_UNIT: f64 = 92.33248261689366; // 64 / ln 2
/** ln 2 in two parts; the first has 32 trailing zero bits, so that its products are exact. */
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const STEP_HIGH: f64 = 0.01083042469326756; // LN2_HIGH / 64
const STEP_LOW: f64 = 2.9815858269852933e-12;
const SQRT2: f64 = Math.SQRT2;
const SIXTH: f64 = 0.16666666666666666;
const TWENTY_FOURTH: f64 = 0.041666666666666664;
const HUNDRED_TWENTIETH: f64 = 0.008333333333333333;
const TWO_32ND: f64 = 2.3283064365386963e-10;

/** e^x for −745.2 < x < 709.78. */
export function expOf(tables: F64, x: f64): f64 {
  const n: f64 = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
  const r: f64 = x - n * STEP_HIGH - n * STEP_LOW;
  const tail: f64 = SIXTH + r * (TWENTY_FOURTH + r * HUNDRED_TWENTIETH);
  const p: f64 = 1 + r * (1 + r * (0.5 + r * tail));
  const step: i32 = toInt(n);
  const m: i32 = step >> 6;
  const fraction: f64 = tables[ROOT + (step & 63)] * p;
  const at: i32 = ONE + m;
  // Two factors where one would leave the range of normal numbers.
  if (m < -1021) return fraction * tables[at + 60] * tables[ONE - 60];
  if (m > 1022) return fraction * 2 * tables[at - 1];
  return fraction * tables[at];
}

/** Natural logarithm of a positive finite number. */
export function logOf(tables: F64, x: f64): f64 {
  let k: i32 = 0;
  let fraction: f64 = x;
  // Halve the distance of the exponent to 0: exact, since scaling by powers of two is.
  for (let step: i32 = 512; step >= 1; step = step >> 1) {
    if (fraction >= tables[ONE + step]) {
      fraction *= tables[ONE - step];
      k += step;
    } else if (fraction < tables[ONE + 1 - step]) {
      fraction *= tables[ONE + step];
      k -= step;
    }
  }
  while (fraction < 1) {
    fraction *= 2;
    k -= 1;
  }
  while (fraction >= 2) {
    fraction *= 0.5;
    k += 1;
  }
  if (fraction > SQRT2) {
    fraction *= 0.5;
    k += 1;
  }
  return logNearOne(fraction - 1, k);
}

/** ln((1 + f)·2^k), f in (√½ − 1, √2 − 1]. */
function logNearOne(f: f64, exponent: i32): f64 {
  const k: f64 = exponent;
  if (f === 0) return k * LN2_HIGH + k * LN2_LOW;
  const s: f64 = f / (2 + f);
  const z: f64 = s * s;
  const w: f64 = z * z;
  const even: f64 = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd: f64 =
    z *
    (0.6666666666666735 +
      w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half: f64 = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + even + odd) + k * LN2_LOW) - f);
}

/** The next 32 bits of a xoshiro128++ generator, as a signed integer. */
export function nextBits(state: I32): i32 {
  const s0: i32 = state[0];
  const s1: i32 = state[1];
  const s3: i32 = state[3];
  const sum: i32 = (s0 + s3) | 0;
  const x2: i32 = state[2] ^ s0;
  const x3: i32 = s3 ^ s1;
  state[1] = s1 ^ x2;
  state[0] = s0 ^ x3;
  state[2] = x2 ^ (s1 << 9);
  state[3] = (x3 << 11) | (x3 >>> 21);
  return (((sum << 7) | (sum >>> 25)) + s0) | 0;
}

/** Uniform on [0, 1) with 32 bits, and on (0, 1). */
function uniform(state: I32): f64 {
  return unsigned(nextBits(state)) * TWO_32ND;
}

function openUniform(state: I32): f64 {
  return (unsigned(nextBits(state)) + 0.5) * TWO_32ND;
}

/** Standard exponential variate (mean 1) that begins with the given bits. */
export function exponentialOf(tables: F64, state: I32, bits: i32): f64 {
  const layer: i32 = bits & 255;
  const x: f64 = ((bits >>> 8) + 0.5) * tables[EXPONENTIAL_SCALED + layer];
  if (x < tables[EXPONENTIAL_NEXT + layer]) return x;
  return slowExponential(tables, state, layer, x);
}

function slowExponential(tables: F64, state: I32, firstLayer: i32, firstValue: f64): f64 {
  let layer: i32 = firstLayer;
  let x: f64 = firstValue;
  for (;;) {
    if (layer === 0) return tables[EXPONENTIAL_NEXT] - logOf(tables, openUniform(state));
    const low: f64 = tables[EXPONENTIAL_DENSITY + layer];
    const height: f64 = low + uniform(state) * (tables[EXPONENTIAL_DENSITY + layer + 1] - low);
    if (height < expOf(tables, -x)) return x;
    const bits: i32 = nextBits(state);
    layer = bits & 255;
    x = ((bits >>> 8) + 0.5) * tables[EXPONENTIAL_SCALED + layer];
    if (x < tables[EXPONENTIAL_NEXT + layer]) return x;
  }
}

/** Standard normal variate that begins with the given bits. */
export function normalOf(tables: F64, state: I32, bits: i32): f64 {
  const layer: i32 = bits & 255;
  const x: f64 = ((bits >> 8) + 0.5) * tables[NORMAL_SCALED + layer];
  const size: f64 = absolute(x);
  if (size < tables[NORMAL_NEXT + layer]) return x;
  return slowNormal(tables, state, layer, x);
}

function slowNormal(tables: F64, state: I32, firstLayer: i32, firstValue: f64): f64 {
  let layer: i32 = firstLayer;
  let x: f64 = firstValue;
  for (;;) {
    if (layer === 0) return normalTail(tables, state, x < 0);
    const low: f64 = tables[NORMAL_DENSITY + layer];
    const height: f64 = low + uniform(state) * (tables[NORMAL_DENSITY + layer + 1] - low);
    if (height < expOf(tables, -0.5 * x * x)) return x;
    const bits: i32 = nextBits(state);
    layer = bits & 255;
    x = ((bits >> 8) + 0.5) * tables[NORMAL_SCALED + layer];
    const size: f64 = absolute(x);
    if (size < tables[NORMAL_NEXT + layer]) return x;
  }
}

/** Marsaglia's method for the tail beyond the base layer. */
function normalTail(tables: F64, state: I32, negative: boolean): f64 {
  const tail: f64 = tables[NORMAL_NEXT];
  for (;;) {
    const x: f64 = -logOf(tables, openUniform(state)) / tail;
    const y: f64 = -logOf(tables, openUniform(state));
    if (y + y >= x * x) return negative ? -tail - x : tail + x;
  }
}

// The blocks keep the generator's state in locals: more than twice as fast as nextBits. What is
// rare is a call outside of their loops: within, it would cost them their registers.

/** Raw bits to out[from, to). */
export function fillBits(state: I32, out: I32, from: i32, to: i32): void {
  let s0: i32 = state[0];
  let s1: i32 = state[1];
  let s2: i32 = state[2];
  let s3: i32 = state[3];
  for (let i: i32 = from; i < to; i += 1) {
    const sum: i32 = (s0 + s3) | 0;
    const bits: i32 = (((sum << 7) | (sum >>> 25)) + s0) | 0;
    const x2: i32 = s2 ^ s0;
    const x3: i32 = s3 ^ s1;
    s0 = s0 ^ x3;
    s2 = x2 ^ (s1 << 9);
    s1 = s1 ^ x2;
    s3 = (x3 << 11) | (x3 >>> 21);
    out[i] = bits;
  }
  state[0] = s0;
  state[1] = s1;
  state[2] = s2;
  state[3] = s3;
}

/** Standard exponential variates to out[from, to). */
export function fillExponentials(tables: F64, state: I32, out: F64, from: i32, to: i32): void {
  let i: i32 = from;
  while (i < to) {
    i = usualExponentials(tables, state, out, i, to);
    if (i < to) {
      out[i] = exponentialOf(tables, state, toInt(out[i]));
      i += 1;
    }
  }
}

/** As far as the first that is not decided by its layer; out[there] = its bits. */
function usualExponentials(tables: F64, state: I32, out: F64, from: i32, to: i32): i32 {
  let s0: i32 = state[0];
  let s1: i32 = state[1];
  let s2: i32 = state[2];
  let s3: i32 = state[3];
  let i: i32 = from;
  while (i < to) {
    const sum: i32 = (s0 + s3) | 0;
    const bits: i32 = (((sum << 7) | (sum >>> 25)) + s0) | 0;
    const x2: i32 = s2 ^ s0;
    const x3: i32 = s3 ^ s1;
    s0 = s0 ^ x3;
    s2 = x2 ^ (s1 << 9);
    s1 = s1 ^ x2;
    s3 = (x3 << 11) | (x3 >>> 21);
    const layer: i32 = bits & 255;
    const x: f64 = ((bits >>> 8) + 0.5) * tables[EXPONENTIAL_SCALED + layer];
    if (x >= tables[EXPONENTIAL_NEXT + layer]) {
      out[i] = bits;
      break;
    }
    out[i] = x;
    i += 1;
  }
  state[0] = s0;
  state[1] = s1;
  state[2] = s2;
  state[3] = s3;
  return i;
}

/** Standard normal variates to out[from, to). */
export function fillNormals(tables: F64, state: I32, out: F64, from: i32, to: i32): void {
  let i: i32 = from;
  while (i < to) {
    i = usualNormals(tables, state, out, i, to);
    if (i < to) {
      out[i] = normalOf(tables, state, toInt(out[i]));
      i += 1;
    }
  }
}

/** As far as the first that is not decided by its layer; out[there] = its bits. */
function usualNormals(tables: F64, state: I32, out: F64, from: i32, to: i32): i32 {
  let s0: i32 = state[0];
  let s1: i32 = state[1];
  let s2: i32 = state[2];
  let s3: i32 = state[3];
  let i: i32 = from;
  while (i < to) {
    const sum: i32 = (s0 + s3) | 0;
    const bits: i32 = (((sum << 7) | (sum >>> 25)) + s0) | 0;
    const x2: i32 = s2 ^ s0;
    const x3: i32 = s3 ^ s1;
    s0 = s0 ^ x3;
    s2 = x2 ^ (s1 << 9);
    s1 = s1 ^ x2;
    s3 = (x3 << 11) | (x3 >>> 21);
    const layer: i32 = bits & 255;
    const x: f64 = ((bits >> 8) + 0.5) * tables[NORMAL_SCALED + layer];
    const size: f64 = absolute(x);
    if (size >= tables[NORMAL_NEXT + layer]) {
      out[i] = bits;
      break;
    }
    out[i] = x;
    i += 1;
  }
  state[0] = s0;
  state[1] = s1;
  state[2] = s2;
  state[3] = s3;
  return i;
}
