/**
 * The comparison of replication 0 alone: exactly what `compare --replications 1` gives, and what
 * the full comparison's first replication is.
 */
import {
  type Comparison,
  compareCells,
  ENGINE_MODEL,
  ENGINE_VERSION,
  type PathOptions,
  runCell,
  type Scenario,
  setupTraps,
  sha256Of,
  toCanonicalJson,
} from '@peakless/engine';
import type { ResolvedScenario } from '../../server/api-types.ts';

/** `onProgress` gets the share of the work that is done, 0..1. */
export function oneReplication(
  { scenario: asked, warnings }: ResolvedScenario,
  paths: PathOptions,
  onProgress: (share: number) => void = () => undefined,
): Comparison {
  const scenario: Scenario = { ...asked, replications: 1 };
  const { strategies } = scenario;
  const cells = strategies.map(({ name }, done) =>
    runCell(scenario, name, 0, (share) => onProgress((done + share) / strategies.length), paths),
  );
  return compareCells({
    scenario,
    warnings: [...warnings, ...setupTraps(scenario)],
    cells,
    provenance: {
      engineVersion: ENGINE_VERSION,
      engineModel: ENGINE_MODEL,
      scenarioHash: sha256Of(toCanonicalJson(scenario)),
    },
  });
}
