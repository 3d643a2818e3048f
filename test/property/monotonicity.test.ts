/** More capacity is not worse: for each request on one FIFO queue, else on average. */
import { expect, test } from 'vitest';
import {
  createStream,
  indexBelow,
  nextExponential,
  nextInt32,
} from '../../packages/engine/src/kernel/random.ts';
import { runCell } from '../../packages/engine/src/run-cell.ts';
import type { ListedRequest } from '../fixtures/plane.ts';
import { fixedPods, loadOf, scenarioOf, serviceOf, vmPeak } from '../fixtures/scenario.ts';
import { latenciesOf } from './sample-path.ts';

function requestsOf(seed: string, load: number): ListedRequest[] {
  const s = createStream(seed, 0, 'monotonicity');
  let time = 0;
  return Array.from({ length: 1500 }, () => {
    time += 2 + Math.floor((nextExponential(s) * 200) / load);
    const heavy = indexBelow(nextInt32(s), 50) === 0 ? 20 : 1;
    const service = 2 + Math.floor(nextExponential(s) * 200 * heavy);
    return { time, service, source: 0, draw1: nextInt32(s), draw2: nextInt32(s) };
  });
}

test.each([1, 2, 3, 7])('one more slot than %i makes no request slower', (slots) => {
  for (let seed = 0; seed < 25; seed++) {
    // Heavy services bring it close to capacity and beyond.
    const requests = requestsOf(`${slots}/${seed}`, slots * 0.7);
    const fewer = latenciesOf(requests, { slots });
    const more = latenciesOf(requests, { slots: slots + 1 });
    requests.forEach((_, i) => {
      if (more[i] > fewer[i]) expect.fail(`seed ${seed}, request ${i}: ${more[i]} > ${fewer[i]}`);
    });
    expect(more).not.toEqual(fewer);
  }
});

test('a shorter service makes no request on one FIFO queue slower', () => {
  for (let seed = 0; seed < 25; seed++) {
    const requests = requestsOf(String(seed), 1.4);
    const quicker = requests.map((r) => ({
      ...r,
      service: Math.max(2, Math.floor(r.service / 2)),
    }));
    const slow = latenciesOf(requests, { slots: 2 });
    const fast = latenciesOf(quicker, { slots: 2 });
    requests.forEach((_, i) => {
      if (fast[i] > slow[i]) expect.fail(`seed ${seed}, request ${i}: ${fast[i]} > ${slow[i]}`);
    });
  }
});

const SEEDS = Array.from({ length: 30 }, (_, i) => String(i));

/** Mean attainment over the seeds: the same requests for every strategy. */
function attainment(replicas: number, balancer: string): number {
  let sum = 0;
  for (const seed of SEEDS) {
    const scenario = scenarioOf({
      seed,
      seconds: 30,
      load: [loadOf({ rate: 180 })],
      services: [serviceOf({ balancer, queue: { limit: 20 } })],
      strategies: [fixedPods('pods', replicas)],
    });
    sum += runCell(scenario, 'pods', 0).outcome.slo.attainment;
  }
  return sum / SEEDS.length;
}

test.each(['random', 'round-robin', 'power-of-two', 'least-loaded'])(
  '%s: more replicas attain no less on average',
  (balancer) => {
    // One pod has 5 slots, enough for 88 requests/s.
    const shares = [1, 2, 3, 4, 6].map((replicas) => attainment(replicas, balancer));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[0]).toBeLessThan(0.6);
    expect(shares[4]).toBeGreaterThan(0.97);
  },
);

test('more VMs cost more and attain no less on average', () => {
  const results = [1, 2, 4].map((count) => {
    let cost = 0;
    let share = 0;
    for (const seed of SEEDS) {
      const strategies = [vmPeak({ count })];
      const scenario = scenarioOf({ seed, seconds: 20, load: [loadOf({ rate: 400 })], strategies });
      const { outcome } = runCell(scenario, 'vm', 0);
      cost += outcome.cost.total;
      share += outcome.slo.attainment;
    }
    return { cost, share };
  });
  // Each run's cost is rounded to a micro-unit.
  expect(results[1].cost / results[0].cost).toBeCloseTo(2, 2);
  expect(results[2].cost / results[0].cost).toBeCloseTo(4, 2);
  expect(results[1].share).toBeGreaterThan(results[0].share);
  expect(results[2].share).toBeGreaterThanOrEqual(results[1].share);
});
