import { describe, expect, test } from 'vitest';
import { clusterAutoscaler } from '../../../packages/engine/src/provisioning/cluster-autoscaler.ts';
import type {
  NodeView,
  PendingPod,
  ProvisionerObservation,
} from '../../../packages/engine/src/provisioning/provisioner.ts';

const SECOND = 1e6;
const GI = 2 ** 30;
const NOW = 3600 * SECOND;
const TEMPLATE = { cpu: 15_800, memory: 30 * GI, pods: 110 };

const pod = (cpu: number, age = 30, memory = GI): PendingPod => ({
  cpu,
  memory,
  since: NOW - age * SECOND,
});
const pods = (count: number, cpu: number, age = 30) =>
  Array.from({ length: count }, () => pod(cpu, age));
const upcoming = (id: number): NodeView => ({
  id,
  state: 'upcoming',
  ...TEMPLATE,
  emptySince: null,
});
const usable = (id: number, emptyFor: number | null = null): NodeView => ({
  id,
  state: 'usable',
  cpu: 100,
  memory: GI,
  pods: 50,
  emptySince: emptyFor === null ? null : NOW - emptyFor * SECOND,
});

function decide(changes: Partial<ProvisionerObservation>) {
  return clusterAutoscaler({
    now: NOW,
    pending: [],
    nodes: [usable(0)],
    lastAdded: Number.NEGATIVE_INFINITY,
    template: TEMPLATE,
    min: 1,
    max: 10,
    unneededTime: 600 * SECOND,
    delayAfterAdd: 600 * SECOND,
    ...changes,
  });
}

describe('pods that fit nowhere', () => {
  test('nothing pending, nothing added', () => {
    expect(decide({})).toEqual({ add: 0, remove: [] });
  });

  test('seven pods of 2 cores fill a node of 15.8: the eighth needs another', () => {
    expect(decide({ pending: pods(1, 2000) }).add).toBe(1);
    expect(decide({ pending: pods(7, 2000) }).add).toBe(1);
    expect(decide({ pending: pods(8, 2000) }).add).toBe(2);
    expect(decide({ pending: pods(50, 2000) }).add).toBe(8);
  });

  test('memory and the number of pods fill a node as well', () => {
    expect(decide({ pending: Array.from({ length: 4 }, () => pod(100, 30, 20 * GI)) }).add).toBe(4);
    const nodes = [{ ...usable(0), pods: 0 }];
    const tiny = Array.from({ length: 111 }, () => pod(0, 30, 0));
    expect(decide({ pending: tiny, nodes }).add).toBe(2);
  });

  test('large pods are packed first, small ones fill the rest', () => {
    // 9 + 6 and 9 + 6 cores: two nodes; in the order given 6 + 6 would leave both nines alone.
    const pending = [pod(6000), pod(6000), pod(9000), pod(9000)];
    expect(decide({ pending }).add).toBe(2);
  });

  test('a pod larger than a node helps no one by a new node', () => {
    expect(decide({ pending: [pod(16_000)] }).add).toBe(0);
    expect(decide({ pending: [pod(16_000), pod(2000)] }).add).toBe(1);
  });

  test('the pool has an upper limit, which nodes on their way count towards', () => {
    expect(decide({ pending: pods(200, 2000) }).add).toBe(9);
    const nodes = [usable(0), upcoming(1), upcoming(2)];
    expect(decide({ pending: pods(200, 2000), nodes, max: 4 }).add).toBe(1);
    expect(decide({ pending: pods(200, 2000), nodes, max: 3 }).add).toBe(0);
  });
});

describe('patience', () => {
  test('while the oldest pod is younger than 2 s, the loop waits for its siblings', () => {
    expect(decide({ pending: pods(3, 2000, 1.9) }).add).toBe(0);
    expect(decide({ pending: pods(3, 2000, 2) }).add).toBe(1);
    expect(decide({ pending: [...pods(7, 2000, 0.1), pod(2000, 5)] }).add).toBe(2);
  });

  test('nodes on their way are room: what fits there asks for nothing', () => {
    const nodes = [usable(0), upcoming(1)];
    expect(decide({ pending: pods(7, 2000), nodes }).add).toBe(0);
    expect(decide({ pending: pods(8, 2000), nodes }).add).toBe(1);
  });

  test('so is a node that has just become usable, while the scheduler still backs off', () => {
    const fresh: NodeView = { id: 1, state: 'usable', ...TEMPLATE, emptySince: NOW - SECOND };
    const nodes = [usable(0), fresh];
    expect(decide({ pending: pods(7, 2000), nodes })).toEqual({ add: 0, remove: [] });
    expect(decide({ pending: pods(8, 2000), nodes }).add).toBe(1);
  });

  test('what was ordered for large pods is not given to small ones', () => {
    // 9 + 6 and 9 + 6 cores were ordered; 6 + 6 on one of them would leave a nine alone.
    const pending = [pod(6000), pod(6000), pod(9000), pod(9000)];
    expect(decide({ pending, nodes: [usable(0), upcoming(1), upcoming(2)] }).add).toBe(0);
  });

  test('only the pods that do not fit on them count for the age', () => {
    const nodes = [usable(0), upcoming(1)];
    const pending = [...pods(7, 2000, 100), pod(2000, 1)];
    expect(decide({ pending, nodes }).add).toBe(0);
  });
});

describe('nodes that nobody needs', () => {
  test('go after the unneeded time', () => {
    const nodes = [usable(0), usable(1, 599), usable(2, 600), usable(3, 5000)];
    expect(decide({ nodes })).toEqual({ add: 0, remove: [2, 3] });
  });

  test('stay while nodes were added recently, or pods are pending', () => {
    const nodes = [usable(0), usable(1, 5000)];
    expect(decide({ nodes, lastAdded: NOW - 599 * SECOND }).remove).toEqual([]);
    expect(decide({ nodes, lastAdded: NOW - 600 * SECOND }).remove).toEqual([1]);
    expect(decide({ nodes, pending: pods(1, 2000, 0) }).remove).toEqual([]);
  });

  test('go although a pod that fits on no node stays pending, but not from under one that fits', () => {
    const nodes = [usable(0), { ...usable(1, 5000), ...TEMPLATE }];
    expect(decide({ nodes, pending: [pod(16_000)] }).remove).toEqual([1]);
    expect(decide({ nodes, pending: [pod(15_000)] }).remove).toEqual([]);
  });

  test('never more than leaves the minimum', () => {
    const nodes = [usable(0, 5000), usable(1, 5000), usable(2, 5000)];
    expect(decide({ nodes, min: 2 }).remove).toHaveLength(1);
    expect(decide({ nodes, min: 3 }).remove).toEqual([]);
    expect(decide({ nodes, min: 5 }).remove).toEqual([]);
  });

  test('a node on its way is not removed, even without pods', () => {
    expect(decide({ nodes: [usable(0), upcoming(1)], min: 0 }).remove).toEqual([]);
  });
});
