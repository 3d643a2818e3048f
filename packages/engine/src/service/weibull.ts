/**
 * Weibull times: scale · E^(1/shape), E exponential. Two quantiles give the shape in closed form;
 * mean and cv by bisection on cv² + 1 = Γ(1 + 2/shape) ÷ Γ(1 + 1/shape)², which falls in shape.
 */
import { exp, log, pow } from '../kernel/elementary.ts';
import { logGamma } from '../kernel/gamma-function.ts';
import { nextExponential } from '../kernel/random.ts';
import { roundDelay } from '../kernel/units.ts';
import { risingRoot } from './bisection.ts';
import type { Law, LawSpec } from './law.ts';

/** −ln(1 − share) of the median and of the 99th percentile. */
const LN2 = log(2);
const LN100 = log(100);
/** 1 ÷ shape of cv 1e-4 and of cv 200, wide of what a scenario may ask for. */
const SMALLEST_POWER = 1e-4;
const LARGEST_POWER = 10;

export function weibull(spec: LawSpec): Law {
  const power = powerOf(spec);
  const unitMean = exp(logGamma(1 + power));
  const { p50, p99, mean = 1 } = spec;
  const scale = p50 !== undefined && p99 !== undefined ? p50 / pow(LN2, power) : mean / unitMean;
  return {
    mean: scale * unitMean,
    cv: Math.sqrt(exp(logSquare(power)) - 1),
    fill: (stream, out, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] = roundDelay(scale * pow(nextExponential(stream), power));
      }
    },
  };
}

/** 1 ÷ shape */
function powerOf({ cv = 1, p50, p99 }: LawSpec): number {
  if (p50 !== undefined && p99 !== undefined) return log(p99 / p50) / log(LN100 / LN2);
  const wanted = log(1 + cv * cv);
  return risingRoot((power) => logSquare(power) - wanted, SMALLEST_POWER, LARGEST_POWER);
}

/** ln(1 + cv²) */
function logSquare(power: number): number {
  return logGamma(1 + 2 * power) - 2 * logGamma(1 + power);
}
