/**
 * Requests in batches: a Poisson process of batches at the rate ÷ mean size, all requests of a
 * batch at the same µs (a push notification, a scheduled job, a page with many calls). Sizes are
 * fixed, or geometric from 1 on, which an exponential rounded up is. Index of dispersion E[B²] ÷
 * E[B] over every window.
 */
import { log } from '../kernel/elementary.ts';
import { nextExponential, type StreamState } from '../kernel/random.ts';
import { poissonProcess } from './poisson.ts';
import type { PointProcess, ProcessKind } from './process.ts';
import { type RateCurve, scaleCurve } from './rate.ts';

interface Batches {
  readonly starts: PointProcess;
  readonly stream: StreamState;
  readonly fixed: boolean;
  readonly meanSize: number;
  /** Rate of the exponential whose whole part, plus 1, is a geometric size. */
  readonly decay: number;
  /** @shape Float64Array[1], the instant of the batch at hand. */
  readonly instant: Float64Array;
  /** @shape Float64Array[1], its requests still to come. */
  readonly remaining: Float64Array;
}

function batchProcess(
  meanSize: number,
  fixed: boolean,
  curve: RateCurve,
  stream: StreamState,
): PointProcess {
  const batches: Batches = {
    starts: poissonProcess(scaleCurve(curve, 1 / meanSize), stream),
    stream,
    fixed,
    meanSize,
    decay: -log(1 - 1 / meanSize),
    instant: new Float64Array(1),
    remaining: new Float64Array(1),
  };
  return { fill: (out, from, to) => fillBatches(batches, out, from, to) };
}

function fillBatches(batches: Batches, out: Float64Array, from: number, to: number): number {
  const { starts, stream, fixed, meanSize, decay, instant, remaining } = batches;
  let i = from;
  while (i < to) {
    if (remaining[0] === 0) {
      if (starts.fill(instant, 0, 1) === 0) return i;
      remaining[0] = fixed ? meanSize : 1 + Math.floor(nextExponential(stream) / decay);
    }
    const end = Math.min(to, i + remaining[0]);
    remaining[0] -= end - i;
    while (i < end) out[i++] = instant[0];
  }
  return i;
}

export const batch: ProcessKind = {
  forms: [['meanSize']],
  also: ['sizes'],
  create: ({ meanSize = 1, sizes }, curve, stream) =>
    batchProcess(meanSize, sizes === 'fixed', curve, stream),
  dispersion: ({ meanSize = 1, sizes }) => (sizes === 'fixed' ? meanSize : 2 * meanSize - 1),
};
