/** From a resolved scenario to its comparison, over worker threads. */
import {
  type CellResult,
  type Comparison,
  compareCells,
  completeReplications,
  type Message,
  type Scenario,
  setupTraps,
} from '@peakless/engine';
import { cellsOf, leadingResults } from './cells.ts';
import { type RunOptions, runCells } from './pool.ts';
import { provenanceOf } from './provenance.ts';
import { InterruptedError } from './run-error.ts';

/**
 * Every strategy under every replication. When `signal` aborts, the comparison of the complete
 * replications comes back within moments, with `complete: false`.
 *
 * @throws InterruptedError when not even the first replication is complete
 * @throws CellError when a cell fails
 */
export async function runComparison(
  scenario: Scenario,
  warnings: readonly Message[],
  options: RunOptions = {},
): Promise<Comparison> {
  const cells = leadingResults(await runCells<CellResult>(scenario, cellsOf(scenario), options));
  if (completeReplications(scenario, cells).length === 0) throw new InterruptedError();
  const all = [...warnings, ...setupTraps(scenario)];
  return compareCells({ scenario, warnings: all, cells, provenance: provenanceOf(scenario) });
}
