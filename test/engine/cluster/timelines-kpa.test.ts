/**
 * How long a burst waits for help from Knative: its decision alone, and the first request that a
 * new pod serves, over many seeds, against the same chain drawn without a simulator (docs/model.md,
 * sections 5 and 6), 100 000 draws each.
 */
import { expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import { KPA_DEFAULTS } from '../../../packages/engine/src/scaling/kpa-spec.ts';
import { simulate } from '../../../packages/engine/src/simulate.ts';
import { kubernetes, loadOf, SECOND, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';

const BURST = 5.5 * SECOND;
const SEEDS = 100;

const { target: _, ...defaults } = KPA_DEFAULTS;
/** Ten pods for 20 requests/s, and one more. */
const KPA = {
  ...defaults,
  metric: 'rps',
  averaging: 'linear',
  activatorQueue: 10_000,
  targetBurstCapacity: 0,
  target: 2.1,
  targetUtilization: 1,
  maxScale: 11,
} as const;

/** Regular arrivals, so that only the step makes a panic; then ten times the rate. */
function burst(seed: string, within: number) {
  const { workload } = serviceOf();
  const service = serviceOf({
    time: { dist: 'deterministic', mean: 100_000 },
    cpuPerRequest: 10_000,
    concurrency: 10,
    queue: { limit: 1000 },
    workload: {
      ...workload,
      cpuRequest: 1000,
      cpuLimit: 1000,
      readiness: { initialDelay: 0, period: 10 * SECOND, successThreshold: 1 },
    },
  });
  const stages = [
    { duration: BURST, target: 20, jump: true },
    { duration: within * SECOND, target: 200, jump: true },
  ];
  const startup = { image: { size: 5e8, cached: true, baked: false, rate: 7e7, sigma: 0.3 } };
  // As many as the steady load asks for, not the fixture's number.
  const { replicas: _fixture, ...pods } = kubernetes({ startup, nodes: { min: 6, max: 6 } });
  const load = { startRate: 20, stages, process: { kind: 'deterministic' } } as const;
  return scenarioOf({
    seed,
    seconds: BURST / SECOND + within,
    load: [loadOf({ ...load, client: { timeout: 3600 * SECOND } })],
    services: [service],
    strategies: [{ ...pods, autoscaler: 'kpa', kpa: KPA }],
  });
}

/** Seconds from the burst until `stage` of the first new pod, in order. */
function times(within: number, stage: 'wanted' | 'routed'): number[] {
  const found = Array.from({ length: SEEDS }, (_seed, i) => {
    const scenario = burst(`kpa/${stage}/${i}`, within);
    const { ledger } = simulate(compile(scenario, scenario.strategies[0].name, 0));
    const added = ledger.pods.filter(({ wanted }) => wanted >= BURST);
    return (Math.min(...added.map((life) => life[stage] ?? Infinity)) - BURST) / SECOND;
  });
  return found.sort((a, b) => a - b);
}

test('a tenfold step is decided on within a few seconds', () => {
  const sorted = times(8, 'wanted');
  const at = (share: number) => sorted[Math.floor(share * sorted.length)];
  // 1, 2 and 4 s, drawn in whole seconds: clocks of one and two, and a window that must fill.
  expect(at(0.05)).toBeGreaterThan(0.6);
  expect(at(0.05)).toBeLessThan(1.4);
  expect(at(0.5)).toBeGreaterThan(1.7);
  expect(at(0.5)).toBeLessThan(2.3);
  expect(at(0.99)).toBeGreaterThan(2.6);
  expect(at(0.99)).toBeLessThan(4.4);
});

test('D1: spare node, image cached, application 20 s', () => {
  const sorted = times(32, 'routed');
  const at = (share: number) => sorted[Math.floor(share * sorted.length)];
  const off = (share: number, value: number) => Math.abs(at(share) / value - 1);
  expect(off(0.5, 25), `median ${at(0.5)}`).toBeLessThan(0.1);
  expect(off(0.05, 23), `p5 ${at(0.05)}`).toBeLessThan(0.1);
  expect(off(0.9, 27), `p90 ${at(0.9)}`).toBeLessThan(0.1);
  expect(off(0.99, 29), `p99 ${at(0.99)}`).toBeLessThan(0.15);
});
