import { describe, expect, test } from 'vitest';
import { enter } from '../../../packages/engine/src/cluster/by-id.ts';
import {
  assertAll,
  assertCounts,
  assertEvent,
} from '../../../packages/engine/src/cluster/invariants.ts';
import { bindPod } from '../../../packages/engine/src/cluster/scheduler.ts';
import { enqueuePod } from '../../../packages/engine/src/cluster/scheduling-queue.ts';
import { removePod } from '../../../packages/engine/src/cluster/termination.ts';
import type { Node, Pod, World } from '../../../packages/engine/src/cluster/world.ts';
import { addNode, addPod, worldOf } from './world.ts';

function check(world: World, pod: Pod): void {
  assertEvent(world, { kind: 'pod', pod, stage: 'created' });
}

function bound(world: World, node: Node): Pod {
  const pod = addPod(world);
  pod.life.created = 0;
  bindPod(world, pod, node);
  return pod;
}

test('a world in order passes', () => {
  const world = worldOf();
  const pod = bound(world, addNode(world));
  const waiting = addPod(world);
  waiting.life.created = 0;
  enqueuePod(world, waiting, 5);
  check(world, pod);
  check(world, waiting);
  check(world, addPod(world));
  assertAll(world);
});

describe('what must not be', () => {
  const faults: readonly [string, (world: World, pod: Pod, node: Node) => void, RegExp][] = [
    ['more pods than wanted', (world) => world.deployments[0].desired--, /1 active pods, 0 wanted/],
    ['a node that gives more than it has', (_world, _pod, node) => (node.cpu = -1), /-1m/],
    ['requests that nobody counts', (_world, _pod, node) => (node.memory += 1), /are left/],
    ['a pod in two places', (_world, pod) => (pod.scheduling.place = 'active'), /needs no node/],
    [
      'a pod that its node forgot',
      (_world, _pod, node) => node.bound.pop(),
      /not among the pods of node/,
    ],
    ['a pod that is gone and on a node', (_world, pod) => (pod.state = 'gone'), /still on node 0/],
    [
      'a pod that is unschedulable in one list only',
      (_world, pod) => (pod.unschedulableSince = 1),
      /unschedulable, or not/,
    ],
  ];

  test.each(faults)('%s', (_name, fault, message) => {
    const world = worldOf();
    const node = addNode(world);
    const pod = bound(world, node);
    fault(world, pod, node);
    expect(() => check(world, pod)).toThrow(message);
  });

  test('a removed pod that is in a list still, although it never had a node', () => {
    const world = worldOf();
    const pod = addPod(world);
    removePod(world, pod, 5);
    enter(world.deployments[0].pods, pod);
    world.deployments[0].desired = 1;
    expect(() => check(world, pod)).toThrow(/among the pods of its deployment/);
  });

  test('a created pod that waits nowhere', () => {
    const world = worldOf();
    const pod = addPod(world);
    pod.life.created = 0;
    expect(() => check(world, pod)).toThrow(/forgotten/);
  });

  test('a node that is paid for before it runs, or after it is gone', () => {
    const world = worldOf();
    const node = addNode(world);
    const event = { kind: 'node', node, stage: 'usable' } as const;
    node.life.running = 3;
    expect(() => assertEvent(world, event)).toThrow(/paid from another/);
    node.lease = { item: 'node', type: 'small', from: 3, to: 9 };
    expect(() => assertEvent(world, event)).toThrow(/until another instant/);
    Object.assign(node, { state: 'gone' });
    node.life.gone = 9;
    assertEvent(world, event);
  });

  test('what no event has touched is found at the end', () => {
    const world = worldOf();
    const node = addNode(world);
    const pod = bound(world, node);
    check(world, pod);
    node.bound.pop();
    check(world, pod);
    expect(() => assertAll(world)).toThrow(/not among the pods of node 0/);
    enter(node.bound, pod);
    node.cpu += 1;
    expect(() => assertAll(world)).toThrow(/are left/);
    node.cpu -= 1;
    addPod(world).isDoomed = true;
    expect(() => assertAll(world)).toThrow(/1 pods leave, 0 counted/);
  });

  test('pods on their way out that are not counted', () => {
    const world = worldOf();
    addPod(world).isDoomed = true;
    expect(() => assertCounts(world)).toThrow(/1 pods leave, 0 counted/);
  });
});
