/**
 * A published experiment: where it was done, which constants were fitted to which part of it, and
 * what a simulation of its scenario predicts beside what was observed. A prediction covers the
 * whole experiment, also where nothing was published.
 */
import type { Interval } from '../outcome.ts';
import type { LocalText } from '../scenario/fields.ts';
import type { Sample, Study } from './study.ts';

/** Distribution of what was simulated: mean with its 95 % interval, and quantiles. */
export interface Spread extends Interval {
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
  readonly min: number;
  readonly max: number;
}

/** As published; `low` and `high` are the least and the largest, or the quantiles in `text`. */
export interface Observed {
  readonly mid: number;
  readonly low: number;
  readonly high: number;
  readonly text: LocalText;
}

/** Which number of the prediction must lie where. */
export interface Tolerance {
  readonly of: 'mean' | 'p50' | 'all';
  readonly low: number;
  readonly high: number;
}

export type QuantityUnit = 's' | 'min' | 'ms' | '%' | 'pods' | 'VMs' | 'requests' | '';

export interface Quantity {
  readonly id: string;
  readonly label: LocalText;
  readonly unit: QuantityUnit;
  readonly predicted: Spread;
  /** null = nothing was published. */
  readonly observed: Observed | null;
  /** null = not judged. */
  readonly tolerance: Tolerance | null;
  /** null = not judged. */
  readonly within: boolean | null;
}

/** A line of a chart, or points in it; columns of equal length. */
export interface Curve {
  readonly label: LocalText;
  readonly kind: 'predicted' | 'observed';
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** 5 % and 95 % of the simulated values. */
  readonly band?: { readonly low: readonly number[]; readonly high: readonly number[] };
}

/** One quantity over the whole length of the experiment. */
export interface Panel {
  readonly id: string;
  readonly title: LocalText;
  readonly x: LocalText;
  readonly curves: readonly Curve[];
}

export interface Prediction {
  readonly quantities: readonly Quantity[];
  /** Empty = the quantities are all that there is. */
  readonly panels: readonly Panel[];
}

export interface Experiment extends Study {
  /** Repository at a commit, or page, and the file in it. */
  readonly source: string;
  readonly licence: LocalText;
  readonly setup: LocalText;
  /** Constants that were not published, and the part of the data that they were fitted to. */
  readonly fitted: LocalText;
  /** What differs from the experiment, and what to think of the outcome. */
  readonly remarks: LocalText;
  readonly predict: (samples: readonly Sample[]) => Prediction;
}

/** An experiment that is not replayed, and why. */
export interface Unreplayed {
  readonly id: string;
  readonly title: LocalText;
  readonly source: string;
  readonly why: LocalText;
}
