/**
 * A non-homogeneous Poisson process by exact inversion: unit exponentials are the gaps of the
 * cumulative rate Λ; within a linear segment Λ is a parabola, solved in the form without
 * cancellation. Arrival times are rounded to the nearest µs, so they never decrease.
 */
import { nextExponential, type StreamState } from '../kernel/random.ts';
import type { RateCurve } from './rate.ts';

export interface PoissonProcess {
  readonly curve: RateCurve;
  readonly stream: StreamState;
  /** [segment, µs since its start, unit mass still to pass before the next arrival]. */
  readonly state: Float64Array;
}

export function poissonProcess(curve: RateCurve, stream: StreamState): PoissonProcess {
  const state = new Float64Array(3);
  state[2] = nextExponential(stream);
  return { curve, stream, state };
}

/** Writes the next arrivals, µs, to out[from, to); returns the end of what was written. */
export function fillArrivals(
  process: PoissonProcess,
  out: Float64Array,
  from: number,
  to: number,
): number {
  const { curve, stream, state } = process;
  const segments = curve.rate.length;
  let segment = state[0];
  let position = state[1];
  let mass = state[2];
  let i = from;
  while (i < to && segment < segments) {
    const start = curve.start[segment];
    const left = curve.start[segment + 1] - start - position;
    const slope = curve.slope[segment];
    const rate = curve.rate[segment] + slope * position;
    const massLeft = (rate + 0.5 * slope * left) * left;
    if (mass >= massLeft) {
      mass -= massLeft;
      segment++;
      position = 0;
      continue;
    }
    position +=
      slope === 0 ? mass / rate : (2 * mass) / (rate + Math.sqrt(rate * rate + 2 * slope * mass));
    out[i++] = Math.round(start + position);
    mass = nextExponential(stream);
  }
  state[0] = segment;
  state[1] = position;
  state[2] = mass;
  return i;
}
