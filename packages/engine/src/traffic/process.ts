/**
 * How arrivals scatter around the rate of a load: a point process on a rate curve. The curve says
 * how many requests to expect, the process how irregular they are; every kind has exactly the
 * curve's expectation (a deterministic one up to a request).
 */
import type { StreamState } from '../kernel/random.ts';
import type { RateCurve } from './rate.ts';

/** A Poisson process laid open, for a kernel that draws it by itself. */
export interface PoissonWalk {
  readonly curve: RateCurve;
  /** @shape Float64Array[WALK], rows of inversion.ts. */
  readonly walk: Float64Array;
  readonly stream: StreamState;
}

export interface PointProcess {
  readonly poisson?: PoissonWalk;
  /**
   * Writes the next arrivals, whole µs that never fall, to out[from, to); returns the end of what
   * was written, below `to` only at the end of the curve. What is written does not depend on how
   * the calls cut it.
   */
  readonly fill: (out: Float64Array, from: number, to: number) => number;
}

/** The process of a load as the scenario gives it; which fields a kind takes: PROCESSES. */
export interface ProcessSpec {
  readonly kind: string;
  /** Coefficient of variation of the gaps. */
  readonly cv?: number;
  /** Share of the gaps that have `mean1`; the rest has `mean2`. Only their ratio counts. */
  readonly p?: number;
  readonly mean1?: number;
  readonly mean2?: number;
  /** Rate in each state, relative to the others. */
  readonly factors?: readonly number[];
  /** µs, mean stay in each state. */
  readonly sojourns?: readonly number[];
  readonly meanSize?: number;
  readonly sizes?: 'geometric' | 'fixed';
}

/** Whose dispersion is asked for: the rate, requests/s, and the length of the window, µs. */
export interface CountWindow {
  readonly rate: number;
  readonly window: number;
}

export interface ProcessKind {
  /** Fields of ProcessSpec that describe it completely: one of these lists. */
  readonly forms: readonly (readonly string[])[];
  /** Fields that may be added. */
  readonly also: readonly string[];
  readonly create: (spec: ProcessSpec, curve: RateCurve, stream: StreamState) => PointProcess;
  /**
   * Index of dispersion for counts, variance ÷ mean of the arrivals within a window at a constant
   * rate, as the window grows. Where it depends on rate or window, it says so (`mmpp`).
   */
  readonly dispersion: (spec: ProcessSpec, at: CountWindow) => number;
}
