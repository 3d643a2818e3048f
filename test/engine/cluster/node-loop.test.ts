/** What the cluster does with a node autoscaler's decision. */
import { expect, test } from 'vitest';
import { turnNodes } from '../../../packages/engine/src/cluster/node-loop.ts';
import { runCycles } from '../../../packages/engine/src/cluster/scheduling-cycle.ts';
import { enqueuePod } from '../../../packages/engine/src/cluster/scheduling-queue.ts';
import type { Node, World } from '../../../packages/engine/src/cluster/world.ts';
import type { NodeRemoval } from '../../../packages/engine/src/provisioning/provisioner.ts';
import { addNode, addPod, GIB, worldOf } from './world.ts';

const SECOND = 1_000_000;

function carryOut(world: World, { id }: Node, how: NodeRemoval['how'], now: number): void {
  const reason = { key: 'nodes.drain', params: {} };
  world.nodeLoop.decision = {
    launches: [],
    removals: [{ node: id, how, reason }],
    memory: null,
    takes: 0,
    wake: { at: Number.POSITIVE_INFINITY, onPending: false },
    reason: null,
  };
  turnNodes(world, world.nodeLoop.turn, now);
}

function schedule(world: World, until: number): void {
  while (world.calendar.nextTime <= until) {
    const now = world.calendar.nextTime;
    if (world.calendar.next().kind === 'cycle') runCycles(world, now);
  }
}

test('pods that found no room are tried again when a node takes pods again', () => {
  const world = worldOf({ cpuRequest: 500, memoryRequest: GIB });
  const node = addNode(world);
  carryOut(world, node, 'cordon', 0);
  const pod = addPod(world);
  pod.life.created = 0;
  enqueuePod(world, pod, 0);
  schedule(world, 10 * SECOND);
  expect(pod.scheduling.place).toBe('parked');
  carryOut(world, node, 'uncordon', 10 * SECOND);
  schedule(world, 12 * SECOND);
  expect(pod.node).toBe(node);
});
