/** Times spread evenly between two bounds; from 0 to twice the mean, unless told otherwise. */
import { nextUniform } from '../kernel/random.ts';
import { roundDelay } from '../kernel/units.ts';
import type { Law, LawSpec } from './law.ts';

const SQRT3 = Math.sqrt(3);

/** The cv of U(0, 2·mean): no uniform law of positive times has a larger one. */
export const UNIFORM_CV_MAX = 1 / SQRT3;

export function uniform(spec: LawSpec): Law {
  const { low, high } = bounds(spec);
  const width = high - low;
  const mean = low + width / 2;
  return {
    mean,
    cv: width / (2 * SQRT3) / mean,
    fill: (stream, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = roundDelay(low + width * nextUniform(stream));
    },
  };
}

function bounds(spec: LawSpec): { low: number; high: number } {
  const { low, high, p50, p99 } = spec;
  if (low !== undefined && high !== undefined) return { low, high };
  const middle = p50 ?? spec.mean ?? 1;
  const half =
    p50 !== undefined && p99 !== undefined
      ? ((p99 - p50) * 50) / 49
      : middle * SQRT3 * (spec.cv ?? UNIFORM_CV_MAX);
  return { low: Math.max(0, middle - half), high: middle + half };
}
