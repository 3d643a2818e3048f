/**
 * A law of times made runnable: fills blocks of times in whole µs, at least 1, and states its mean
 * and coefficient of variation. Service times are the first use; whatever else is a random time
 * (patience, a call's delay) may be given by the same specification.
 */
import type { StreamState } from '../kernel/random.ts';

export interface Law {
  /** µs; of the law itself, before its draws are rounded to whole µs. */
  readonly mean: number;
  readonly cv: number;
  /** Writes times, µs, to out[from, to); every draw comes from the stream, in order. */
  readonly fill: (stream: StreamState, out: Float64Array, from: number, to: number) => void;
  /** The law laid open, for a kernel that draws it by itself. */
  readonly open?: OpenLaw;
}

/** µs; a lognormal one is e^(mu + sigma·normal), the others are `mean` times a standard variate. */
export type OpenLaw =
  | { readonly kind: 'lognormal'; readonly mu: number; readonly sigma: number }
  | { readonly kind: 'exponential' | 'deterministic'; readonly mean: number };

/** A law as the scenario gives it, times in µs; scenario/law-forms.ts says what goes together. */
export interface LawSpec {
  readonly mean?: number;
  readonly cv?: number;
  readonly p50?: number;
  readonly p99?: number;
  /** uniform */
  readonly low?: number;
  readonly high?: number;
  /** erlang: number of phases */
  readonly k?: number;
  /** hyperexponential: probability and mean of the first phase, mean of the second */
  readonly p?: number;
  readonly mean1?: number;
  readonly mean2?: number;
  /** pareto: shape, smallest and largest time */
  readonly alpha?: number;
  readonly xm?: number;
  readonly max?: number;
  /** empirical: measured times, or how many fell between two */
  readonly samples?: readonly number[];
  readonly histogram?: readonly HistogramBin[];
  /** mixture */
  readonly parts?: readonly LawPart[];
}

/** `count` times spread evenly over [from, to]; equal ends are one value. µs */
export interface HistogramBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** A law with its name in the registry. */
export interface NamedLawSpec<Name extends string = string> extends LawSpec {
  readonly dist: Name;
}

export interface LawPart extends NamedLawSpec {
  /** Relative to the other parts. */
  readonly weight: number;
}

/** Makes the law of a part, for laws that are made of others. */
export type PartFactory = (part: NamedLawSpec) => Law;
