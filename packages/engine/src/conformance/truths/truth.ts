/**
 * Exact results of queueing theory as a file gives them, and what is made of one: experiments, each
 * a scenario that is simulated, with the results that it is compared on.
 */
import type { CellResult } from '../../cell.ts';

/** One case of a file; `kind` limit = the truth is that of infinitely many servers. */
export interface Truth {
  readonly id: string;
  readonly model: string;
  readonly kind: 'exact' | 'limit';
  readonly params: Readonly<Record<string, unknown>>;
  readonly results: Readonly<Record<string, unknown>>;
}

export type TruthPlan =
  | { readonly kind: 'skip'; readonly reason: string }
  /** The file does not say what the model needs. */
  | { readonly kind: 'fault'; readonly reason: string }
  | {
      readonly kind: 'run';
      readonly experiments: readonly Experiment[];
      /** Results of closed forms of the product, which need no simulation. */
      readonly computed: readonly ComputedResult[];
    };

export interface ComputedResult {
  readonly key: string;
  readonly exact: number;
  readonly computed: number;
}

/** A scenario that is replicated. Times are in the time unit of the truth. */
export interface Experiment {
  /** What tells it from the other experiments of its truth: `t=30`; empty = it is the only one. */
  readonly label: string;
  /** µs of simulated time per time unit. */
  readonly unit: number;
  readonly warmup: number;
  /** Length of a replication after its warm-up. */
  readonly length: number;
  /** Steady state: a longer replication is as good as several. */
  readonly stationary: boolean;
  /** Replications with which to begin, where the usual number is more than it takes. */
  readonly first?: number;
  /** The scenario without name, clock and seed, as a file would write it. */
  readonly world: Readonly<Record<string, unknown>>;
  readonly compared: readonly Compared[];
}

/** What one replication shows. */
export interface Seen {
  readonly cell: CellResult;
  /** µs */
  readonly unit: number;
  /** Length of what was measured, time units. */
  readonly span: number;
}

/**
 * How the values of the replications become an estimate (estimators.ts):
 * - `mean`: their mean.
 * - `chance`: their mean, where each is 0 or 1.
 * - `atom`: a quantile that is 0; the values are shares above 0, of which `share` is the rest.
 * - `order`: the `share` quantile of the values themselves.
 * - `dispersion`: variance ÷ mean, from a mean and a mean square.
 */
export type EstimatorName = 'mean' | 'chance' | 'atom' | 'order' | 'dispersion';

export interface Compared {
  readonly key: string;
  readonly exact: number;
  readonly estimator: EstimatorName;
  /** Of a quantile, 0..1. */
  readonly share: number;
  /** Values of one replication: as many as the estimator takes. */
  readonly of: (seen: Seen) => readonly number[];
  /** The standard error must be below this share of the truth … */
  readonly precision: number;
  /** … or below this. */
  readonly resolution: number;
  /** Allowed beyond four standard errors, a share of the truth. */
  readonly slack: number;
}

export const skip = (reason: string): TruthPlan => ({ kind: 'skip', reason });

export function run(
  experiments: readonly Experiment[],
  computed: readonly ComputedResult[] = [],
): TruthPlan {
  return { kind: 'run', experiments, computed };
}

export const numberOf = (record: Readonly<Record<string, unknown>>, key: string): number =>
  record[key] as number;
