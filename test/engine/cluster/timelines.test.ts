/**
 * How long a burst waits for help: from the burst to the first request that a new pod serves, over
 * many seeds, against the same chain drawn without a simulator (docs/model.md, section 5): the
 * three clocks of the metrics and the sampled stages added up, 100 000 draws each.
 */
import { expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import type { Scenario } from '../../../packages/engine/src/scenario/scenario.ts';
import type { NodesSpec } from '../../../packages/engine/src/scenario/schema.ts';
import { simulate } from '../../../packages/engine/src/simulate.ts';
import { kubernetes, loadOf, SECOND, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';

/** Half a second off, so that the kubelets' whole seconds are centred on their uniform phase. */
const BURST = 30.5 * SECOND;

interface Case {
  /** Of the readiness probe, seconds. */
  readonly period?: number;
  readonly app?: { readonly median: number; readonly sigma: number };
  readonly cached?: boolean;
  readonly nodes?: Partial<NodesSpec>;
  /** By when every new pod serves, seconds after the burst. */
  readonly within: number;
  readonly seeds: number;
  /** Seconds: 5 %, 50 %, 90 % and 99 % of the cases. */
  readonly quantiles: readonly [number, number, number, number];
}

const NO_DELAY = { median: 0, sigma: 0 };

const CASES: Readonly<Record<string, Case>> = {
  'A1: spare node, image cached, application 20 s, probe every 10 s': {
    within: 90,
    seeds: 200,
    quantiles: [39, 52, 63, 70],
  },
  'A2: probe every second': { period: 1, within: 80, seeds: 200, quantiles: [37, 48, 56, 62] },
  'A3: 500 MB of image absent': {
    cached: false,
    within: 100,
    seeds: 200,
    quantiles: [46, 60, 71, 78],
  },
  'A5: native application 0.45 s, probe every second': {
    app: { median: 0.45 * SECOND, sigma: 0.05 },
    period: 1,
    within: 55,
    seeds: 200,
    quantiles: [17, 28, 37, 42],
  },
  'B1: no spare node, Cluster Autoscaler with its old loop, node 150 s, image absent': {
    nodes: { min: 1, loop: 'timed' },
    within: 450,
    seeds: 100,
    quantiles: [158, 219, 290, 370],
  },
  // One pod alone: the loop that it starts finds it too young, the next is 10 s later.
  'B1b: the same with frequent loops': {
    nodes: { min: 1, loop: 'frequent' },
    within: 450,
    seeds: 100,
    quantiles: [162, 222, 293, 375],
  },
  'B1c: the old loop, node 40 s': {
    nodes: { min: 1, loop: 'timed', request: NO_DELAY, join: { median: 40e6, sigma: 0.25 } },
    within: 200,
    seeds: 100,
    quantiles: [88, 109, 127, 145],
  },
};

/** One pod at 40 % of its CPU, then more than it has; a node holds one pod. */
function burst(
  seed: string,
  { period = 10, app, cached = true, nodes = { min: 2 }, within }: Case,
): Scenario {
  const { workload } = serviceOf();
  const service = serviceOf({
    time: { dist: 'deterministic', mean: 100_000 },
    // Ten slots of 0.3 cores: 100 % of the request is the limit, at 100 requests/s.
    cpuPerRequest: 30_000,
    concurrency: 10,
    queue: { limit: 5 },
    workload: {
      ...workload,
      cpuRequest: 3000,
      cpuLimit: 3000,
      readiness: { initialDelay: 0, period: period * SECOND, successThreshold: 1 },
    },
    hpa: {
      minReplicas: 1,
      maxReplicas: 10,
      metrics: [
        { type: 'Resource', name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
      ],
    },
  });
  const stages = [
    { duration: BURST, target: 40, jump: true },
    { duration: within * SECOND, target: 150, jump: true },
  ];
  const image = { size: 5e8, cached, baked: false, rate: 7e7, sigma: 0.3 };
  const startup = { image, ...(app && { app }) };
  const strategy = kubernetes({ replicas: 1, startup, nodes: { max: 2, ...nodes } });
  return scenarioOf({
    seed,
    seconds: 30.5 + within,
    load: [loadOf({ startRate: 40, stages, client: { timeout: SECOND } })],
    services: [service],
    strategies: [strategy],
  });
}

/** Seconds from the burst until a new pod serves, in order. */
function times(name: string, of: Case): number[] {
  const found = Array.from({ length: of.seeds }, (_, seed) => {
    const scenario = burst(`${name}/${seed}`, of);
    const { ledger } = simulate(compile(scenario, scenario.strategies[0].name, 0));
    const added = ledger.pods.filter(({ wanted }) => wanted >= 0);
    expect(Math.min(...added.map(({ wanted }) => wanted)), 'the first decision').toBeGreaterThan(
      BURST,
    );
    return (Math.min(...added.map(({ routed }) => routed ?? Infinity)) - BURST) / SECOND;
  });
  return found.sort((a, b) => a - b);
}

test.each(Object.entries(CASES))('%s', (name, expected) => {
  const sorted = times(name, expected);
  const at = (share: number) => sorted[Math.floor(share * sorted.length)];
  const [p5, p50, p90, p99] = expected.quantiles;
  const off = (share: number, value: number) => Math.abs(at(share) / value - 1);
  expect(off(0.5, p50), `median ${at(0.5)}`).toBeLessThan(0.07);
  expect(off(0.05, p5), `p5 ${at(0.05)}`).toBeLessThan(0.12);
  // Three standard errors of 100 cases, where a node of LN(150 s, 0.3) is in them: 37 s of 290.
  expect(off(0.9, p90), `p90 ${at(0.9)}`).toBeLessThan(0.13);
  // Two or three cases decide: no more than the right size.
  expect(off(0.99, p99), `p99 ${at(0.99)}`).toBeLessThan(0.2);
});
