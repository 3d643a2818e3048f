import { describe, expect, test } from 'vitest';
import {
  bindPod,
  findNode,
  parkPod,
  retryUnschedulable,
  unbindPod,
} from '../../../packages/engine/src/cluster/scheduler.ts';
import { addNode, addPod, GIB, worldOf } from './world.ts';

const REQUESTS = { cpuRequest: 500, memoryRequest: GIB };

describe('a node takes a pod', () => {
  test('that it has CPU, memory and a place for, to the last millicore and byte', () => {
    const world = worldOf(REQUESTS);
    const pod = addPod(world);
    const full = { cpu: 500, memory: GIB, podsFree: 1 };
    for (const change of [{ cpu: 499 }, { memory: GIB - 1 }, { podsFree: 0 }]) {
      addNode(world, { ...full, ...change });
    }
    expect(findNode(world, pod)).toBeNull();
    const fit = addNode(world, full);
    expect(findNode(world, pod)).toBe(fit);
  });

  test('when it is usable', () => {
    const world = worldOf(REQUESTS);
    const pod = addPod(world);
    for (const state of ['upcoming', 'removing', 'gone'] as const) addNode(world, { state });
    expect(findNode(world, pod)).toBeNull();
  });
});

describe('of several nodes', () => {
  test('the one with the most left is taken: pods spread', () => {
    const world = worldOf(REQUESTS);
    addNode(world, { cpu: 1000 });
    const empty = addNode(world);
    addNode(world, { memory: 2 * GIB });
    expect(findNode(world, addPod(world))).toBe(empty);
  });

  test('CPU and memory count alike, as shares of a node', () => {
    const world = worldOf(REQUESTS);
    // 10 % of the CPU (380m) against 20 % of the memory (1.2 GiB).
    const { cpu, memory } = world.model.allocatable;
    const lessCpu = addNode(world, { cpu: cpu * 0.9 });
    addNode(world, { memory: memory * 0.8 });
    expect(findNode(world, addPod(world))).toBe(lessCpu);
  });

  test('the oldest wins a tie', () => {
    const world = worldOf(REQUESTS);
    const first = addNode(world);
    addNode(world);
    expect(findNode(world, addPod(world))).toBe(first);
  });
});

test('a pod without requests takes a place, nothing else', () => {
  const world = worldOf({ cpuRequest: null, memoryRequest: 0 });
  const node = addNode(world, { cpu: 0, memory: 0 });
  const pod = addPod(world);
  bindPod(world, pod, node);
  expect(node).toMatchObject({ cpu: 0, memory: 0, podsFree: 109, pods: 1 });
});

test('binding takes resources, unbinding gives them back and notes when the node became empty', () => {
  const world = worldOf(REQUESTS);
  const node = addNode(world);
  const [a, b] = [addPod(world), addPod(world)];
  bindPod(world, a, node);
  bindPod(world, b, node);
  expect(node).toMatchObject({ cpu: 2800, memory: 4 * GIB, podsFree: 108, pods: 2 });
  expect(node.emptySince).toBeNull();
  unbindPod(world, a, 70);
  expect(node).toMatchObject({ cpu: 3300, pods: 1, emptySince: null });
  unbindPod(world, b, 90);
  expect(node).toMatchObject({
    cpu: 3800,
    memory: 6 * GIB,
    podsFree: 110,
    pods: 0,
    emptySince: 90,
  });
  unbindPod(world, b, 95);
  expect(node).toMatchObject({ cpu: 3800, emptySince: 90 });
});

test('no node is over-committed', () => {
  const world = worldOf(REQUESTS);
  const node = addNode(world, { cpu: 499 });
  expect(() => bindPod(world, addPod(world), node)).toThrow(/over-committed/);
});

test('unschedulable pods are tried again, once, after the rest of their back-off', () => {
  const world = worldOf(REQUESTS);
  const stuck = addPod(world);
  parkPod(stuck, 5);
  addPod(world);
  retryUnschedulable(world, 1000);
  retryUnschedulable(world, 2000);
  expect(world.calendar.nextTime).toBe(1000 + 550_000);
  expect(world.calendar.next()).toMatchObject({ kind: 'pod', pod: stuck, stage: 'schedule' });
  expect(world.calendar.nextTime).toBe(Number.POSITIVE_INFINITY);
});
