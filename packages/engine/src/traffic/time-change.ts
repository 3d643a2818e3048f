/**
 * A stationary process of unit rate, run along the cumulative rate Λ of a curve: an arrival at
 * operational time m happens when Λ(t) = m. Exact inversion: within a linear segment Λ is a
 * parabola, solved in the form without cancellation. With exponential gaps the result is the
 * non-homogeneous Poisson process; with gaps of another law it is their renewal process, more or
 * less variable than Poisson as they are, with mean Λ(t) if it starts in equilibrium.
 *
 * Source: I. Gerhardt, B. L. Nelson, Transforming renewal processes for simulation of nonstationary
 * arrival processes, INFORMS Journal on Computing 21 (2009).
 */
import type { StreamState } from '../kernel/random.ts';
import { invertRate, MASS, SEGMENT, WALK } from './inversion.ts';
import type { PointProcess } from './process.ts';
import type { RateCurve } from './rate.ts';

/** The gaps of a renewal process with mean 1. */
export interface UnitGaps {
  /** From time 0 to the first arrival; in equilibrium, what is left of the gap around time 0. */
  readonly first: (stream: StreamState) => number;
  /** Writes the next gaps to out[from, to). */
  readonly fill: (stream: StreamState, out: Float64Array, from: number, to: number) => void;
  /** `fill` is that of standard exponentials. */
  readonly exponential?: true;
}

/**
 * Stands for a rate of 0, requests/µs: an arrival that is due at the very start of a ramp from 0 is
 * there, and not at 0 ÷ 0. Changes no other bit.
 */
const LEAST_RATE = 1e-300;

export function timeChanged(of: RateCurve, gaps: UnitGaps, stream: StreamState): PointProcess {
  const curve = { ...of, rate: of.rate.map((rate) => Math.max(rate, LEAST_RATE)) };
  const { start, rate, slope } = curve;
  const walk = new Float64Array(WALK);
  walk[MASS] = gaps.first(stream);
  return {
    ...(gaps.exponential ? { poisson: { curve, walk, stream } } : {}),
    fill: (out, from, to) => {
      // At the end of the curve nothing is drawn any more, however often one asks.
      if (walk[SEGMENT] >= rate.length) return from;
      gaps.fill(stream, out, from, to);
      return invertRate(start, rate, slope, rate.length, walk, out, from, to);
    },
  };
}
