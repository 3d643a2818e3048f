/** The node of a pod that must have one. The message is made only when it is needed. */
import { InvariantError } from '../kernel/assert.ts';
import type { Node, Pod } from './world.ts';

/** @throws InvariantError */
export function nodeOf({ id, node, state }: Pod): Node {
  if (node !== null) return node;
  throw new InvariantError(`pod ${id} (${state}) is on no node`);
}
