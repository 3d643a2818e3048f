/** A cluster with Karpenter: what it launches, what it takes away, and when. */
import { describe, expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import type { KubernetesStrategy } from '../../../packages/engine/src/scenario/scenario.ts';
import { simulate } from '../../../packages/engine/src/simulate.ts';
import {
  karpenterNodes,
  kubernetes,
  loadOf,
  SECOND,
  scenarioOf,
  serviceOf,
} from '../../fixtures/scenario.ts';

type Karpenter = NonNullable<KubernetesStrategy['nodes']['karpenter']>;

const MINUTE = 60 * SECOND;
const GIB = 2 ** 30;
const machine = (cpu: number, perHour: number) => ({
  cpu,
  memory: 8 * GIB,
  perHour: { 'on-demand': perHour },
});

interface Setup {
  readonly karpenter?: Partial<Karpenter>;
  readonly min?: number;
  readonly floor?: number;
  readonly grace?: number;
  /** Of the pod, millicores. */
  readonly cpu?: number;
}

/** One idle pod of a core, `floor` of them from 2 to 4 minutes; 12 minutes. */
function run({ karpenter = {}, min = 1, floor = 1, grace = 30, cpu = 1000 }: Setup) {
  const { workload } = serviceOf();
  const service = serviceOf({
    workload: {
      ...workload,
      cpuRequest: cpu,
      memoryRequest: 0,
      preStopSleep: (grace - 10) * SECOND,
      terminationGracePeriod: grace * SECOND,
    },
    hpa: {
      minReplicas: 1,
      maxReplicas: 50,
      metrics: [],
      behavior: { scaleDown: { stabilizationWindowSeconds: 0 } },
    },
  });
  const strategy = kubernetes({
    replicas: 1,
    schedule: [{ at: 2 * MINUTE, until: 4 * MINUTE, minReplicas: floor }],
    nodes: {
      ...karpenterNodes({ min, max: 20 }, { instanceTypes: ['x.a', 'x.b', 'x.c'], ...karpenter }),
      type: 'x.b',
      reservedCpu: 0,
      reservedMemory: 0,
    },
  });
  const small = scenarioOf({ seconds: 720, load: [loadOf({ rate: 1 })], services: [service] });
  const types = {
    'x.a': machine(2000, 100_000),
    'x.b': machine(4000, 190_000),
    'x.c': machine(16_000, 700_000),
  };
  const scenario = { ...small, prices: { ...small.prices, types }, strategies: [strategy] };
  return simulate(compile(scenario, strategy.name, 0));
}

describe('launches', () => {
  test('the cheapest type that holds the batch: 12 more pods of a core on one large node', () => {
    const { ledger } = run({ floor: 13, karpenter: { policy: 'WhenEmpty' } });
    const launched = ledger.nodes.filter(({ requested }) => requested > 0);
    const first = launched.filter(({ requested }) => requested < 2.5 * MINUTE);
    // Three go to the standing node of 4 cores, 9 need the one of 16.
    expect(first.map(({ type }) => type)).toEqual(['x.c']);
    const { requested = 0, running = 0, usable = 0 } = first[0];
    expect(running).toBeGreaterThan(requested);
    expect(usable).toBeGreaterThanOrEqual(running);
    expect(usable - requested).toBeGreaterThan(20 * SECOND);
    expect(usable - requested).toBeLessThan(80 * SECOND);
  });

  test('afterwards what is left moves to a cheaper node, which is there before', () => {
    const { ledger } = run({ floor: 13 });
    const rows = ledger.nodeDecisions.filter(({ reason }) => /replace/.test(reason.key));
    const [ordered, drained] = rows;
    expect([ordered.reason.key, drained.reason.key]).toEqual([
      'karpenter.replacement',
      'karpenter.replaced',
    ]);
    const fresh = ledger.nodes.find(({ requested }) => requested === ordered.at);
    expect(fresh?.usable).toBeLessThanOrEqual(drained.at);
    // In the end one pod, on the cheapest node.
    const left = ledger.nodes.filter(({ gone }) => gone === undefined);
    expect(left.map(({ type }) => type)).toEqual(['x.a']);
  });
});

describe('nodes that stand ready and empty', () => {
  const emptied = (setup: Setup) =>
    run({ min: 5, ...setup }).ledger.nodeDecisions.filter(
      ({ reason }) => reason.key === 'karpenter.emptiness',
    );

  test('go within half a minute, a tenth of them (rounded up) at a time', () => {
    const rows = emptied({});
    expect(rows[0].at).toBeLessThanOrEqual(25 * SECOND);
    expect(rows.map(({ from, to }) => from - to)).toEqual([1, 1, 1, 1]);
    expect(rows[3].at).toBeLessThan(2 * MINUTE);
  });

  test('stay with consolidateAfter, with a budget of none until then, or with policy Never', () => {
    expect(emptied({ karpenter: { consolidateAfter: 20 * MINUTE } })).toEqual([]);
    expect(emptied({ karpenter: { policy: 'Never' } })).toEqual([]);
    const closed = { nodes: 0, at: 0, until: 5 * MINUTE };
    const rows = emptied({ karpenter: { budgets: [{ share: 0.1 }, closed] } });
    expect(rows[0].at).toBeGreaterThanOrEqual(5 * MINUTE);
  });
});

test('a drained node waits for its pods no longer than terminationGracePeriod', () => {
  const setup = { min: 2, grace: 120 };
  const stays = (karpenter: Partial<Karpenter>) => {
    const { ledger } = run({ ...setup, karpenter });
    const drained = ledger.nodes.find(({ drained: was }) => was === true);
    return ((drained?.gone ?? Number.NaN) - (drained?.removing ?? 0)) / SECOND;
  };
  expect(stays({})).toBeGreaterThan(110);
  expect(stays({ terminationGracePeriod: 20 * SECOND })).toBeLessThan(100);
});

test('a pod that the first type cannot hold stands on a node of one that can', () => {
  const { ledger } = run({ min: 0, cpu: 5000 });
  const stood = ledger.nodes.filter((node) => node.stood === true);
  expect(stood.map(({ type }) => type)).toEqual(['x.c']);
  expect(ledger.pods[0].ready).toBeLessThan(0);
});
