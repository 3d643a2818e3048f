/**
 * Thresholds: gates on a strategy's mean, for CI. A measure without a mean (undefined in some
 * replication, such as a capacity that was never reached) passes no threshold.
 */
import type { StrategyResult, ThresholdResult } from '../outcome.ts';
import type { Threshold } from '../scenario/scenario.ts';

export function evaluateThresholds(
  thresholds: readonly Threshold[],
  strategies: readonly StrategyResult[],
): readonly ThresholdResult[] {
  return thresholds.flatMap((threshold) =>
    strategies
      .filter(({ name }) => appliesTo(threshold, name))
      .map((strategy) => evaluate(threshold, strategy, strategies)),
  );
}

/** Without a strategy: to all, but nothing is compared with itself. */
function appliesTo({ strategy, relativeTo }: Threshold, name: string): boolean {
  return strategy === undefined ? name !== relativeTo : name === strategy;
}

function evaluate(
  threshold: Threshold,
  strategy: StrategyResult,
  strategies: readonly StrategyResult[],
): ThresholdResult {
  const value = strategy.summary[threshold.measure]?.mean ?? null;
  const limit = limitOf(threshold, strategies);
  return {
    measure: threshold.measure,
    is: threshold.is,
    strategy: strategy.name,
    level: threshold.level,
    value,
    passed: value !== null && limit !== null && holds(value, threshold.operator, limit),
  };
}

function limitOf(threshold: Threshold, strategies: readonly StrategyResult[]): number | null {
  if (threshold.relativeTo === undefined) return threshold.value;
  const reference = strategies.find(({ name }) => name === threshold.relativeTo);
  const mean = reference?.summary[threshold.measure]?.mean;
  return mean === undefined ? null : threshold.value * mean;
}

function holds(value: number, operator: Threshold['operator'], limit: number): boolean {
  switch (operator) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
  }
}
