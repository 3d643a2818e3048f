/**
 * Pareto times, cut off at `max`: F(x) = (1 − (xm/x)^α) ÷ (1 − (xm/max)^α) for xm ≤ x ≤ max. A
 * plain Pareto law has no variance for α ≤ 2 and no mean for α ≤ 1, and its largest draw decides
 * a run; no real service works for ever. `mean` is that of the law as cut off. A cut far out is
 * not felt where the moments exist: with α = 3.5 a 1e-11 of the draws lies above 1000 means.
 */
import { exp, log, pow } from '../kernel/elementary.ts';
import { nextUniform } from '../kernel/random.ts';
import { roundDelay } from '../kernel/units.ts';
import { risingRoot } from './bisection.ts';
import type { Law, LawSpec } from './law.ts';

/** The cut when none is given, in means (or in xm, where that is given). */
export const PARETO_CUT = 1000;

/** ln(xm ÷ max) is looked for above this. */
const LOWEST_LOG_SHARE = -700;

export function pareto(spec: LawSpec): Law {
  const { alpha = 2, mean = 1 } = spec;
  const max = spec.max ?? (spec.xm ?? mean) * PARETO_CUT;
  const logShare =
    spec.xm === undefined
      ? risingRoot((y) => moment(alpha, y, 1) - mean / max, LOWEST_LOG_SHARE, 0)
      : log(spec.xm / max);
  const xm = spec.xm ?? max * exp(logShare);
  const first = moment(alpha, logShare, 1);
  const kept = -alpha * logShare * relativeGrowth(alpha * logShare);
  const power = -1 / alpha;
  return {
    mean: max * first,
    cv: Math.sqrt(Math.max(0, moment(alpha, logShare, 2) / (first * first) - 1)),
    fill: (stream, out, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] = roundDelay(xm * pow(1 - nextUniform(stream) * kept, power));
      }
    },
  };
}

/** E[(X/max)^r], y = ln(xm/max): the integral of x^(r − α − 1), scaled so as not to overflow. */
function moment(alpha: number, y: number, r: number): number {
  const gap = Math.abs(r - alpha) * y;
  return exp(Math.min(alpha, r) * y) * (relativeGrowth(gap) / relativeGrowth(alpha * y));
}

/** (e^z − 1) ÷ z, also where z is almost 0. */
function relativeGrowth(z: number): number {
  if (Math.abs(z) > 0.01) return (exp(z) - 1) / z;
  return 1 + (z / 2) * (1 + (z / 3) * (1 + (z / 4) * (1 + (z / 5) * (1 + z / 6))));
}
