/**
 * Nodes that were there ahead of a sale are empty until it comes, and with Karpenter's
 * `consolidateAfter: 0s` an empty node goes within half a minute. When the sale begins, they have
 * to be ordered anew, in the minute that they were meant to save.
 *
 * @source kubernetes-sigs/karpenter, pkg/controllers/disruption/emptiness.go.
 */
import type { Message, NodeDecisionRow, StrategyResult } from '../outcome.ts';

const REMOVED = 'karpenter.emptiness';
const ORDERED = 'karpenter.claimed';

/** Of replication 0, in which the decisions are known; null = none went that was needed later. */
export function consolidatedNodes({ name, nodeDecisions, series }: StrategyResult): Message | null {
  const peak = timeOfPeak(series);
  const removals = nodeDecisions.filter(({ reason, at }) => reason.key === REMOVED && at < peak);
  const [first] = removals;
  if (first === undefined) return null;
  const last = removals[removals.length - 1];
  const orders = nodeDecisions.filter(({ reason, at }) => reason.key === ORDERED && at > last.at);
  if (orders.length === 0) return null;
  return {
    key: 'trap.consolidated-nodes',
    params: {
      strategy: name,
      removed: changeOf(removals),
      from: first.at,
      until: last.at,
      ordered: changeOf(orders),
      at: orders[0].at,
    },
  };
}

function changeOf(rows: readonly NodeDecisionRow[]): number {
  return rows.reduce((sum, { from, to }) => sum + Math.abs(to - from), 0);
}

/** The end of the row with the highest arrival rate, µs. */
function timeOfPeak({ step, columns: { offered } }: StrategyResult['series']): number {
  let highest = 0;
  for (let row = 1; row < offered.length; row++) {
    if ((offered[row] ?? 0) > (offered[highest] ?? 0)) highest = row;
  }
  return (highest + 1) * step;
}
