/**
 * Mean and two-sided 95 % Student-t interval of independent replications. The t quantile comes from
 * the closed forms for whole degrees of freedom and uses + − × ÷ √ alone, so that it has the same
 * bits everywhere; its relative error is below 1e-12 up to 999 degrees of freedom.
 *
 * @source M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), 26.7.3, 26.7.4.
 */
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { assert } from '../kernel/assert.ts';
import type { Interval } from '../outcome.ts';

const CONFIDENCE = 0.95;

/** With a single value, or equal ones, low = high = mean. Not defined for an empty sample. */
export function interval(values: readonly number[]): Interval {
  const n = values.length;
  assert(n > 0, 'an interval needs at least one replication');
  const sample = [...values];
  const first = sample[0];
  // Equal values have exactly this mean; a rounded sum would give them a spurious width.
  if (sample.every((value) => value === first)) return { mean: first, low: first, high: first, n };
  const center = mean(sample);
  const half = (tQuantile(CONFIDENCE, n - 1) * sampleStandardDeviation(sample)) / Math.sqrt(n);
  return { mean: center, low: center - half, high: center + half, n };
}

/** The t with P(|T| ≤ t) = `coverage` for `degrees` = 1, 2, 3 … degrees of freedom. */
export function tQuantile(coverage: number, degrees: number): number {
  assert(Number.isInteger(degrees) && degrees >= 1, 'degrees of freedom are a whole number ≥ 1');
  assert(coverage > 0 && coverage < 1, 'coverage is between 0 and 1');
  // Bisection over the cosine of θ = atan(t ÷ √degrees): coverage falls as the cosine rises.
  let low = 0;
  let high = 1;
  for (;;) {
    const cosine = (low + high) / 2;
    if (cosine <= low || cosine >= high) break;
    if (centralProbability(cosine, degrees) > coverage) low = cosine;
    else high = cosine;
  }
  const cosine = (low + high) / 2;
  return (Math.sqrt(degrees) * Math.sqrt((1 - cosine) * (1 + cosine))) / cosine;
}

/** P(|T| ≤ √degrees · tan θ), given cos θ. */
function centralProbability(cosine: number, degrees: number): number {
  const sine = Math.sqrt((1 - cosine) * (1 + cosine));
  const square = cosine * cosine;
  const odd = degrees % 2 === 1;
  // Odd: cos θ + 2/3 cos³ θ + …; even: 1 + 1/2 cos² θ + …; both up to cos^(degrees − 2).
  let term = odd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= ((k - 1) / k) * square;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle(sine, cosine) + sine * sum) : sine * sum;
}

/** θ in [0, π/2] from its sine and cosine: halved to below π/16, then the arctangent series. */
function angle(sine: number, cosine: number): number {
  let tangent = sine / (1 + cosine);
  for (let halving = 0; halving < 2; halving++) {
    tangent = tangent / (1 + Math.sqrt(1 + tangent * tangent));
  }
  const square = tangent * tangent;
  let sum = 0;
  for (let k = 25; k >= 1; k -= 2) sum = 1 / k - square * sum;
  return 8 * tangent * sum;
}
