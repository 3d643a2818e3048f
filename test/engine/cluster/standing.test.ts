/** The state at time 0: an HPA at rest, and loops whose phases are their own. */
import { describe, expect, test } from 'vitest';
import { runCell } from '../../../packages/engine/src/run-cell.ts';
import type { Scenario } from '../../../packages/engine/src/scenario/scenario.ts';
import { kubernetes, loadOf, SECOND, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';

type Target = NonNullable<NonNullable<Scenario['services'][number]['hpa']>['metrics']>[0]['target'];
type Row = number | null;

/** Replicas wanted, row by row, under a constant load of `cores`; pods have no written number. */
function desired(
  cores: number,
  target: Target | readonly Target[],
  seconds: number,
): readonly Row[] {
  const { workload } = serviceOf();
  const service = serviceOf({
    time: { dist: 'deterministic', mean: 50_000 },
    cpuPerRequest: 10_000,
    concurrency: 5,
    workload: { ...workload, replicas: 1, cpuRequest: 1000, cpuLimit: 1000 },
    hpa: {
      minReplicas: 1,
      maxReplicas: 100,
      metrics: [target]
        .flat()
        .map((one: Target) => ({ type: 'Resource', name: 'cpu', target: one })),
    },
  });
  const { replicas: _, ...strategy } = kubernetes({ name: 'hpa' });
  const load = [loadOf({ rate: cores * 100 })];
  const scenario = scenarioOf({ seconds, load, services: [service], strategies: [strategy] });
  return runCell(scenario, 'hpa', 0).series.columns.desired;
}

describe('an HPA at rest', () => {
  test.each([
    [0.73, 30],
    [1.83, 50],
    [3.1, 80],
    [4.44, 60],
    [6.5, 70],
  ])(
    '%d cores at a target of %d per cent: nothing changes in a quarter of an hour',
    (cores, percent) => {
      const replicas = desired(cores, { type: 'Utilization', averageUtilization: percent }, 900);
      expect(new Set(replicas)).toEqual(new Set([Math.ceil(cores / (percent / 100))]));
    },
  );

  test.each([
    [100, 12],
    [400, 3],
  ])('1.2 cores at %dm per pod: %d pods', (averageValue, pods) => {
    expect(new Set(desired(1.2, { type: 'AverageValue', averageValue }, 60))).toEqual(
      new Set([pods]),
    );
  });

  test('of two targets the one that asks for more pods decides, in either order', () => {
    const half = { type: 'Utilization', averageUtilization: 50 } as const;
    for (const [averageValue, pods] of [
      [400, 4],
      [600, 3],
    ] as const) {
      const value = { type: 'AverageValue', averageValue } as const;
      for (const targets of [
        [half, value],
        [value, half],
      ]) {
        expect(new Set(desired(1.3, targets, 60))).toEqual(new Set([pods]));
      }
    }
  });

  test('a whole number of pods is not rounded up by the last bit', () => {
    // In binary 1.1 ÷ 0.1 is 11.000000000000002.
    expect(desired(1.1, { type: 'Utilization', averageUtilization: 10 }, 10)[0]).toBe(11);
  });
});

test('another service before it does not shift the syncs of an HPA', () => {
  const burst = { stages: [{ duration: 60 * SECOND, target: 400, jump: true }], startRate: 5 };
  const { replicas: _, ...strategy } = kubernetes({ name: 'hpa' });
  const first = (scenario: Scenario) =>
    runCell(scenario, 'hpa', 0).decisions.find(({ service }) => service === 'app')?.at;
  for (const seed of ['1', '2', '3', '4', '5']) {
    const alone = scenarioOf({ seed, load: [loadOf(burst)], strategies: [strategy] });
    const load = [loadOf(burst), loadOf({ name: 'more', rate: 5, route: { other: 1 } })];
    const both = { ...alone, load, services: [serviceOf({ name: 'other' }), serviceOf()] };
    expect(first(both)).toBe(first(alone));
    expect(first(both)).toBeGreaterThan(0);
  }
});
