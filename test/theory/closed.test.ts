/**
 * Users in closed loops at one exponential server: throughput and response time depend on the mean
 * time to think alone, not on its law (the users who think are an infinite-server station of a
 * product-form network). Exact values by the recursion of mean value analysis.
 */
import { expect, test } from 'vitest';
import { runCell } from '../../packages/engine/src/index.ts';
import type { ServiceTime } from '../../packages/engine/src/scenario/scenario.ts';
import { loadOf, SECOND, scenarioOf, serviceOf, vmPeak } from '../fixtures/scenario.ts';

const REPLICATIONS = 12;
const WARM_UP = 30;
const LENGTH = 600;

const THINK: readonly ServiceTime[] = [
  { dist: 'uniform', low: 0.1 * SECOND, high: SECOND },
  { dist: 'deterministic', mean: 0.55 * SECOND },
  { dist: 'hyperexponential', mean: 0.55 * SECOND, cv: 2 },
];

/** Reiser and Lavenberg 1980, one queueing station of demand `demand`, s. */
function meanValues(users: number, think: number, demand: number) {
  let inQueue = 0;
  let [throughput, response] = [0, 0];
  for (let n = 1; n <= users; n++) {
    response = demand * (1 + inQueue);
    throughput = n / (think + response);
    inQueue = throughput * response;
  }
  return { throughput, response };
}

test.each(THINK)('five users who think for $dist times, 300 ms of work', (think) => {
  const exact = meanValues(5, 0.55, 0.3);
  const base = scenarioOf({ seed: 'closed', seconds: WARM_UP + LENGTH });
  const mean = 0.3 * SECOND;
  const scenario = {
    ...base,
    clock: { ...base.clock, warmup: WARM_UP * SECOND },
    load: [
      loadOf({
        closed: { users: [{ at: 0, users: 5 }], think, refusal: 10_000 },
        client: { timeout: 1e12 },
      }),
    ],
    services: [
      serviceOf({
        time: { dist: 'exponential', mean },
        cpuPerRequest: mean,
        concurrency: 1,
        fixed: { replicas: 1, cpu: 1000 },
      }),
    ],
    strategies: [vmPeak()],
  };
  const cells = Array.from({ length: REPLICATIONS }, (_, i) => runCell(scenario, 'vm', i).outcome);
  const throughputs = cells.map(({ counts }) => (counts.served + counts.late) / LENGTH);
  within(throughputs, exact.throughput);
  within(
    cells.map(({ latency }) => (latency.mean ?? 0) / SECOND),
    exact.response,
  );
});

/** Within four standard errors, which are small. */
function within(values: readonly number[], exact: number): void {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const error = Math.sqrt(squares / (values.length - 1) / values.length);
  expect(error / exact).toBeLessThan(0.02);
  expect(Math.abs(mean - exact)).toBeLessThan(4 * error);
}
