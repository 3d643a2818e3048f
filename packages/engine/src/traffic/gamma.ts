/**
 * A renewal process with gamma gaps, from almost regular (cv near 0) over Poisson (1) to bursty
 * (above 1). It starts in equilibrium: the gap around time 0 is chosen in proportion to its length,
 * which makes its shape one more, and time 0 lies uniformly in it.
 */
import { nextGamma, nextUniform } from '../kernel/random.ts';
import type { ProcessKind } from './process.ts';
import { timeChanged, type UnitGaps } from './time-change.ts';

function gammaGaps(cv: number): UnitGaps {
  const shape = 1 / (cv * cv);
  const scale = cv * cv;
  return {
    first: (stream) => nextUniform(stream) * scale * nextGamma(stream, shape + 1),
    fill: (stream, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = scale * nextGamma(stream, shape);
    },
  };
}

export const gamma: ProcessKind = {
  forms: [['cv']],
  also: [],
  create: ({ cv = 1 }, curve, stream) => timeChanged(curve, gammaGaps(cv), stream),
  dispersion: ({ cv = 1 }) => cv * cv,
};
