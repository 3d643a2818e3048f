/**
 * A non-homogeneous Poisson process: unit exponentials along the cumulative rate. A gap has no
 * memory, so the first is like the others. Index of dispersion 1 over every window.
 */
import { fillExponentials } from '../kernel/draws.ts';
import { DRAW_TABLES, nextExponential, type StreamState } from '../kernel/random.ts';
import type { PointProcess, ProcessKind } from './process.ts';
import type { RateCurve } from './rate.ts';
import { timeChanged, type UnitGaps } from './time-change.ts';

const EXPONENTIAL: UnitGaps = {
  first: nextExponential,
  fill: (stream, out, from, to) => fillExponentials(DRAW_TABLES, stream, out, from, to),
  exponential: true,
};

export function poissonProcess(curve: RateCurve, stream: StreamState): PointProcess {
  return timeChanged(curve, EXPONENTIAL, stream);
}

export const poisson: ProcessKind = {
  forms: [[]],
  also: [],
  create: (_spec, curve, stream) => poissonProcess(curve, stream),
  dispersion: () => 1,
};
