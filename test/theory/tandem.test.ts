/**
 * A tandem of four stations through the public pipeline: a front that has room for all requests
 * calls the stations in turn, each a service of fixed size. Jackson and Burke: the sojourns are
 * independent exponentials.
 */
import { expect, test } from 'vitest';
import { runCell } from '../../packages/engine/src/index.ts';
import type { Service } from '../../packages/engine/src/scenario/scenario.ts';
import { type Truth, truthsOf } from '../engine/queueing/truths.ts';
import { loadOf, scenarioOf, serviceOf, vmPeak } from '../fixtures/scenario.ts';
import { sumsOf } from './replications.ts';

const SECOND = 1e6;
const REPLICATIONS = 30;
/** The slowest station forgets its start within 1 ÷ (√55 − √50)² = 8 s, roughly. */
const WARM_UP = 100;
const LENGTH = 800;

const fixed = { replicas: 1, cpu: 1000 };
const everyone = { limit: 100_000 };

function station(name: string, rate: number): Service {
  const mean = SECOND / rate;
  const time = { dist: 'exponential', mean } as const;
  return serviceOf({ name, time, cpuPerRequest: mean, concurrency: 1, queue: everyone, fixed });
}

test('tandem-4st', () => {
  const [exact] = truthsOf('tandem of M/M/1 FCFS stations (Jackson/Burke)') as [Truth];
  const { mus, lambda_: rate } = exact.params as { mus: number[]; lambda_: number };
  const stations = mus.map((mu, i) => station(`station-${i}`, mu));
  // 1 µs of work of its own: the least there is.
  const front = serviceOf({
    name: 'front',
    time: { dist: 'deterministic', mean: 1 },
    cpuPerRequest: 1,
    concurrency: 4096,
    queue: everyone,
    fixed,
    calls: stations.map(({ name }) => [{ to: name, isAsync: false, probability: 1 }]),
  });
  const base = scenarioOf({ seed: 'tandem-4st', seconds: WARM_UP + LENGTH });
  const scenario = {
    ...base,
    clock: { ...base.clock, warmup: WARM_UP * SECOND },
    load: [loadOf({ rate, route: { front: 1 }, client: { timeout: 1e12 } })],
    services: [front, ...stations],
    strategies: [vmPeak()],
  };
  const columns = new Map<string, number[]>();
  const add = (name: string, value: number | null | undefined) =>
    columns.set(name, [...(columns.get(name) ?? []), (value ?? Number.NaN) / SECOND]);
  for (let replication = 0; replication < REPLICATIONS; replication++) {
    const { outcome } = runCell(scenario, 'vm', replication);
    add('W', outcome.latency.mean);
    for (const p of ['p50', 'p90', 'p95', 'p99'] as const) add(p, outcome.latency[p]);
    for (const [i, { name }] of stations.entries()) {
      add(`station ${i}`, outcome.services[name].latency.mean);
    }
    expect(outcome.counts.served + outcome.counts.late + outcome.counts.inFlight).toBe(
      outcome.counts.offered,
    );
  }
  const { W, sojournQuantiles, meanPerStation } = exact.results as unknown as {
    W: number;
    sojournQuantiles: Record<string, number>;
    meanPerStation: number[];
  };
  const truths: [string, number, number][] = [
    ['W', W, 0.001],
    ...['p50', 'p90', 'p95', 'p99'].map((p): [string, number, number] => [
      p,
      sojournQuantiles[p],
      0.004,
    ]),
    ...meanPerStation.map((mean, i): [string, number, number] => [`station ${i}`, mean, 0.001]),
  ];
  for (const [name, truth, slack] of truths) {
    const { mean, standardError } = sumsOf(columns.get(name) as number[]);
    expect(standardError, `${name}: standard error`).toBeLessThan(0.04 * truth);
    const allowed = 4 * standardError + slack * truth;
    expect(Math.abs(mean - truth), `${name}: ${mean} against ${truth}`).toBeLessThan(allowed);
  }
});
