/**
 * The cells of a comparison: strategy × replication, replication by replication, so that an
 * interrupted comparison has whole replications from the first one on.
 */
import type { Scenario } from '@peakless/engine';

export interface Cell {
  readonly strategy: string;
  readonly replication: number;
}

export function cellsOf(scenario: Scenario): Cell[] {
  const cells: Cell[] = [];
  for (let replication = 0; replication < scenario.replications; replication += 1) {
    for (const { name } of scenario.strategies) cells.push({ strategy: name, replication });
  }
  return cells;
}

/**
 * The finished cells up to the first gap. Later ones do not count: what an interrupted comparison
 * says is then exactly what a shorter one would say.
 */
export function leadingResults<T>(results: readonly (T | undefined)[]): readonly T[] {
  const gap = results.indexOf(undefined);
  return (gap === -1 ? results : results.slice(0, gap)) as readonly T[];
}
