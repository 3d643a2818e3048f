import { describe, expect, it } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import type { PodLife } from '../../../packages/engine/src/ledger/ledger.ts';
import type {
  KubernetesStrategy,
  Scenario,
} from '../../../packages/engine/src/scenario/scenario.ts';
import { simulate } from '../../../packages/engine/src/simulate.ts';
import { WORKLOADS } from '../../bench/workloads.mjs';

const SECOND = 1_000_000;
const constant = (seconds: number) => ({ median: seconds * SECOND, sigma: 0 });

/** The start-up chain without chance: every stage takes its median. */
const STARTUP = {
  create: constant(0.3),
  createCall: constant(0),
  schedule: constant(0.05),
  container: constant(1.33),
  app: constant(18),
  status: 0,
  slice: constant(0.2),
  proxySync: 0,
  proxy: constant(0.3),
};

interface Overrides {
  readonly startup?: Partial<KubernetesStrategy['startup']>;
  readonly nodes?: Partial<KubernetesStrategy['nodes']>;
  readonly replicas: number;
  readonly until?: number;
}

/** Nearly no load, and a floor of `replicas` from 60 s on. */
function prescaled({ startup, nodes, replicas, until }: Overrides): Scenario {
  const scenario = WORKLOADS['second-kill-10m'].scenario(0.001);
  const strategy = scenario.strategies.find((s) => s.kind === 'kubernetes');
  if (strategy?.kind !== 'kubernetes') throw new Error('the workload has no kubernetes strategy');
  const floor = { at: 60 * SECOND, minReplicas: replicas, ...(until && { until }) };
  return {
    ...scenario,
    strategies: [
      {
        ...strategy,
        name: 'chain',
        schedule: [floor],
        startup: { ...strategy.startup, ...STARTUP, ...startup },
        // A cycle of 1 µs.
        scheduling: { ...strategy.scheduling, throughput: 1e6 },
        nodes: { ...strategy.nodes, ...nodes },
      },
    ],
  };
}

const run = (overrides: Overrides) => simulate(compile(prescaled(overrides), 'chain', 0)).ledger;

/** Pods that the floor brought, by creation. */
function started(pods: readonly PodLife[]): PodLife[] {
  return pods
    .filter((pod) => pod.wanted >= 0 && pod.routed !== undefined)
    .sort((a, b) => (a.created ?? 0) - (b.created ?? 0));
}

const since = (pod: PodLife, stage: keyof PodLife) => (Number(pod[stage]) - pod.wanted) / SECOND;

describe('from wanted to serving', () => {
  it('passes its stages in order, the probe on its grid: 18 s of start cost 20 s at a 5 s period', () => {
    const [pod] = started(run({ replicas: 7 }).pods);
    expect(since(pod, 'created')).toBeCloseTo(0.3, 5);
    expect(since(pod, 'bound')).toBeCloseTo(0.35, 5);
    expect(since(pod, 'imagePresent')).toBeCloseTo(0.35, 5);
    expect(since(pod, 'started')).toBeCloseTo(1.68, 5);
    expect(since(pod, 'appUp')).toBeCloseTo(19.68, 5);
    expect(since(pod, 'ready')).toBeCloseTo(since(pod, 'started') + 20, 5);
    expect(since(pod, 'routed')).toBeCloseTo(since(pod, 'started') + 20.5, 5);
  });

  it('is limited in creating pods: a burst of 30, then 20 a second', () => {
    const pods = started(run({ replicas: 106, nodes: { min: 60 } }).pods);
    expect(pods).toHaveLength(100);
    expect(since(pods[29], 'created')).toBeCloseTo(0.3, 3);
    expect(since(pods[30], 'created')).toBeCloseTo(0.35, 3);
    expect(since(pods[99], 'created')).toBeCloseTo(0.3 + 70 / 20, 3);
  });

  it('starts containers of one node one after another, 4 a second', () => {
    // Three pods for each of two nodes, bound within the burst.
    const pods = started(run({ replicas: 12, nodes: { min: 2, max: 2 } }).pods);
    const starts = pods.map((pod) => since(pod, 'started')).sort((a, b) => a - b);
    expect(starts).toHaveLength(6);
    expect(starts[1] - starts[0]).toBeLessThan(0.01);
    expect(starts[2] - starts[0]).toBeCloseTo(0.25, 5);
    expect(starts[5] - starts[0]).toBeCloseTo(0.5, 5);
  });

  it('pulls an absent image once per node, 350 MB at 70 MB/s in 5 s, for all pods that wait', () => {
    const image = { size: 350e6, cached: false, baked: false, rate: 70e6, sigma: 0 };
    const pods = started(run({ replicas: 9, startup: { image }, nodes: { min: 1, max: 2 } }).pods);
    const pulled = pods.map((pod) => since(pod, 'imagePresent') - since(pod, 'bound'));
    expect(Math.max(...pulled)).toBeCloseTo(5, 5);
    // Rounded up to a µs.
    for (const wait of pulled) expect(wait).toBeLessThanOrEqual(5.000002);
  });

  it('waits for a node when none has room: requested, running and paid, usable, bound', () => {
    const nodes = { min: 1, request: constant(22), join: constant(128) };
    const ledger = run({ replicas: 20, nodes });
    const added = ledger.nodes.filter((node) => node.requested > 0);
    expect(added.length).toBeGreaterThan(0);
    for (const node of added) {
      expect((Number(node.running) - node.requested) / SECOND).toBe(22);
      expect((Number(node.usable) - node.requested) / SECOND).toBe(150);
    }
    const late = started(ledger.pods).filter((pod) => since(pod, 'bound') > 100);
    for (const pod of late) {
      const retry = (Number(pod.bound) - Number(added[0].usable)) / SECOND;
      expect(retry).toBeGreaterThanOrEqual(0.1);
      expect(retry).toBeLessThanOrEqual(1);
    }
    const lease = ledger.leases.find((entry) => entry.from === added[0].running);
    expect(lease).toBeDefined();
  });

  it('leaves pods pending in a fixed pool without room', () => {
    const ledger = run({ replicas: 20, nodes: { provisioner: 'fixed', min: 1 } });
    expect(ledger.nodes).toHaveLength(1);
    // 15.8 cores allocatable: seven pods of 2.
    expect(ledger.pods.filter((pod) => pod.bound !== undefined)).toHaveLength(7);
  });
});

describe('on the way back', () => {
  it('removes the youngest pods, drains them, and the nodes that stay empty', () => {
    const ledger = run({
      replicas: 40,
      until: 180 * SECOND,
      nodes: { min: 1, unneededTime: 120 * SECOND, delayAfterAdd: 0 },
    });
    const gone = ledger.pods.filter((pod) => pod.gone !== undefined);
    expect(gone.length).toBeGreaterThan(20);
    for (const pod of gone) {
      if (pod.routed === undefined) continue;
      expect(Number(pod.gone)).toBeGreaterThan(Number(pod.draining));
      expect(Number(pod.gone) - Number(pod.draining)).toBeLessThanOrEqual(30 * SECOND);
    }
    const removed = ledger.nodes.filter((node) => node.gone !== undefined);
    expect(removed.length).toBeGreaterThan(0);
    const ended = ledger.leases.filter((lease) => Number(lease.to) < 1800 * SECOND);
    expect(ended).toHaveLength(removed.length);
  });
});
