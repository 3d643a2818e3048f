/**
 * Random clusters with spare room, quotas and scarce nodes. That nodes are never over-committed and
 * a pod is in one place only is asserted by the engine itself after every event of these runs; here
 * is what their ledgers must say.
 */
import { expect, test } from 'vitest';
import { PAUSE_PODS } from '../../packages/engine/src/cluster/pause-pods.ts';
import { compile } from '../../packages/engine/src/compile.ts';
import type { PodLife } from '../../packages/engine/src/ledger/ledger.ts';
import type { KubernetesStrategy } from '../../packages/engine/src/scenario/scenario.ts';
import { simulate } from '../../packages/engine/src/simulate.ts';
import fc from '../fixtures/fast-check.ts';
import { kubernetes, loadOf, SECOND, scenarioOf, serviceOf } from '../fixtures/scenario.ts';

const GIB = 2 ** 30;

const strategies: fc.Arbitrary<KubernetesStrategy> = fc
  .record({
    replicas: fc.integer({ min: 1, max: 6 }),
    floor: fc.integer({ min: 2, max: 25 }),
    until: fc.integer({ min: 60, max: 200 }),
    elastic: fc.boolean(),
    nodes: fc.integer({ min: 1, max: 4 }),
    pause: fc.option(
      fc.record({ replicas: fc.integer({ min: 1, max: 6 }), cpu: fc.constantFrom(500, 1900) }),
    ),
    quota: fc.option(fc.record({ pods: fc.integer({ min: 2, max: 20 }) })),
    score: fc.constantFrom('LeastAllocated' as const, 'MostAllocated' as const),
    throughput: fc.constantFrom(1, 100),
    createRate: fc.constantFrom(1, 20),
  })
  .map(({ replicas, floor, until, elastic, nodes, pause, quota, score, throughput, createRate }) =>
    kubernetes({
      name: 'pods',
      replicas,
      schedule: [{ at: 20 * SECOND, until: until * SECOND, minReplicas: floor }],
      startup: { createRate },
      scheduling: { score, throughput },
      nodes: {
        provisioner: elastic ? 'cluster-autoscaler' : 'fixed',
        min: nodes,
        max: elastic ? 12 : nodes,
        join: { median: 20 * SECOND, sigma: 0.3 },
      },
      ...(pause !== null && { overprovisioning: { ...pause, memory: GIB, priority: -10 } }),
      ...(quota !== null && { quota }),
    }),
  );

function ledgerOf(strategy: KubernetesStrategy) {
  const service = serviceOf();
  const workload = { ...service.workload, cpuRequest: 1000, memoryRequest: GIB };
  const scenario = scenarioOf({
    seconds: 240,
    load: [loadOf({ rate: 2 })],
    services: [{ ...service, workload }],
    strategies: [strategy],
  });
  return simulate(compile(scenario, 'pods', 0)).ledger;
}

/** The most pods that existed at once. */
function mostAtOnce(pods: readonly PodLife[]): number {
  const changes = pods.flatMap(({ created, gone }) =>
    created === undefined
      ? []
      : [[created, 1] as const, [gone ?? Number.POSITIVE_INFINITY, -1] as const],
  );
  let count = 0;
  let most = 0;
  // What goes at an instant makes room for what comes then.
  for (const [, by] of changes.sort(([a, up], [b, down]) => (a === b ? up - down : a - b))) {
    count += by;
    most = Math.max(most, count);
  }
  return most;
}

test('stages are in order, the quota holds, pause pods are there again when nothing lacks', () => {
  let preempted = 0;
  let refused = 0;
  fc.assert(
    fc.property(strategies, (strategy) => {
      const { pods, decisions } = ledgerOf(strategy);
      for (const { wanted, created, bound, gone } of pods) {
        if (created !== undefined) expect(created).toBeGreaterThanOrEqual(wanted);
        if (bound !== undefined) expect(bound).toBeGreaterThanOrEqual(created ?? Infinity);
        if (gone !== undefined) expect(gone).toBeGreaterThanOrEqual(wanted);
      }
      const own = pods.filter(({ service }) => service !== PAUSE_PODS);
      const { quota, overprovisioning } = strategy;
      expect(mostAtOnce(own)).toBeLessThanOrEqual(quota?.pods ?? Number.POSITIVE_INFINITY);
      const pause = pods.filter(
        ({ service, gone }) => service === PAUSE_PODS && gone === undefined,
      );
      expect(pause).toHaveLength(overprovisioning?.replicas ?? 0);
      for (const { reason } of decisions) {
        if (reason.key === 'decision.preemption') preempted += 1;
        if (reason.key === 'decision.quota-pods') refused += 1;
      }
    }),
    { numRuns: 40 },
  );
  expect(preempted).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});

test('the same seed gives the same ledger', () => {
  fc.assert(
    fc.property(strategies, (strategy) => {
      expect(ledgerOf(strategy)).toEqual(ledgerOf(strategy));
    }),
    { numRuns: 5 },
  );
});
