/**
 * A renewal process whose gaps are exponential with one of two means, short within a cluster of
 * requests and long between two: the H2 of H2/M/1. From a cv it takes balanced means: both kinds
 * of gaps fill the same time. It starts in equilibrium: time 0 lies in a gap of a kind with
 * probability in proportion to the time that such gaps fill, and an exponential has no memory.
 */
import { nextExponential, nextUniform } from '../kernel/random.ts';
import type { ProcessKind, ProcessSpec } from './process.ts';
import { timeChanged, type UnitGaps } from './time-change.ts';

interface Branches {
  /** Probability of the first kind of gap. */
  readonly p: number;
  readonly mean1: number;
  readonly mean2: number;
}

/** Two kinds of gaps, scaled so that their overall mean is 1. */
export function unitBranches({ cv, p, mean1, mean2 }: ProcessSpec): Branches {
  if (p === undefined || mean1 === undefined || mean2 === undefined) {
    const scv = (cv ?? 1) * (cv ?? 1);
    const share = 0.5 * (1 + Math.sqrt((scv - 1) / (scv + 1)));
    return { p: share, mean1: 0.5 / share, mean2: 0.5 / (1 - share) };
  }
  const mean = p * mean1 + (1 - p) * mean2;
  return { p, mean1: mean1 / mean, mean2: mean2 / mean };
}

function hyperexponentialGaps({ p, mean1, mean2 }: Branches): UnitGaps {
  return {
    first: (stream) => (nextUniform(stream) < p * mean1 ? mean1 : mean2) * nextExponential(stream),
    fill: (stream, out, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] = (nextUniform(stream) < p ? mean1 : mean2) * nextExponential(stream);
      }
    },
  };
}

export const hyperexponential: ProcessKind = {
  forms: [['cv'], ['p', 'mean1', 'mean2']],
  also: [],
  create: (spec, curve, stream) =>
    timeChanged(curve, hyperexponentialGaps(unitBranches(spec)), stream),
  dispersion: (spec) => {
    const { p, mean1, mean2 } = unitBranches(spec);
    return 2 * (p * mean1 * mean1 + (1 - p) * mean2 * mean2) - 1;
  },
};
