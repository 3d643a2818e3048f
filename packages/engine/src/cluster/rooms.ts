/**
 * Usable nodes by what is left on them: nodes with the same room are one entry, so that the
 * scheduler weighs each room once and not each node. A cluster of alike nodes and pods has about as
 * many rooms as pods fit on a node, however many nodes it has.
 *
 * Invariant: a node is in exactly one room, that of its `cpu`, `memory` and `podsFree`, while it is
 * usable, and in none otherwise. No room is empty.
 */
import { enter, leave } from './by-id.ts';
import type { Node } from './world.ts';

export interface Room {
  /** Unrequested resources, millicores, bytes, pods. */
  readonly cpu: number;
  readonly memory: number;
  readonly podsFree: number;
  /** Oldest first. */
  readonly nodes: Node[];
}

/** The node takes pods from now on. */
export function openNode(rooms: Room[], node: Node): void {
  const { cpu, memory, podsFree } = node;
  let room = rooms.find(
    (one) => one.cpu === cpu && one.memory === memory && one.podsFree === podsFree,
  );
  if (room === undefined) {
    room = { cpu, memory, podsFree, nodes: [] };
    rooms.push(room);
  }
  enter(room.nodes, node);
  node.room = room;
}

/** The node takes no more pods. */
export function closeNode(rooms: Room[], node: Node): void {
  const { room } = node;
  if (room === null) return;
  leave(room.nodes, node);
  if (room.nodes.length === 0) rooms.splice(rooms.indexOf(room), 1);
  node.room = null;
}
