/** The release that the HPA decides as, from the scenario file to the first decision. */
import { describe, expect, test } from 'vitest';
import { runCell } from '../../../packages/engine/src/run-cell.ts';
import type { Scenario } from '../../../packages/engine/src/scenario/scenario.ts';
import { kubernetes, loadOf, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';
import { diagnosticsOf, scenarioOf as scenarioFrom, small } from '../scenario/scenarios.ts';

/** 10 pods at 55 % of their request, target 50 %: a ratio of 1.1, at the edge of the tolerance. */
function firstDecision(compat: Scenario['hpaController']['compat']) {
  const { workload } = serviceOf();
  const service = serviceOf({
    time: { dist: 'deterministic', mean: 50_000 },
    cpuPerRequest: 10_000,
    concurrency: 5,
    workload: { ...workload, cpuRequest: 1000, cpuLimit: 1000 },
    hpa: {
      maxReplicas: 100,
      metrics: [
        { type: 'Resource', name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
      ],
    },
  });
  const strategies = [kubernetes({ name: 'hpa', replicas: 10, autoscaler: 'hpa' })];
  const load = [loadOf({ rate: 550, process: { kind: 'deterministic' } })];
  const base = scenarioOf({ seconds: 20, load, services: [service], strategies });
  const scenario = { ...base, hpaController: { ...base.hpaController, compat } };
  return runCell(scenario, 'hpa', 0).decisions.find(({ run }) => run !== undefined);
}

test('at the edge of the tolerance 1.28 scales up, the current release does not', () => {
  expect(firstDecision('current')).toMatchObject({ from: 10, to: 10 });
  expect(firstDecision('1.28')).toMatchObject({ from: 10, to: 11 });
});

describe('kubernetes.hpaController.compat', () => {
  const withCompat = (compat: string) =>
    small({ add: `kubernetes: { hpaController: { compat: ${compat} } }\n` });

  test('is a name, current if there is none', async () => {
    expect((await scenarioFrom(small())).hpaController.compat).toBe('current');
    expect((await scenarioFrom(withCompat('"1.28"'))).hpaController.compat).toBe('1.28');
  });

  test('a number is to be quoted, another release refused', async () => {
    expect(await diagnosticsOf(withCompat('1.28'))).toMatchObject([
      { code: 'E_TYPE', path: 'kubernetes.hpaController.compat', hint: 'quote it: "1.28"' },
    ]);
    expect(await diagnosticsOf(withCompat('"1.29"'))).toMatchObject([
      { code: 'E_ENUM', path: 'kubernetes.hpaController.compat', allowed: 'current, 1.28' },
    ]);
  });
});
