/**
 * The index of dispersion for counts of a Poisson process modulated by a circular chain, with
 * generator Q, stationary probabilities π, rate λ and factors 1 + g (π·g = 0):
 *
 *   I(t) = 1 + (2λ/t) π g·∫₀ᵗ (t − u) e^(Qu) g du = 1 + 2λ π g·(x − (w − e^(Qt) w)/t)
 *
 * with x = (−Q)⁻¹g and w = (−Q)⁻¹x, both centred; on a circle these are running sums. For two
 * states this is the closed form 1 + 2λv/r · (1 − (1 − e^(−rt))/(rt)), v the variance of the
 * factor and r the sum of the two rates of leaving.
 */
import { exp } from '../kernel/elementary.ts';
import type { CyclicChain } from './mmpp.ts';
import type { CountWindow } from './process.ts';

/** Steps of this many mean stays keep the exponential series short and free of cancellation. */
const STEP = 16;
const NEGLIGIBLE = 1e-17;

/** Exact; a window of Infinity gives the limit. */
export function cyclicDispersion(chain: CyclicChain, { rate, window }: CountWindow): number {
  const { factor, sojourn } = chain;
  if (!(window > 0)) return 1;
  const deviation = factor.map((f) => f - 1);
  const x = potential(chain, deviation);
  const perMicrosecond = rate * 1e-6;
  if (window === Number.POSITIVE_INFINITY) {
    return 1 + 2 * perMicrosecond * mean(sojourn, product(deviation, x));
  }
  const w = potential(chain, x);
  const later = evolved(chain, w, window);
  const inner = x.map((value, i) => value - (w[i] - later[i]) / window);
  return 1 + 2 * perMicrosecond * mean(sojourn, product(deviation, inner));
}

const product = (a: Float64Array, b: Float64Array) => a.map((value, i) => value * b[i]);

/** Stationary mean of a function of the state. */
function mean(sojourn: Float64Array, values: Float64Array): number {
  let cycle = 0;
  let sum = 0;
  for (let i = 0; i < sojourn.length; i++) {
    cycle += sojourn[i];
    sum += sojourn[i] * values[i];
  }
  return sum / cycle;
}

/** The centred solution x of −Q x = g for centred g: (xᵢ − xᵢ₊₁) ÷ sojournᵢ = gᵢ. */
function potential({ sojourn }: CyclicChain, g: Float64Array): Float64Array {
  const x = new Float64Array(g.length);
  for (let i = 1; i < x.length; i++) x[i] = x[i - 1] - sojourn[i - 1] * g[i - 1];
  const centre = mean(sojourn, x);
  return x.map((value) => value - centre);
}

/** e^(Qt) w by uniformization, in equal steps; a centred w dies out. */
function evolved({ sojourn }: CyclicChain, w: Float64Array, t: number): Float64Array {
  const fastest = 1 / sojourn.reduce((least, s) => Math.min(least, s));
  const steps = Math.ceil((fastest * t) / STEP);
  const events = (fastest * t) / steps;
  const floor = NEGLIGIBLE * largest(w);
  let value = w;
  for (let step = 0; step < steps && largest(value) > floor; step++) {
    let term = value.map((x) => x * exp(-events));
    let sum = term;
    for (let k = 1; k < 12 * STEP; k++) {
      const last = term;
      term = last.map((x, i) => {
        const leave = 1 / (sojourn[i] * fastest);
        return ((1 - leave) * x + leave * last[(i + 1) % last.length]) * (events / k);
      });
      sum = sum.map((x, i) => x + term[i]);
    }
    value = sum;
  }
  return value;
}

function largest(values: Float64Array): number {
  return values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
}
