import { describe, expect, test } from 'vitest';
import { closeNode } from '../../../packages/engine/src/cluster/open-nodes.ts';
import {
  bindPod,
  enoughNodes,
  findNode,
  unbindPod,
} from '../../../packages/engine/src/cluster/scheduler.ts';
import fc from '../../fixtures/fast-check.ts';
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

  test('while it is open', () => {
    const world = worldOf(REQUESTS);
    const pod = addPod(world);
    for (const state of ['upcoming', 'removing', 'gone'] as const) addNode(world, { state });
    expect(findNode(world, pod)).toBeNull();
    const node = addNode(world);
    closeNode(world, node);
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

  test('the one without siblings, at equal room', () => {
    const world = worldOf(REQUESTS);
    const [first, second] = [addNode(world, { siblings: [1] }), addNode(world)];
    expect(first.cpu).toBe(second.cpu);
    expect(findNode(world, addPod(world))).toBe(second);
  });

  test('the one in the zone with fewer siblings', () => {
    const world = worldOf(REQUESTS);
    addNode(world, { zone: 'a', cpu: 500, memory: GIB, siblings: [6] });
    addNode(world, { zone: 'a' });
    addNode(world, { zone: 'b', cpu: 0 });
    const other = addNode(world, { zone: 'b' });
    expect(findNode(world, addPod(world))).toBe(other);
  });

  test('the one that has a big image', () => {
    const world = worldOf(REQUESTS);
    addNode(world);
    const has = addNode(world, { imagePresent: new Map([[0, 0]]) });
    expect(findNode(world, addPod(world))).toBe(has);
  });

  test('the oldest wins a tie', () => {
    const world = worldOf(REQUESTS);
    const first = addNode(world);
    addNode(world);
    expect(findNode(world, addPod(world))).toBe(first);
  });
});

test('of many nodes it looks for some feasible ones, and goes on behind them the next time', () => {
  expect([50, 99, 100, 200, 1000, 5000, 6000].map(enoughNodes)).toEqual([
    50, 99, 100, 100, 420, 500, 300,
  ]);
  const world = worldOf(REQUESTS);
  const nodes = Array.from({ length: 150 }, () => addNode(world));
  expect(findNode(world, addPod(world))).toBe(nodes[0]);
  // 100 were enough: the next search begins with the 101st, and looks at 50 from the front.
  nodes[100].cpu = 500;
  expect(findNode(world, addPod(world))).toBe(nodes[0]);
  expect(findNode(world, addPod(world))).toBe(nodes[50]);
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
  const pod = addPod(world);
  bindPod(world, pod, node);
  expect(node).toMatchObject({ cpu: 3300, pods: 1, bound: [pod], siblings: [1], emptySince: null });
  const { version } = world.scheduler;
  unbindPod(world, pod, 90);
  expect(node).toMatchObject({ cpu: 3800, pods: 0, bound: [], emptySince: 90 });
  expect(world.scheduler.version).toBeGreaterThan(version);
});

test('a node is never over-committed', () => {
  const world = worldOf(REQUESTS);
  const node = addNode(world, { cpu: 499 });
  expect(() => bindPod(world, addPod(world), node)).toThrow(/over-committed/);
});

test('the first of the best is found, as by looking at every node and every plugin', () => {
  const nodes = fc.array(
    fc.record({
      cpu: fc.integer({ min: 0, max: 3800 }),
      memory: fc.integer({ min: 0, max: 6 }).map((gib) => gib * GIB),
      siblings: fc.integer({ min: 0, max: 3 }).map((count) => [count]),
    }),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(nodes, (rooms) => {
      const world = worldOf(REQUESTS);
      for (const room of rooms) addNode(world, room);
      const fits = world.nodes.filter(({ cpu, memory }) => cpu >= 500 && memory >= GIB);
      const found = findNode(world, addPod(world));
      if (fits.length === 0) {
        expect(found).toBeNull();
        return;
      }
      expect(fits).toContain(found);
      // No node is at least as good in every respect and better in one.
      for (const other of fits) {
        const isBetter =
          other.cpu === found?.cpu &&
          other.memory === found.memory &&
          (other.siblings[0] ?? 0) < (found.siblings[0] ?? 0);
        expect(isBetter).toBe(false);
      }
    }),
    { numRuns: 50 },
  );
});
