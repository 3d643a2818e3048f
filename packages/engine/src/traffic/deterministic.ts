/**
 * Arrivals at equal distance along the cumulative rate: the n-th when n requests are due, the first
 * after one full gap. Nothing is drawn, so the count at any time is the whole part of the expected
 * one. This is a load generator with a constant arrival rate, and the D of D/M/1.
 */
import type { ProcessKind } from './process.ts';
import { timeChanged, type UnitGaps } from './time-change.ts';

const EQUAL: UnitGaps = {
  first: () => 1,
  fill: (_stream, out, from, to) => void out.fill(1, from, to),
};

export const deterministic: ProcessKind = {
  forms: [[]],
  also: [],
  create: (_spec, curve, stream) => timeChanged(curve, EQUAL, stream),
  dispersion: () => 0,
};
