import { describe, expect, test } from 'vitest';
import type { Room } from '../../../packages/engine/src/cluster/rooms.ts';
import {
  bindPod,
  findNode,
  podRequests,
  unbindPod,
} from '../../../packages/engine/src/cluster/scheduler.ts';
import type { Node, Pod, World } from '../../../packages/engine/src/cluster/world.ts';
import { createStream, nextUniform } from '../../../packages/engine/src/kernel/random.ts';
import { addNode, addPod, GIB, worldOf } from './world.ts';

test('nodes with the same room are one entry, oldest first', () => {
  const world = worldOf();
  const nodes = [addNode(world), addNode(world), addNode(world, { cpu: 500 })];
  expect(world.rooms.map((room) => room.nodes)).toEqual([[nodes[0], nodes[1]], [nodes[2]]]);
});

test('a pod moves its node to another room and back', () => {
  const world = worldOf({ cpuRequest: 500, memoryRequest: GIB });
  const [first, second] = [addNode(world), addNode(world)];
  const pod = addPod(world);
  bindPod(world, pod, first);
  expect(nodesByRoom(world.rooms)).toEqual([[second.id], [first.id]]);
  unbindPod(world, pod, 10);
  expect(nodesByRoom(world.rooms)).toEqual([[first.id, second.id]]);
});

test('a node that is being removed gets no room when its last pod goes', () => {
  const world = worldOf();
  const node = addNode(world, { state: 'removing' });
  const pod = addPod(world, { node });
  unbindPod(world, pod, 10);
  expect(node.room).toBeNull();
  expect(world.rooms).toEqual([]);
});

function nodesByRoom(rooms: readonly Room[]): number[][] {
  return rooms.map(({ nodes }) => nodes.map(({ id }) => id));
}

/** The scheduler's rule, node by node. */
function obvious(world: World, pod: Pod): Node | null {
  const { cpu, memory } = podRequests(pod);
  const { allocatable } = world.model;
  const fits = (node: Node) => node.podsFree >= 1 && node.cpu >= cpu && node.memory >= memory;
  const score = (node: Node) =>
    (node.cpu - cpu) / allocatable.cpu + (node.memory - memory) / allocatable.memory;
  return world.nodes
    .filter((node) => node.state === 'usable' && fits(node))
    .reduce<Node | null>((best, n) => (best === null || score(n) > score(best) ? n : best), null);
}

describe('the rooms lead to the node that a look at all nodes finds', () => {
  for (let seed = 0; seed < 20; seed++) {
    test(`seed ${seed}`, () => {
      const world = worldOf({ cpuRequest: 300 + 50 * (seed % 5), memoryRequest: GIB / 2 });
      const stream = createStream('rooms', seed, 'steps');
      const bound: Pod[] = [];
      for (let step = 0; step < 300; step++) {
        const luck = nextUniform(stream);
        if (luck < 0.1) addNode(world);
        else if (luck < 0.4 && bound.length > 0) {
          const [gone] = bound.splice(Math.floor(nextUniform(stream) * bound.length), 1);
          unbindPod(world, gone as Pod, step);
        } else {
          const pod = addPod(world);
          const node = findNode(world, pod);
          expect(node?.id).toBe(obvious(world, pod)?.id);
          if (node === null) continue;
          bindPod(world, pod, node);
          bound.push(pod);
        }
      }
      expect(bound.length).toBeGreaterThan(0);
      expect(world.rooms.flatMap(({ nodes }) => nodes)).toHaveLength(world.nodes.length);
    });
  }
});
