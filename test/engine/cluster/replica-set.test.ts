import { describe, expect, test } from 'vitest';
import {
  killPod,
  removeFinished,
  scaleTo,
  unroutePod,
} from '../../../packages/engine/src/cluster/replica-set.ts';
import { bindPod } from '../../../packages/engine/src/cluster/scheduler.ts';
import type { Pod, World } from '../../../packages/engine/src/cluster/world.ts';
import { addNode, addPod, worldOf } from './world.ts';

const SECOND = 1e6;

function ready(world: World, changes: Partial<Pod> = {}): Pod {
  const pod = addPod(world, { state: 'ready', readySince: 0, node: world.nodes[0], ...changes });
  if (pod.node !== null) bindPod(world, pod, pod.node);
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

  test('then those that have been ready for a shorter time, then the younger', () => {
    const world = worldOf();
    addNode(world);
    ready(world, { readySince: 30 }); // 0
    ready(world, { readySince: 10 }); // 1
    ready(world, { readySince: 30 }); // 2
    ready(world, { readySince: 20 }); // 3
    expect(victims(world)).toEqual([2, 0, 3, 1]);
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

describe('a serving pod that goes', () => {
  const ENDLESS = { dist: 'deterministic', mean: 1000 * SECOND } as const;

  /** A ready pod that serves requests of the last 10 seconds, told to go. */
  function draining(world: World) {
    addNode(world);
    const pod = ready(world);
    const { plane } = pod.deployment.model;
    plane.advance(10 * SECOND);
    expect(plane.outstanding(pod.column, 10 * SECOND)).toBeGreaterThan(0);
    scaleTo(world, world.deployments[0], 0, 10 * SECOND);
    return { pod, plane };
  }

  test('still takes requests until clients have heard of it', () => {
    const world = worldOf({}, ENDLESS);
    const { pod, plane } = draining(world);
    expect(plane.readyCount()).toBe(1);
    // 0.2 s endpoint slice, 0.3 s proxy, and the shortest sync of 1 µs.
    expect(world.calendar.nextTime).toBe(10.5 * SECOND + 1);
    expect(world.calendar.next()).toMatchObject({ pod, stage: 'unrouted' });
    unroutePod(world, pod);
    expect(plane.readyCount()).toBe(0);
    expect(pod.state).toBe('draining');
  });

  test('is killed at the end of its grace period, with what it still holds', () => {
    const world = worldOf({ terminationGracePeriod: 30 * SECOND }, ENDLESS);
    const { pod, plane } = draining(world);
    world.calendar.next();
    expect(world.calendar.nextTime).toBe(40 * SECOND);
    unroutePod(world, pod);
    const held = plane.outstanding(pod.column, 10 * SECOND);
    killPod(world, pod, 40 * SECOND);
    expect(pod.state).toBe('gone');
    expect(pod.life.gone).toBe(40 * SECOND);
    expect(plane.counts[5], 'failed').toBe(held);
    expect(plane.outstanding(pod.column, 40 * SECOND)).toBe(0);
  });

  test('goes as soon as it holds nothing, but not before its preStop sleep is over', () => {
    const world = worldOf({ preStopSleep: 5 * SECOND });
    addNode(world);
    const pod = ready(world);
    scaleTo(world, world.deployments[0], 0, 10 * SECOND);
    removeFinished(world, 10 * SECOND);
    unroutePod(world, pod);
    removeFinished(world, 14 * SECOND);
    expect(pod.state).toBe('draining');
    removeFinished(world, 15 * SECOND);
    expect(pod.state).toBe('gone');
    // Its grace period ends later, for nobody.
    killPod(world, pod, 40 * SECOND);
    expect(pod.life.gone).toBe(15 * SECOND);
  });

  test('stays while clients may still send to it, even if it holds nothing', () => {
    const world = worldOf();
    addNode(world);
    const pod = ready(world);
    scaleTo(world, world.deployments[0], 0, 0);
    removeFinished(world, 0);
    expect(pod.state).toBe('draining');
  });
});
