/** Serverless pods: a machine each, started at the provider's rate, paid while they live. */
import { describe, expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import { evaluate } from '../../../packages/engine/src/evaluate.ts';
import type { KubernetesStrategy } from '../../../packages/engine/src/scenario/scenario.ts';
import { simulate } from '../../../packages/engine/src/simulate.ts';
import {
  kubernetes,
  loadOf,
  SECOND,
  scenarioOf,
  serverlessNodes,
  serviceOf,
} from '../../fixtures/scenario.ts';

type Serverless = NonNullable<KubernetesStrategy['nodes']['serverless']>;
type Failures = NonNullable<KubernetesStrategy['nodes']['failures']>;

/** A quiet service with one pod, 20 of them from 10 s to 100 s; 300 s in all. */
function run(serverless: Partial<Serverless>, failures?: Failures) {
  const service = serviceOf({
    workload: { ...serviceOf().workload, cpuRequest: 500, memoryRequest: 2 ** 30 },
    hpa: {
      minReplicas: 1,
      maxReplicas: 50,
      metrics: [],
      behavior: { scaleDown: { stabilizationWindowSeconds: 0 } },
    },
  });
  const exact = { start: { median: 10 * SECOND, sigma: 0 }, imageCache: true, ...serverless };
  const strategy = kubernetes({
    replicas: 1,
    schedule: [{ at: 10 * SECOND, until: 100 * SECOND, minReplicas: 20 }],
    nodes: { ...serverlessNodes(exact), ...(failures === undefined ? {} : { failures }) },
  });
  const scenario = scenarioOf({
    seconds: 300,
    load: [loadOf({ rate: 1 })],
    services: [service],
    strategies: [strategy],
  });
  return simulate(compile(scenario, strategy.name, 0));
}

describe('machines', () => {
  test('live from the sandbox to the end of their pod, and are leased for exactly that', () => {
    const { ledger } = run({});
    expect(ledger.pods.length).toBe(20);
    expect(ledger.leases.map(({ item }) => item)).toEqual(ledger.pods.map(() => 'pod'));
    for (const pod of ledger.pods.filter(({ wanted }) => wanted >= 0)) {
      const lease = ledger.leases.find(({ from }) => from === pod.imagePresent);
      // Cached: the image is there as soon as the sandbox is.
      expect(lease).toBeDefined();
      expect(pod.started).toBe(pod.imagePresent);
      expect((pod.imagePresent ?? 0) - (pod.bound ?? 0)).toBeGreaterThanOrEqual(10 * SECOND);
    }
    const ends = ledger.pods.map(({ gone }) => gone ?? 300 * SECOND).sort((a, b) => a - b);
    expect(ledger.leases.map(({ to }) => to ?? 0).sort((a, b) => a - b)).toEqual(ends);
    // One pod is left, and with it one machine.
    expect(ledger.nodes.filter(({ gone }) => gone === undefined)).toHaveLength(1);
  });

  test('do not fail as the nodes of the cluster beside them do', () => {
    const zoneOutages = [{ zone: 'zone', at: 50 * SECOND }];
    const failing = run({}, { stockOut: 0, noJoin: 0, deathsPerHour: 1000, zoneOutages });
    expect(failing.ledger).toEqual(run({}).ledger);
  });

  test('cost what the pods request, by the second, and that is the CPU paid for', () => {
    const done = run({});
    const { outcome } = evaluate(done);
    const [item] = outcome.cost.items;
    const seconds = done.ledger.leases.map(({ from, to }) =>
      Math.ceil(((to ?? 0) - from) / SECOND),
    );
    const hours = seconds.reduce((sum, length) => sum + length, 0) / 3600;
    expect(item).toMatchObject({ item: 'pod', type: 'app (0.5 vCPU, 1 GiB)', perHour: 36_000 });
    expect(item.hours).toBeCloseTo(hours, 9);
    expect(item.amount).toBe(Math.round(hours * 36_000));
    const exact = done.ledger.leases.reduce((sum, { from, to }) => sum + (to ?? 0) - from, 0);
    expect(outcome.utilization.paid).toBeCloseTo((exact / SECOND) * 0.5, 6);
  });
});

test('the provider starts so many per second, after a burst', () => {
  const { ledger } = run({ launchRate: 0.5, launchBurst: 5 });
  const starts = ledger.leases.map(({ from }) => from).filter((from) => from > 0);
  starts.sort((a, b) => a - b);
  const [first] = starts;
  const before = (seconds: number) =>
    starts.filter((from) => from <= first + seconds * SECOND).length;
  // 19 pods: 5 at once, then one every 2 s.
  expect(before(1)).toBe(5);
  expect(before(10)).toBeGreaterThanOrEqual(9);
  expect(before(10)).toBeLessThanOrEqual(10);
});

test('pods beyond the quota wait', () => {
  const { ledger, peak } = run({ quota: 3000 });
  expect(peak.machines).toBe(6);
  expect(ledger.pods.filter(({ bound }) => bound === undefined)).toHaveLength(14);
});

test('a quota that small pods give back lets a large one in', () => {
  const of = (name: string, cpuRequest: number, maxReplicas: number) =>
    serviceOf({
      name,
      workload: { ...serviceOf().workload, cpuRequest, memoryRequest: 2 ** 30 },
      hpa: {
        minReplicas: 1,
        maxReplicas,
        metrics: [],
        behavior: { scaleDown: { stabilizationWindowSeconds: 0 } },
      },
    });
  const { replicas: _, ...strategy } = kubernetes({
    schedule: [{ at: 0, until: 60 * SECOND, minReplicas: 4 }],
    nodes: serverlessNodes({ quota: 3000 }),
  });
  const scenario = scenarioOf({
    seconds: 200,
    load: [loadOf({ rate: 1, route: { small: 1, large: 1 } })],
    services: [of('small', 500, 4), of('large', 1500, 1)],
    strategies: [strategy],
  });
  const { ledger } = simulate(compile(scenario, strategy.name, 0));
  const [large] = ledger.pods.filter(({ service }) => service === 'large');
  // Four small ones leave 1000m until the floor ends.
  expect(large.bound).toBeGreaterThan(60 * SECOND);
  expect(large.bound).toBeLessThan(120 * SECOND);
});

test('without a cache each pod pulls its own image', () => {
  const { ledger } = run({ imageCache: false });
  const pulls = ledger.images.filter(({ present }) => present !== undefined);
  expect(pulls).toHaveLength(19);
  expect(new Set(pulls.map(({ node }) => node)).size).toBe(19);
});
