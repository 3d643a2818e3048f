/** The node pool in a whole run: how many nodes are ordered, and whose luck they have. */
import { expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import type { NodeLife } from '../../../packages/engine/src/ledger/ledger.ts';
import { simulate } from '../../../packages/engine/src/simulate.ts';
import { kubernetes, loadOf, SECOND, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';

/** One standing node; a floor at `at` seconds asks for pods that fill `floor` nodes, one each. */
function nodesOf(seed: string, { floor, at }: { floor: number; at: number }): readonly NodeLife[] {
  const { workload } = serviceOf();
  const service = serviceOf({
    concurrency: 5,
    workload: { ...workload, replicas: 1, cpuRequest: 3800, cpuLimit: null },
    hpa: { minReplicas: 1, maxReplicas: 100 },
  });
  const strategy = kubernetes({
    replicas: 1,
    schedule: [{ at: at * SECOND, minReplicas: floor }],
    nodes: { min: 1, max: 100 },
  });
  const load = [loadOf({ rate: 1 })];
  const services = [service];
  const scenario = scenarioOf({ seed, seconds: 450, load, services, strategies: [strategy] });
  return simulate(compile(scenario, strategy.name, 0)).ledger.nodes;
}

test('pods that wait for a node order it once, however the loop meets the nodes that join', () => {
  for (let seed = 0; seed < 30; seed++) {
    expect(nodesOf(String(seed), { floor: 20, at: 20 }), `seed ${seed}`).toHaveLength(20);
  }
});

test('the n-th node takes as long in every strategy', () => {
  const delays = (nodes: readonly NodeLife[]) =>
    nodes
      .filter(({ requested }) => requested > 0)
      .map(({ requested, running = NaN, usable = NaN }) => [running - requested, usable - running]);
  const few = delays(nodesOf('luck', { floor: 6, at: 60 }));
  const many = delays(nodesOf('luck', { floor: 12, at: 10 }));
  expect(few).toHaveLength(5);
  expect(many.slice(0, 5)).toEqual(few);
  expect(new Set(many.map(([, join]) => join)).size).toBe(11);
});
