/** Gamma times, from mean and cv or from median and 99th percentile. */
import { exp, log } from '../kernel/elementary.ts';
import { gammaMedian, gammaShare } from '../kernel/gamma-function.ts';
import { nextGamma } from '../kernel/random.ts';
import { roundDelay } from '../kernel/units.ts';
import { risingRoot } from './bisection.ts';
import type { Law, LawSpec } from './law.ts';

/** Shapes of cv 20 and cv 0.01: where two quantiles are looked for. */
const SMALLEST_SHAPE = 1 / 400;
const LARGEST_SHAPE = 10_000;

/** p99 ÷ p50 of the largest shape: two quantiles must be farther apart. */
export const GAMMA_QUANTILE_RATIO_MIN = 1.0236;

export function gamma(spec: LawSpec): Law {
  const { shape, scale } = parameters(spec);
  return gammaLaw(shape, scale);
}

export function gammaLaw(shape: number, scale: number): Law {
  return {
    mean: shape * scale,
    cv: 1 / Math.sqrt(shape),
    fill: (stream, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = roundDelay(scale * nextGamma(stream, shape));
    },
  };
}

function parameters({ mean = 1, cv = 1, p50, p99 }: LawSpec): { shape: number; scale: number } {
  if (p50 === undefined || p99 === undefined) {
    return { shape: 1 / (cv * cv), scale: mean * cv * cv };
  }
  // The larger the shape, the closer the quantiles, the more lies below (p99 ÷ p50) medians.
  const ratio = p99 / p50;
  const excess = (logShape: number) => {
    const candidate = exp(logShape);
    return gammaShare(candidate, ratio * gammaMedian(candidate)) - 0.99;
  };
  const shape = exp(risingRoot(excess, log(SMALLEST_SHAPE), log(LARGEST_SHAPE)));
  return { shape, scale: p50 / gammaMedian(shape) };
}
