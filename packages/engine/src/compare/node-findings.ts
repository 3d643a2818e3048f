/** What went wrong with the nodes of a strategy, as means over the replications. */
import type { Message, NodeCounts, StrategyResult } from '../outcome.ts';

const MISHAPS = {
  refused: 'finding.nodes-refused',
  notJoined: 'finding.nodes-not-joined',
  interrupted: 'finding.nodes-interrupted',
  died: 'finding.nodes-died',
} as const satisfies Partial<Record<keyof NodeCounts, string>>;

export function nodeFindings({ name, outcomes }: StrategyResult): readonly Message[] {
  const all = outcomes.flatMap(({ nodes }) => nodes ?? []);
  const mean = (of: keyof NodeCounts) =>
    all.reduce((sum, counts) => sum + counts[of], 0) / outcomes.length;
  const names = Object.keys(MISHAPS) as (keyof typeof MISHAPS)[];
  return names.flatMap((mishap) => {
    const count = mean(mishap);
    if (count === 0) return [];
    const params = { strategy: name, count, launched: mean('launched') };
    return [{ key: MISHAPS[mishap], params }];
  });
}
