/** The estimate of nodes, worked by hand, and against a plain first fit. */
import { describe, expect, test } from 'vitest';
import {
  estimateNodes,
  type PodGroup,
} from '../../../packages/engine/src/provisioning/binpacking.ts';
import fc from '../../fixtures/fast-check.ts';

const NODE = { cpu: 1000, memory: 1000, pods: 10 };
const UNLIMITED = Number.POSITIVE_INFINITY;

const group = (cpu: number, count: number, changes: Partial<PodGroup> = {}): PodGroup => ({
  cpu,
  memory: 1,
  onePerNode: false,
  count,
  ...changes,
});

describe('one group', () => {
  test('fills node after node', () => {
    expect(estimateNodes(NODE, [group(350, 10)], UNLIMITED)).toEqual({
      nodes: 5,
      podsOfGroup: [10],
    });
    expect(estimateNodes(NODE, [group(10, 21)], UNLIMITED).nodes).toBe(3);
    expect(estimateNodes(NODE, [group(0, 4, { memory: 500 })], UNLIMITED).nodes).toBe(2);
  });

  test('ends at the limit of nodes', () => {
    expect(estimateNodes(NODE, [group(500, 20)], 5)).toEqual({ nodes: 5, podsOfGroup: [10] });
    expect(estimateNodes(NODE, [group(500, 20)], 0)).toEqual({ nodes: 0, podsOfGroup: [0] });
  });

  test('without pods, without nodes', () => {
    expect(estimateNodes(NODE, [], UNLIMITED)).toEqual({ nodes: 0, podsOfGroup: [] });
    expect(estimateNodes(NODE, [group(1, 0)], UNLIMITED)).toEqual({ nodes: 0, podsOfGroup: [0] });
  });
});

describe('several groups', () => {
  test('the largest first, whatever the order given', () => {
    const groups = [group(50, 10), group(500, 10)];
    expect(estimateNodes(NODE, groups, 5)).toEqual({ nodes: 5, podsOfGroup: [0, 10] });
    expect(estimateNodes(NODE, groups.toReversed(), 5).podsOfGroup).toEqual([10, 0]);
  });

  /** As in TestBinpackingEstimatePlacementOnAddedNodes: 600 + 400 and 600 + 300 of 1000. */
  test('what is left on opened nodes is used before another is opened', () => {
    const groups = [group(600, 2), group(400, 1), group(300, 1)];
    expect(estimateNodes(NODE, groups, UNLIMITED)).toEqual({ nodes: 2, podsOfGroup: [2, 1, 1] });
  });

  test('at the limit a later group still gets what is left', () => {
    expect(estimateNodes(NODE, [group(600, 3), group(400, 3)], 2)).toEqual({
      nodes: 2,
      podsOfGroup: [2, 2],
    });
  });

  test('a pod larger than a node opens none for good: its empty node goes to the next', () => {
    const groups = [group(1001, 3), group(500, 4)];
    expect(estimateNodes(NODE, groups, 2)).toEqual({ nodes: 2, podsOfGroup: [0, 4] });
    expect(estimateNodes(NODE, [group(1001, 3)], UNLIMITED).nodes).toBe(0);
  });

  test('one pod that asks for a port per node', () => {
    const port = { onePerNode: true };
    expect(estimateNodes(NODE, [group(200, 8, port)], UNLIMITED).nodes).toBe(8);
    const groups = [group(600, 2), group(200, 2, port)];
    expect(estimateNodes(NODE, groups, UNLIMITED)).toEqual({ nodes: 2, podsOfGroup: [2, 2] });
    const both = [group(300, 2, port), group(200, 2, port)];
    expect(estimateNodes(NODE, both, UNLIMITED).nodes).toBe(4);
  });
});

describe('any groups', () => {
  const groups = fc.array(
    fc.record({
      cpu: fc.integer({ min: 0, max: 1200 }),
      memory: fc.integer({ min: 0, max: 1200 }),
      onePerNode: fc.constant(false),
      count: fc.integer({ min: 0, max: 30 }),
    }),
    { maxLength: 5 },
  );

  test('as a first fit that looks at every node for every pod', () => {
    fc.assert(
      fc.property(groups, fc.integer({ min: 0, max: 20 }), (list, nodesMax) => {
        const { nodes, podsOfGroup } = estimateNodes(NODE, list, nodesMax);
        const plain = firstFit(list, nodesMax);
        expect({ nodes, podsOfGroup }).toEqual(plain);
        expect(nodes).toBeLessThanOrEqual(nodesMax);
      }),
    );
  });

  test('all pods that fit on a node are placed, and on enough of them', () => {
    fc.assert(
      fc.property(groups, (list) => {
        const { nodes, podsOfGroup } = estimateNodes(NODE, list, UNLIMITED);
        const fits = ({ cpu, memory }: PodGroup) => cpu <= NODE.cpu && memory <= NODE.memory;
        expect(podsOfGroup).toEqual(list.map((one) => (fits(one) ? one.count : 0)));
        const cpu = list.filter(fits).reduce((sum, one) => sum + one.cpu * one.count, 0);
        expect(nodes * NODE.cpu).toBeGreaterThanOrEqual(cpu);
      }),
    );
  });
});

function firstFit(groups: readonly PodGroup[], nodesMax: number) {
  const size = ({ cpu, memory }: PodGroup) => cpu / NODE.cpu + memory / NODE.memory;
  const order = groups.map((one, index) => ({ ...one, index, size: size(one) }));
  order.sort((a, b) => b.size - a.size);
  const opened: { cpu: number; memory: number; pods: number }[] = [];
  const placed = new Map<number, number>();
  for (const { cpu, memory, count, index } of order) {
    for (let pod = 0; pod < count; pod++) {
      let node = opened.find((one) => one.cpu >= cpu && one.memory >= memory && one.pods > 0);
      if (node === undefined && opened.length < nodesMax && cpu <= 1000 && memory <= 1000) {
        node = { ...NODE };
        opened.push(node);
      }
      if (node === undefined) continue;
      node.cpu -= cpu;
      node.memory -= memory;
      node.pods -= 1;
      placed.set(index, (placed.get(index) ?? 0) + 1);
    }
  }
  return { nodes: opened.length, podsOfGroup: groups.map((_, i) => placed.get(i) ?? 0) };
}
