/**
 * A service-time law made runnable: fills blocks of service times in whole µs, at least 1, and
 * states its mean and coefficient of variation.
 */
import type { StreamState } from '../kernel/random.ts';

export interface Law {
  /** µs */
  readonly mean: number;
  readonly cv: number;
  /** Writes service times, µs, to out[from, to). */
  readonly fill: (stream: StreamState, out: Float64Array, from: number, to: number) => void;
}

/** A service time as the scenario gives it (µs). */
export interface LawSpec {
  readonly mean?: number;
  readonly cv?: number;
  readonly p50?: number;
  readonly p99?: number;
  readonly samples?: readonly number[];
}
