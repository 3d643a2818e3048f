/**
 * Nodes that take pods, oldest first, as the scheduler goes through them.
 *
 * Invariant: a node is in the list while it is usable and not about to be removed.
 */
import { enter, leave } from './by-id.ts';
import type { Node, World } from './world.ts';

/** The node takes pods from now on. */
export function openNode({ scheduler }: World, node: Node): void {
  enter(scheduler.openNodes, node);
  scheduler.version += 1;
}

/** The node takes no more pods. */
export function closeNode({ scheduler }: World, node: Node): void {
  leave(scheduler.openNodes, node);
}
