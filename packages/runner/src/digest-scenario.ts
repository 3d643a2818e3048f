/** From a resolved scenario to the digest of all that it gives, over worker threads. */
import { type CellDigest, digestCells, ENGINE_MODEL, type Scenario } from '@peakless/engine';
import { cellsOf } from './cells.ts';
import { builtWorker, type RunOptions, runCells } from './pool.ts';
import { scenarioHash } from './provenance.ts';

/** Digests can be compared where all but `sha256` and `cells` agree. */
export interface ScenarioDigest {
  readonly sha256: string;
  readonly scenario: { readonly name: string; readonly hash: string };
  readonly engineModel: number;
  readonly seed: string;
  readonly replications: number;
  /** Replication by replication, strategies in the order of the scenario. */
  readonly cells: readonly CellDigest[];
}

/**
 * Undefined when `signal` came first: there is no digest of a part.
 *
 * @throws CellError when a cell fails
 */
export async function digestScenario(
  scenario: Scenario,
  options: RunOptions = {},
): Promise<ScenarioDigest | undefined> {
  const worker = builtWorker('digest-worker');
  const found = await runCells<CellDigest>(scenario, cellsOf(scenario), options, worker);
  const cells = found.filter((cell) => cell !== undefined);
  if (cells.length < found.length) return undefined;
  const { name, seed, replications } = scenario;
  return {
    sha256: digestCells(cells),
    scenario: { name, hash: scenarioHash(scenario) },
    engineModel: ENGINE_MODEL,
    seed,
    replications,
    cells,
  };
}
