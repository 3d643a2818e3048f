import { describe, expect, test } from 'vitest';
import {
  ageBucket,
  evictPod,
  losePod,
  scaleTo,
} from '../../../packages/engine/src/cluster/replica-set.ts';
import { bindPod } from '../../../packages/engine/src/cluster/scheduler.ts';
import type { Pod, World } from '../../../packages/engine/src/cluster/world.ts';
import { addNode, addPod, worldOf } from './world.ts';

const SECOND = 1e6;

function ready(world: World, changes: Partial<Pod> = {}): Pod {
  const pod = addPod(world, { state: 'ready', readySince: 0, node: world.nodes[0], ...changes });
  if (pod.node !== null) bindPod(world, pod, pod.node);
  Object.assign(pod.life, { started: 0, routed: 0 });
  Object.assign(pod.container, { startedAt: 0, isUp: true, isListed: true });
  pod.deployment.model.plane.admit(pod.column);
  return pod;
}

/** The ordinals of the pods that go, in the order in which they go. */
function victims(world: World): number[] {
  const [deployment] = world.deployments;
  const gone: number[] = [];
  for (let desired = deployment.desired - 1; desired >= 0; desired--) {
    const before = deployment.pods.filter((pod) => pod.state !== 'draining');
    scaleTo(world, deployment, desired, 100 * SECOND);
    const after = deployment.pods.filter((pod) => pod.state !== 'draining');
    expect(after).toHaveLength(desired);
    gone.push(...before.filter((pod) => !after.includes(pod)).map((pod) => pod.column));
  }
  return gone;
}

describe('which pods go first', () => {
  test('unbound before pending, pending before starting, not ready before ready', () => {
    const world = worldOf();
    const node = addNode(world);
    ready(world); // 0
    addPod(world, { state: 'starting', node }); // 1
    addPod(world, { state: 'pending', node }); // 2
    addPod(world); // 3
    expect(victims(world)).toEqual([3, 2, 1, 0]);
  });

  test('of the ready ones, those with more siblings on their node', () => {
    const world = worldOf();
    const [crowded, lonely] = [addNode(world), addNode(world)];
    ready(world, { node: lonely, readySince: 50 });
    ready(world, { node: crowded });
    ready(world, { node: crowded });
    const [first] = victims(world);
    expect([1, 2]).toContain(first);
  });

  test('then those that have been ready for a shorter time, by powers of two', () => {
    const world = worldOf();
    addNode(world);
    // Asked at 100 s: 64, 90, 32, 99 s.
    ready(world, { readySince: 36 * SECOND, uid: 0.9 }); // 0
    ready(world, { readySince: 10 * SECOND, uid: 0.1 }); // 1
    ready(world, { readySince: 68 * SECOND, uid: 0.5 }); // 2
    ready(world, { readySince: 1 * SECOND, uid: 0.4 }); // 3
    // 2^34 ns are 17 s, 2^35 are 34 s, 2^36 are 69 s: 0 and 1, then 3, are told apart by chance.
    expect(victims(world)).toEqual([2, 0, 1, 3]);
  });

  test('of pods that became ready at once: more restarts, then younger', () => {
    const world = worldOf();
    addNode(world);
    const created = (at: number) => ({ service: 'app', ordinal: 0, wanted: 0, created: at });
    ready(world, { uid: 0.1, life: created(90 * SECOND) }); // 0
    ready(world, { uid: 0.2, restarts: 2, life: created(0) }); // 1
    ready(world, { uid: 0.3, life: created(0) }); // 2
    expect(victims(world)).toEqual([1, 0, 2]);
  });

  test('the cheaper to delete before more siblings, but ready ones last', () => {
    const world = worldOf();
    const [crowded, lonely] = [addNode(world), addNode(world)];
    ready(world, { node: crowded }); // 0
    ready(world, { node: crowded }); // 1
    ready(world, { node: lonely, deletionCost: -1 }); // 2
    addPod(world, { node: lonely, state: 'starting', deletionCost: 99 }); // 3
    expect(victims(world).slice(0, 2)).toEqual([3, 2]);
  });

  test('however many go at once, they are the first ones of all', () => {
    const crowded = () => {
      const world = worldOf({ cpuRequest: 1, memoryRequest: 1 });
      const nodes = [0, 1, 2].map(() => addNode(world));
      for (let i = 0; i < 30; i++) {
        const node = nodes[(i * 7) % 5] ?? nodes[0];
        const readySince = i % 11 === 0 ? null : ((i * 37) % 90) * SECOND;
        ready(world, { node, readySince, deletionCost: i % 13 === 0 ? -(2 ** 31) : 0 });
      }
      return world;
    };
    const rank = ({ node, readySince, deletionCost, uid }: Pod, all: readonly Pod[]) => [
      readySince === null ? 0 : 1,
      deletionCost,
      -all.filter((other) => other.node === node).length,
      readySince === null ? -1 : ageBucket(100 * SECOND - readySince),
      uid,
    ];
    const { pods } = crowded().deployments[0];
    const order = pods
      .map((pod) => ({ column: pod.column, rank: rank(pod, pods) }))
      .sort((a, b) => a.rank.map((x, i) => x - b.rank[i]).find((x) => x !== 0) ?? 0);
    for (let surplus = 0; surplus <= 30; surplus++) {
      const world = crowded();
      const [deployment] = world.deployments;
      scaleTo(world, deployment, 30 - surplus, 100 * SECOND);
      const gone = deployment.pods.filter((pod) => pod.state === 'draining' || pod.isDoomed);
      const first = order.slice(0, surplus).map(({ column }) => column);
      expect(gone.map(({ column }) => column)).toEqual(first.toSorted((a, b) => a - b));
    }
  });

  test('pods ready at one instant change places among themselves, by restarts and age', () => {
    const order = [2, 1, 0, 3];
    for (let surplus = 1; surplus <= order.length; surplus++) {
      const world = worldOf();
      addNode(world);
      // Ready within one power of two; by UID: 3, 1, 2, 0.
      ready(world, { uid: 4, readySince: 40 * SECOND });
      ready(world, { uid: 2, readySince: 41 * SECOND });
      ready(world, { uid: 3, readySince: 40 * SECOND, restarts: 1 });
      ready(world, { uid: 1, readySince: 40 * SECOND });
      const [deployment] = world.deployments;
      deployment.pods[0].life.created = 39 * SECOND;
      deployment.pods[3].life.created = 0;
      scaleTo(world, deployment, order.length - surplus, 100 * SECOND);
      const left = deployment.pods.filter(({ state, isDoomed }) => state === 'ready' && !isDoomed);
      expect(left.map(({ column }) => column)).toEqual(order.slice(surplus).toSorted());
    }
  });

  test('age counts by ⌊log₂ ns⌋', () => {
    expect([0, 1, 1000, 1_048_576].map(ageBucket)).toEqual([-1, 9, 19, 29]);
    // Around 2³² ns, and a year.
    expect([4_294_967, 4_294_968, 31_536e9].map(ageBucket)).toEqual([31, 32, 54]);
  });
});

test('scaling up wants the missing pods, scaling to the same number none', () => {
  const world = worldOf();
  const [deployment] = world.deployments;
  scaleTo(world, deployment, 4, 0);
  expect(deployment.pods).toHaveLength(4);
  expect(deployment.desired).toBe(4);
  scaleTo(world, deployment, 4, 10);
  expect(deployment.pods).toHaveLength(4);
});

test('a pod on its way out does not count: its replacement is made at once', () => {
  const world = worldOf();
  addNode(world);
  for (let i = 0; i < 3; i++) ready(world);
  const [deployment] = world.deployments;
  scaleTo(world, deployment, 2, 0);
  scaleTo(world, deployment, 3, 1);
  expect(deployment.pods.filter((pod) => pod.state === 'draining')).toHaveLength(1);
  expect(deployment.pods.filter((pod) => pod.state === 'pending')).toHaveLength(1);
});

test('a pod that does not serve yet goes at once and gives its room back', () => {
  const world = worldOf();
  const node = addNode(world);
  const pod = addPod(world, { state: 'starting' });
  bindPod(world, pod, node);
  scaleTo(world, world.deployments[0], 0, 42);
  expect(pod).toMatchObject({ state: 'gone', node: null });
  expect(pod.life).toMatchObject({ draining: 42, gone: 42 });
  expect(node).toMatchObject({ cpu: world.model.allocatable.cpu, emptySince: 42 });
});

describe('a pod that is still wanted leaves its node', () => {
  test('asked to: it drains, another is made at once, and a second request changes nothing', () => {
    const world = worldOf();
    const node = addNode(world);
    const pod = ready(world);
    evictPod(world, pod, SECOND);
    evictPod(world, pod, 2 * SECOND);
    expect(pod).toMatchObject({ state: 'draining', life: { draining: SECOND } });
    expect(node.bound).toEqual([pod]);
    expect(world.deployments[0].pods.map(({ state }) => state)).toEqual(['draining', 'pending']);
  });

  test('at once, with its node: its requests fail, another is made', () => {
    const world = worldOf({}, { dist: 'deterministic', mean: 1000 * SECOND });
    const node = addNode(world);
    const pod = ready(world);
    const { plane } = pod.deployment.model;
    plane.advance(SECOND);
    const held = plane.outstanding(pod.column, SECOND);
    expect(held).toBeGreaterThan(0);
    losePod(world, pod, SECOND);
    losePod(world, pod, SECOND);
    plane.settle(SECOND);
    expect(plane.counts[5], 'failed').toBe(held);
    expect(pod).toMatchObject({ state: 'gone', life: { gone: SECOND } });
    expect(node.bound).toEqual([]);
    expect(world.deployments[0].pods.map(({ state }) => state)).toEqual(['pending']);
  });

  test('at once, when it was on its way out anyway: no other is made', () => {
    const world = worldOf();
    addNode(world);
    const pod = ready(world);
    evictPod(world, pod, 0);
    losePod(world, pod, SECOND);
    expect(world.deployments[0]).toMatchObject({ draining: 0, pods: [{ state: 'pending' }] });
  });
});
