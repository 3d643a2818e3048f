/** Why nodes come and go, or do not: rows of the ledger. */
import type { NodePool } from '../model.ts';
import type { Message } from '../outcome.ts';
import type { World } from './world.ts';

/** Nodes of the pool that are there or on their way, and not on their way out. */
export function poolSize({ nodes }: World, pool: NodePool): number {
  let size = 0;
  for (const node of nodes) {
    if (node.pool === pool && (node.state === 'usable' || node.state === 'upcoming')) size += 1;
  }
  return size;
}

interface NodeChange {
  readonly at: number;
  readonly pool: string;
  readonly from: number;
  readonly to: number;
  readonly reason: Message;
}

/** Equal changes of one instant are one row. */
export function recordNodes({ ledger }: World, change: NodeChange): void {
  const last = ledger.nodeDecisions.at(-1);
  const { at, pool, to, reason } = change;
  const isSame = last?.at === at && last.pool === pool && last.reason.key === reason.key;
  if (isSame && last.until === undefined) last.to = to;
  else ledger.nodeDecisions.push({ ...change });
}

/** Nothing is done for pods that want a node: one row for as long as the reason lasts. */
export function recordHeld({ ledger, nodes }: World, reason: Message, now: number): void {
  const last = ledger.nodeDecisions.at(-1);
  if (last?.until !== undefined && last.reason.key === reason.key) {
    last.until = now;
    return;
  }
  const size = nodes.length;
  ledger.nodeDecisions.push({ at: now, pool: null, from: size, to: size, reason, until: now });
}
