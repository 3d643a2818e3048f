/**
 * Hyperexponential times: one of two exponential phases. Mean and cv alone leave one parameter
 * open; it is settled by balanced means, p·mean1 = (1 − p)·mean2.
 * @source H. C. Tijms, A First Course in Stochastic Models, Wiley 2003, appendix B, p. 447
 */
import { nextExponential, nextUniform } from '../kernel/random.ts';
import { roundDelay } from '../kernel/units.ts';
import type { Law, LawSpec } from './law.ts';

export function hyperexponential(spec: LawSpec): Law {
  const { p, mean1, mean2 } = phases(spec);
  const mean = p * mean1 + (1 - p) * mean2;
  const square = 2 * (p * mean1 * mean1 + (1 - p) * mean2 * mean2);
  return {
    mean,
    cv: Math.sqrt(square / (mean * mean) - 1),
    fill: (stream, out, from, to) => {
      for (let i = from; i < to; i++) {
        const phase = nextUniform(stream) < p ? mean1 : mean2;
        out[i] = roundDelay(phase * nextExponential(stream));
      }
    },
  };
}

function phases(spec: LawSpec): { p: number; mean1: number; mean2: number } {
  const { p, mean1, mean2, mean = 1, cv = 1 } = spec;
  if (p !== undefined && mean1 !== undefined && mean2 !== undefined) return { p, mean1, mean2 };
  const square = Math.max(1, cv * cv);
  const first = (1 + Math.sqrt((square - 1) / (square + 1))) / 2;
  return { p: first, mean1: mean / (2 * first), mean2: mean / (2 * (1 - first)) };
}
