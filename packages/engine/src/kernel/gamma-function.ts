/**
 * The gamma function and the distribution function of gamma variates, from the elementary functions
 * of this kernel: the same bits everywhere.
 *
 * ln Γ: Stirling's series (MathWorld, “Stirling's Series”, eq. 4) beyond 10, the recurrence
 * Γ(x + 1) = x·Γ(x) below. P(a, x): the series DLMF 8.7.1 left of a + 1, the continued fraction
 * DLMF 8.9.2 in its even form right of it.
 */
import { exp, log } from './elementary.ts';

const HALF_LOG_TWO_PI = 0.9189385332046727;
const STIRLING_FROM = 10;

/** ln Γ(x) for x > 0; absolute error about 1e-14 for x up to 100. */
export function logGamma(x: number): number {
  let z = x;
  let product = 1;
  while (z < STIRLING_FROM) {
    product *= z;
    z += 1;
  }
  const q = 1 / (z * z);
  const inner = 1 / 1680 - q * (1 / 1188 - q * (691 / 360_360 - q * (1 / 156)));
  const series = (1 / 12 - q * (1 / 360 - q * (1 / 1260 - q * inner))) / z;
  return (z - 0.5) * log(z) - z + HALF_LOG_TWO_PI + series - log(product);
}

const EPSILON = 2 ** -53;
/** Far more than shapes up to 10⁴ need: the series takes some √shape terms. */
const MOST_TERMS = 20_000;

/** P(a, x): the share of gamma variates of shape a and scale 1 that are at most x. */
export function gammaShare(shape: number, x: number): number {
  if (x <= 0) return 0;
  const factor = exp(shape * log(x) - x - logGamma(shape));
  if (factor === 0) return x < shape ? 0 : 1;
  return x < shape + 1 ? factor * series(shape, x) : 1 - factor * fraction(shape, x);
}

/** Σ xⁿ ÷ (a (a + 1) … (a + n)) */
function series(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < MOST_TERMS && term > sum * EPSILON; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}

/** 1 ÷ (x + 1 − a − 1·(1 − a) ÷ (x + 3 − a − 2·(2 − a) ÷ …)), by Lentz's method. */
function fraction(shape: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / nonZero(a * d + b, tiny);
    c = nonZero(b + a / c, tiny);
    value *= c * d;
    if (Math.abs(c * d - 1) < 4 * EPSILON) break;
  }
  return value;
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/**
 * The median of gamma variates of this shape and scale 1. Newton's method on ln P over ln x: that
 * function is concave and rises, so every step but the first stays left of the root and nears it.
 */
export function gammaMedian(shape: number): number {
  const start = 1 - 1 / (9 * shape);
  let y =
    shape >= 1 ? log(shape * start * start * start) : (logGamma(shape + 1) - Math.LN2) / shape;
  for (let step = 0; step < 60; step++) {
    const x = exp(y);
    const share = gammaShare(shape, x);
    const slope = exp(shape * y - x - logGamma(shape)) / share;
    const change = (log(share) + Math.LN2) / slope;
    y -= change;
    if (Math.abs(change) < 1e-15 * Math.max(1, Math.abs(y))) break;
  }
  return exp(y);
}
