/** Exponential service times: the M of M/M/c. */
import { nextExponential } from '../kernel/random.ts';
import { roundDelay } from '../kernel/units.ts';
import type { Law, LawSpec } from './law.ts';

export function exponential(spec: LawSpec): Law {
  const mean = spec.mean ?? 1;
  return {
    mean,
    cv: 1,
    fill: (stream, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = roundDelay(mean * nextExponential(stream));
    },
  };
}
