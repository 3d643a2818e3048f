/** Containers that ended although their pods were wanted: how many, and why. */
import type { RestartCounts } from '../ledger/outcome.ts';
import type { Message, StrategyResult } from '../outcome.ts';

/** Means over the replications; nothing where all containers ran on. */
export function restartFindings({ name, outcomes }: StrategyResult): readonly Message[] {
  const all = outcomes.flatMap(({ restarts }) => restarts ?? []);
  if (all.length === 0) return [];
  const mean = (of: keyof RestartCounts) =>
    all.reduce((sum, counts) => sum + counts[of], 0) / outcomes.length;
  const params = {
    strategy: name,
    total: mean('total'),
    probes: mean('probes'),
    outOfMemory: mean('outOfMemory'),
    crashes: mean('crashes'),
  };
  return [{ key: 'finding.restarts', params }];
}
