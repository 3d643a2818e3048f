/** What the room that pause pods held was worth: their share of the nodes paid for. */
import { PAUSE_PODS } from '../cluster/pause-pods.ts';
import type { SpareRoom } from '../ledger/outcome.ts';
import type { CostItem } from '../outcome.ts';
import type { Run } from '../simulate.ts';

/** `paid`: core-seconds; null = the strategy has no pause pods. */
export function spareRoom(
  { model, ledger }: Run,
  items: readonly CostItem[],
  paid: number,
): SpareRoom | null {
  const { strategy, horizon } = model;
  if (strategy.kind !== 'kubernetes' || strategy.overprovisioning === undefined) return null;
  let time = 0;
  for (const { service, bound, gone } of ledger.pods) {
    if (service !== PAUSE_PODS || bound === undefined) continue;
    time += Math.max(0, Math.min(gone ?? horizon, horizon) - Math.max(bound, 0));
  }
  const held = time * 1e-6 * (strategy.overprovisioning.cpu / 1000);
  const share = paid === 0 ? 0 : held / paid;
  let nodes = 0;
  for (const { item, amount } of items) if (item === 'node') nodes += amount;
  let victims = 0;
  for (const { reason } of ledger.decisions) {
    if (reason.key === 'decision.preemption') victims += Number(reason.params.victims);
  }
  return { podTime: time, share, cost: Math.round(nodes * share), victims };
}
