/** What a node autoscaler sees is kept from turn to turn, and is the same as if made anew. */
import { expect, test } from 'vitest';
import { observeNodes } from '../../../packages/engine/src/cluster/node-views.ts';
import { bindPod, unbindPod } from '../../../packages/engine/src/cluster/scheduler.ts';
import { dequeuePod, parkPod } from '../../../packages/engine/src/cluster/scheduling-queue.ts';
import type { Pod, World } from '../../../packages/engine/src/cluster/world.ts';
import fc from '../../fixtures/fast-check.ts';
import { addNode, addPod, worldOf } from './world.ts';

const PODS = 6;
const DRAWS = { normal: 0, uniform: 0 };

/** A pod, whether time passes before, and whether the autoscaler looks after. */
const move = fc.record({
  pod: fc.nat({ max: PODS - 1 }),
  passes: fc.boolean(),
  looks: fc.boolean(),
});

/** A waiting pod is bound, a bound one leaves its node, any other starts to wait. */
function step(world: World, pod: Pod, now: number): void {
  if (pod.unschedulableSince !== null) {
    dequeuePod(world, pod);
    bindPod(world, pod, world.nodes[pod.id % world.nodes.length]);
  } else if (pod.node !== null) unbindPod(world, pod, now);
  else parkPod(world, pod, now);
}

const look = (world: World, now: number) => observeNodes(world, world.nodeLoop, [], DRAWS, now);

function plain(world: World) {
  const waiting = world.pods.filter((pod) => pod.unschedulableSince !== null);
  const pending = waiting.map(({ id, unschedulableSince }) => ({ id, since: unschedulableSince }));
  return {
    pending: pending.sort((a, b) => Number(a.since) - Number(b.since) || a.id - b.id),
    nodes: world.nodes.map(({ id, cpu, bound }) => ({
      id,
      free: { cpu },
      pods: bound.map((pod) => ({ id: pod.id })),
      priorityMin: 0,
    })),
  };
}

test('nodes and pending pods are seen as they are, whatever happened between two looks', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      const world = worldOf();
      addNode(world);
      addNode(world);
      const pods = Array.from({ length: PODS }, () => addPod(world));
      let now = 0;
      for (const { pod, passes, looks } of moves) {
        if (passes) now += 1;
        const { version } = world.nodeLoop;
        step(world, pods[pod], now);
        if (!looks) continue;
        const seen = look(world, now);
        expect(seen).toMatchObject(plain(world));
        expect(seen.version).not.toBe(version);
      }
    }),
    { numRuns: 100 },
  );
});

test('an observation stays as it is when the cluster changes', () => {
  const world = worldOf();
  addNode(world);
  const [first, second] = [addPod(world), addPod(world)];
  step(world, first, 0);
  const seen = look(world, 0);
  step(world, second, 1);
  step(world, first, 1);
  expect(seen.pending.map(({ id }) => id)).toEqual([first.id]);
  expect(seen.nodes.map(({ pods }) => pods.length)).toEqual([0]);
});
