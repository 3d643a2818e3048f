/** A quota that stops a scale-out, and spare room that is paid for: from the run to the words. */
import { expect, test } from 'vitest';
import { schedulingFindings } from '../../../packages/engine/src/compare/scheduling-findings.ts';
import { compile } from '../../../packages/engine/src/compile.ts';
import { evaluate } from '../../../packages/engine/src/evaluate.ts';
import type { StrategyResult } from '../../../packages/engine/src/outcome.ts';
import { simulate } from '../../../packages/engine/src/simulate.ts';
import { setupTraps } from '../../../packages/engine/src/traps/index.ts';
import { kubernetes, loadOf, SECOND, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';

const GIB = 2 ** 30;
const service = serviceOf();
const workload = { ...service.workload, cpuRequest: 1000, memoryRequest: GIB };
const prescaled = kubernetes({
  name: 'pods',
  replicas: 2,
  schedule: [{ at: 30 * SECOND, minReplicas: 5 }],
  nodes: { min: 3, max: 3 },
});

function resultOf(strategy: typeof prescaled): StrategyResult {
  const scenario = scenarioOf({
    seconds: 120,
    load: [loadOf({ rate: 1 })],
    services: [{ ...service, workload }],
    strategies: [strategy],
  });
  const { outcome, decisions } = evaluate(simulate(compile(scenario, 'pods', 0)));
  return { name: 'pods', outcomes: [outcome], decisions } as unknown as StrategyResult;
}

test('nothing is said where there is neither', () => {
  expect(schedulingFindings(resultOf(prescaled))).toEqual([]);
});

test('the quota: when, and how many pods could not be created', () => {
  const [finding] = schedulingFindings(resultOf({ ...prescaled, quota: { pods: 3 } }));
  expect(finding.key).toBe('finding.quota');
  expect(finding.params).toMatchObject({ strategy: 'pods', service: 'app', missing: 2 });
  expect(finding.params.at).toBeGreaterThan(30 * SECOND);
});

test('the trap: an HPA that may ask for more than the quota holds', () => {
  const strategy = { ...prescaled, quota: { cpu: 4500, memory: 100 * GIB } };
  const scenario = scenarioOf({ services: [{ ...service, workload }], strategies: [strategy] });
  const keys = setupTraps(scenario).filter(({ key }) => key === 'trap.quota-below-max');
  expect(keys).toMatchObject([{ params: { service: 'app', fits: 4 } }]);
});

test('spare room: its share of the CPU paid for, that share of the cost, who gave way', () => {
  const overprovisioning = { replicas: 2, cpu: 1900, memory: GIB, priority: -10 };
  const idle = resultOf({
    ...prescaled,
    schedule: [],
    nodes: { ...prescaled.nodes, min: 2, max: 2 },
    overprovisioning,
  });
  const [{ cost, spareRoom }] = idle.outcomes;
  // Two of 1.9 cores of two machines of 4, from start to end.
  expect(spareRoom?.share).toBeCloseTo(3.8 / 8, 9);
  const nodes = cost.items.find(({ item }) => item === 'node')?.amount ?? 0;
  expect(spareRoom?.cost).toBe(Math.round((nodes * 3.8) / 8));
  expect(spareRoom?.victims).toBe(0);
  const used = resultOf({
    ...prescaled,
    nodes: { ...prescaled.nodes, min: 2, max: 2 },
    overprovisioning,
  });
  const finding = schedulingFindings(used).find(({ key }) => key === 'finding.spare-room');
  expect(finding?.params.victims).toBeGreaterThan(0);
});
