/** One cell of a comparison: a strategy under one replication's random numbers. */
import type { CellResult } from './cell.ts';
import { compile } from './compile.ts';
import { evaluate } from './evaluate.ts';
import type { PathOptions } from './flow/plane-choice.ts';
import type { Scenario } from './scenario/scenario.ts';
import { simulate } from './simulate.ts';

/**
 * Compiles, simulates and evaluates; the same scenario, strategy and replication give the same
 * result, everywhere. `onProgress` gets the share of simulated time that has passed.
 */
export function runCell(
  scenario: Scenario,
  strategy: string,
  replication: number,
  onProgress?: (share: number) => void,
  paths?: PathOptions,
): CellResult {
  return evaluate(simulate(compile(scenario, strategy, replication, paths), onProgress));
}
