/** What the verdict judges by: the SLO in every replication, the mean cost, and paired savings. */
import type { StrategyResult } from '../outcome.ts';
import { interval } from '../stats/confidence.ts';

export interface VerdictInput {
  readonly strategies: readonly StrategyResult[];
  readonly baseline: string;
  readonly objectives: { readonly latency: number; readonly attainment: number };
  /** Strategies that scale only after the load has come. */
  readonly reactive: readonly string[];
  readonly replicationsAsked: number;
}

/** In every replication, not on average. */
export function meetsSlo(strategy: StrategyResult): boolean {
  return strategy.outcomes.every(({ slo }) => slo.met);
}

export function costOf(strategy: StrategyResult): number {
  return strategy.summary.cost.mean;
}

/** Paired, replication by replication: the share saved by (or the share extra of) `own`. */
export function relativeCost<Name extends 'saving' | 'extra'>(
  name: Name,
  own: StrategyResult,
  other: StrategyResult,
): Record<Name | `${Name}Low` | `${Name}High`, number> {
  const sign = name === 'saving' ? -1 : 1;
  const shares = own.outcomes.map(({ cost }, i) => {
    const reference = other.outcomes[i].cost.total;
    return reference === 0 ? 0 : (sign * (cost.total - reference)) / reference;
  });
  const { mean, low, high } = interval(shares);
  return { [name]: mean, [`${name}Low`]: low, [`${name}High`]: high } as Record<
    Name | `${Name}Low` | `${Name}High`,
    number
  >;
}
