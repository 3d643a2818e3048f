import { describe, expect, test } from 'vitest';
import {
  type ClusterAutoscalerConfig,
  clusterAutoscaler,
} from '../../../packages/engine/src/provisioning/cluster-autoscaler.ts';
import type {
  NodeView,
  PendingPod,
  ProvisionerObservation,
} from '../../../packages/engine/src/provisioning/provisioner.ts';
import { group, nodeOf, observationOf, podOf, SECOND, TEMPLATE } from './scenes.ts';

const NOW = 3600 * SECOND;
const MINUTE = 60 * SECOND;

const CONFIG: ClusterAutoscalerConfig = {
  loop: 'frequent',
  scanInterval: 10 * SECOND,
  loopRun: { median: 0, sigma: 0 },
  expander: 'least-waste',
  maxProvisionTime: 15 * MINUTE,
  backoff: { initial: 5 * MINUTE, max: 30 * MINUTE, reset: 180 * MINUTE },
  unneededTime: 10 * MINUTE,
  delayAfterAdd: 10 * MINUTE,
  utilizationThreshold: 0.5,
};

let ids = 0;
const pod = (cpu: number, age = 30, memory = 1): PendingPod =>
  podOf(ids++, { cpu, memory, since: NOW - age * SECOND });
const pods = (count: number, cpu: number, age = 30) =>
  Array.from({ length: count }, () => pod(cpu, age));
const full = (id: number): NodeView =>
  nodeOf(id, { pods: [podOf(1000 + id, { cpu: TEMPLATE.cpu - 100 })] });
const upcoming = (id: number, age = 60): NodeView =>
  nodeOf(id, { state: 'upcoming', requested: NOW - age * SECOND });

const see = (changes: Partial<ProvisionerObservation>) =>
  observationOf({
    now: NOW,
    nodes: [full(0)],
    groups: [group('a', { min: 1, max: 10 })],
    ...changes,
  });

const decide = (
  changes: Partial<ProvisionerObservation>,
  memory = clusterAutoscaler.initial,
  config: Partial<ClusterAutoscalerConfig> = {},
) => clusterAutoscaler.decide({ ...CONFIG, ...config }, see(changes), memory);

const ordered = (changes: Partial<ProvisionerObservation>) =>
  decide(changes).launches.reduce((sum, { count }) => sum + count, 0);

describe('pods that fit nowhere', () => {
  test('nothing pending, nothing ordered', () => {
    expect(ordered({})).toBe(0);
  });

  test('seven pods of 2 cores fill a node of 15.8: the eighth needs another', () => {
    expect(ordered({ pending: pods(1, 2000) })).toBe(1);
    expect(ordered({ pending: pods(7, 2000) })).toBe(1);
    expect(ordered({ pending: pods(8, 2000) })).toBe(2);
    expect(ordered({ pending: pods(50, 2000) })).toBe(8);
  });

  test('memory and the number of pods fill a node as well', () => {
    const large = Array.from({ length: 4 }, () => pod(100, 30, 20));
    expect(ordered({ pending: large, nodes: [] })).toBe(4);
    const tiny = Array.from({ length: 111 }, () => pod(1, 30, 0));
    expect(ordered({ pending: tiny, nodes: [] })).toBe(2);
  });

  test('a pod larger than a node helps no one by a new node', () => {
    const { launches, reason } = decide({ pending: [pod(16_000)] });
    expect(launches).toEqual([]);
    expect(reason?.key).toBe('nodes.too-large');
    expect(ordered({ pending: [pod(16_000), pod(2000)] })).toBe(1);
  });

  test('the pool has an upper limit, which nodes on their way count towards', () => {
    expect(ordered({ pending: pods(200, 2000) })).toBe(9);
    const nodes = [full(0), upcoming(1), upcoming(2)];
    const at = (max: number) => ({ nodes, groups: [group('a', { min: 1, max })] });
    expect(ordered({ pending: pods(200, 2000), ...at(4) })).toBe(1);
    expect(decide({ pending: pods(200, 2000), ...at(3) }).reason?.key).toBe('nodes.at-max');
  });

  test('so has the cluster, and a scale-up', () => {
    const many = { pending: pods(9000, 2000), groups: [group('a', { min: 0, max: 100_000 })] };
    expect(ordered(many)).toBe(1000);
    const { launches } = decide({ ...many, nodes: [full(0)] }, undefined, { maxNodesTotal: 5 });
    expect(launches.map(({ count }) => count)).toEqual([4]);
  });

  test('pods below the cut-off ask for nothing and hold nothing, pause pods do both', () => {
    const holder = (priority: number) => {
      const held = podOf(77, { cpu: TEMPLATE.cpu, priority });
      return { nodes: [nodeOf(0, { pods: [held] })], pending: [pod(2000)] };
    };
    expect(ordered({ pending: [{ ...pod(2000), priority: -11 }] })).toBe(0);
    expect(ordered({ pending: [{ ...pod(2000), priority: -10 }] })).toBe(1);
    expect(ordered(holder(-11))).toBe(0);
    expect(ordered(holder(-10))).toBe(1);
  });
});

describe('patience', () => {
  test('while the oldest pod is younger than 2 s, the loop waits for its siblings', () => {
    expect(ordered({ pending: pods(3, 2000, 1.9) })).toBe(0);
    expect(ordered({ pending: pods(3, 2000, 2) })).toBe(1);
    expect(ordered({ pending: [...pods(7, 2000, 0.1), pod(2000, 5)] })).toBe(2);
  });

  test('nodes on their way are room: what fits there asks for nothing', () => {
    const nodes = [full(0), upcoming(1)];
    expect(ordered({ pending: pods(7, 2000), nodes })).toBe(0);
    expect(ordered({ pending: pods(8, 2000), nodes })).toBe(1);
  });

  test('so is a node that has just become usable, while the scheduler still backs off', () => {
    const nodes = [full(0), nodeOf(1)];
    expect(ordered({ pending: pods(7, 2000), nodes })).toBe(0);
    expect(ordered({ pending: pods(8, 2000), nodes })).toBe(1);
  });

  test('what was ordered for large pods is not given to small ones', () => {
    // 9 + 6 and 9 + 6 cores were ordered; 6 + 6 on one of them would leave a nine alone.
    const pending = [pod(6000), pod(6000), pod(9000), pod(9000)];
    expect(ordered({ pending, nodes: [full(0), upcoming(1), upcoming(2)] })).toBe(0);
  });

  test('only the pods that do not fit on them count for the age', () => {
    const pending = [...pods(7, 2000, 100), pod(2000, 1)];
    expect(ordered({ pending, nodes: [full(0), upcoming(1)] })).toBe(0);
  });
});

describe('the loop', () => {
  const wake = (loop: 'frequent' | 'timed', changes: Partial<ProvisionerObservation>) =>
    decide(changes, undefined, { loop }).wake;

  test('timed: an interval after its end, whatever happens', () => {
    const at = NOW + 10 * SECOND;
    expect(wake('timed', {})).toEqual({ at, onPending: false });
    expect(wake('timed', { pending: pods(9, 2000) })).toEqual({ at, onPending: false });
    const { takes, wake: later } = decide({}, undefined, {
      loop: 'timed',
      loopRun: { median: SECOND, sigma: 0.5 },
    });
    expect(takes).toBe(SECOND);
    expect(later.at).toBe(NOW + 11 * SECOND);
  });

  test('frequent: when a pod finds no room, and twice at once after one that did something', () => {
    expect(wake('frequent', {})).toEqual({ at: NOW + 10 * SECOND, onPending: true });
    const first = decide({ pending: pods(9, 2000) });
    expect(first.wake.at).toBe(NOW);
    const nodes = [full(0), upcoming(1), upcoming(2)];
    const second = decide({ nodes }, first.memory);
    expect(second.wake.at).toBe(NOW);
    expect(decide({ nodes }, second.memory).wake.at).toBe(NOW + 10 * SECOND);
  });
});

describe('several pools', () => {
  const groups = [group('big', { max: 10 }), group('small', { max: 10, cpu: 4000, memory: 8 })];
  const chosen = (pending: readonly PendingPod[], config = {}, memory = undefined) =>
    decide({ pending, groups }, memory, config).launches.map(({ group: name, count }) => [
      name,
      count,
    ]);

  test('the expander keeps the one that wastes least', () => {
    expect(chosen(pods(1, 3900))).toEqual([['small', 1]]);
    expect(chosen(pods(7, 2200))).toEqual([['big', 1]]);
    expect(chosen(pods(4, 3900), { expander: 'least-nodes' })).toEqual([['big', 1]]);
  });

  test('what fits only one of them goes there', () => {
    expect(chosen([pod(9000)])).toEqual([['big', 1]]);
  });

  test('zones are filled equally', () => {
    const zoned = [group('a', { max: 10, zones: ['x', 'y', 'z'] })];
    const nodes = [nodeOf(0, { zone: 'x', pods: [podOf(1, { cpu: 15_000 })] })];
    const { launches } = decide({ pending: pods(28, 2000), nodes, groups: zoned });
    const shares = launches.map(({ count, offerings }) => [
      offerings.map(({ zone }) => zone),
      count,
    ]);
    expect(shares).toEqual([
      [['x', 'y', 'z'], 1],
      [['y', 'x', 'z'], 2],
      [['z', 'x', 'y'], 1],
    ]);
  });
});

describe('failures', () => {
  const groups = [group('a', { max: 10 }), group('b', { max: 10 })];
  const failure = {
    at: NOW - SECOND,
    node: 5,
    group: 'a',
    claim: null,
    offering: groups[0].offerings[0],
    reason: 'stock-out' as const,
  };
  const names = (launches: readonly { group: string }[]) => launches.map(({ group: name }) => name);

  test('a group that failed is left alone for 5 minutes, the others are not', () => {
    const first = decide({ groups, failures: [failure], pending: [pod(2000)] });
    expect(names(first.launches)).toEqual(['b']);
    const alone = { groups: [groups[0]], pending: [pod(2000, 3600)] };
    const later = (minutes: number) =>
      decide({ ...alone, now: NOW + minutes * MINUTE }, first.memory);
    expect(later(5).launches).toEqual([]);
    expect(later(5).reason).toEqual({
      key: 'nodes.backed-off',
      params: { waiting: 1, until: NOW + 5 * MINUTE },
    });
    expect(names(later(5.1).launches)).toEqual(['a']);
  });

  test('a node that comes in another zone is no failure', () => {
    const first = decide({ failures: [{ ...failure, node: null }], pending: [pod(2000)] });
    expect(names(first.launches)).toEqual(['a']);
  });

  test('a node that has not joined after 15 minutes is given up, its group backed off', () => {
    const nodes = [full(0), upcoming(1, 901)];
    const { removals, launches, reason } = decide({ nodes, pending: pods(1, 2000) });
    expect(removals).toMatchObject([
      { node: 1, how: 'abandon', reason: { key: 'nodes.not-joined' } },
    ]);
    expect(launches).toEqual([]);
    expect(reason?.key).toBe('nodes.backed-off');
    expect(decide({ nodes: [full(0), upcoming(1, 900)] }).removals).toEqual([]);
  });

  test('nodes that came make the next failure the first', () => {
    const failed = decide({ groups: [groups[0]], failures: [failure] }).memory;
    const again = { pending: [pod(2000, 3600)], groups: [groups[0]], now: NOW + 6 * MINUTE };
    const asked = decide(again, failed).memory;
    const came = decide({ ...again, pending: [], nodes: [nodeOf(1)] }, asked).memory;
    expect(asked.backoff.size).toBe(1);
    expect(came.backoff.size).toBe(0);
  });
});

describe('nodes that nobody needs', () => {
  /** Loops a minute apart over the same nodes. */
  const loops = (count: number, changes: Partial<ProvisionerObservation>, config = {}) => {
    let decision = decide(changes, undefined, config);
    for (let minute = 1; minute < count; minute++) {
      decision = decide({ ...changes, now: NOW + minute * MINUTE }, decision.memory, config);
    }
    return decision;
  };
  const removed = (decision: ReturnType<typeof decide>) =>
    decision.removals.map(({ node, how }) => [node, how]);

  test('empty ones go when they were unneeded for more than 10 minutes', () => {
    const nodes = [full(0), nodeOf(1), nodeOf(2)];
    expect(removed(loops(11, { nodes }))).toEqual([]);
    expect(removed(loops(12, { nodes }))).toEqual([
      [1, 'delete'],
      [2, 'delete'],
    ]);
  });

  test('those with few pods are drained, one at a time, if the pods fit elsewhere', () => {
    const used = (id: number) => nodeOf(id, { pods: [podOf(100 + id, { cpu: 3000 })] });
    const nodes = [used(0), used(1), used(2)];
    const first = loops(12, { nodes });
    expect(removed(first)).toEqual([[0, 'drain']]);
    expect(first.removals[0].reason.params).toMatchObject({ pods: 1, unneeded: 11 * MINUTE });
    const now = NOW + 12 * MINUTE;
    const leaving = [{ ...used(0), state: 'leaving' as const }, used(1), used(2)];
    expect(removed(decide({ nodes: leaving, now }, first.memory))).toEqual([]);
    // The next one does not wait for the instance, only for the order to stop it.
    const stopping = [{ ...leaving[0], stopping: true as const }, used(1), used(2)];
    expect(removed(decide({ nodes: stopping, now }, first.memory))).toEqual([[1, 'drain']]);
    expect(removed(decide({ nodes: leaving.slice(1), now }, first.memory))).toEqual([[1, 'drain']]);
    const crowded = [used(0), full(1)];
    expect(removed(loops(12, { nodes: crowded }))).toEqual([]);
  });

  test('not within 10 minutes of an addition: both clocks run at the same time', () => {
    const nodes = [full(0), nodeOf(1)];
    const asked = decide({ pending: pods(1, 15_000), nodes: [full(0)] }).memory;
    let decision = decide({ nodes, now: NOW + MINUTE }, asked);
    const times: number[] = [];
    for (let minute = 2; minute < 14; minute++) {
      decision = decide({ nodes, now: NOW + minute * MINUTE }, decision.memory);
      if (decision.removals.length > 0) times.push(minute);
    }
    expect(times[0]).toBe(12);
  });

  test('not while young pods wait; not from under a pod that will go there', () => {
    const nodes = [full(0), nodeOf(1), nodeOf(2)];
    const { memory } = loops(11, { nodes });
    const now = NOW + 11 * MINUTE;
    const waiting = (cpu: number, age: number) => {
      const one = podOf(9, { cpu, since: now - age * SECOND });
      return removed(decide({ nodes, now, pending: [one] }, memory));
    };
    expect(waiting(16_000, 1)).toEqual([]);
    expect(waiting(16_000, 3)).toHaveLength(2);
    expect(waiting(15_000, 3)).toEqual([[2, 'delete']]);
  });

  test('never below the minimum of each pool', () => {
    const groups = [group('a', { min: 2, max: 9 }), group('b', { min: 0, max: 9 })];
    const nodes = [nodeOf(0), nodeOf(1), nodeOf(2), nodeOf(3, { group: 'b' })];
    expect(removed(loops(12, { nodes, groups }))).toEqual([
      [0, 'delete'],
      [3, 'delete'],
    ]);
  });

  test('a node on its way is not removed, even without pods', () => {
    const groups = [group('a', { min: 0, max: 9 })];
    expect(removed(loops(12, { nodes: [full(0), upcoming(1)], groups }))).toEqual([]);
  });

  test('what has not changed is not worked out again, to the same result', () => {
    const nodes = [full(0), nodeOf(1), nodeOf(2)];
    const first = decide({ nodes, version: 7 });
    const same = decide({ nodes, version: 7, now: NOW + MINUTE }, first.memory);
    expect(same.memory.unneeded).toBe(first.memory.unneeded);
    const other = decide({ nodes, version: 8, now: NOW + MINUTE }, first.memory);
    expect(other.memory.unneeded).not.toBe(first.memory.unneeded);
    expect(other.memory.unneeded.scaleDown).toEqual(first.memory.unneeded.scaleDown);
  });
});
