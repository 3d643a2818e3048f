/** The sampled requests of a run, through the public pipeline. */
import { describe, expect, test } from 'vitest';
import { digestCell } from '../../../packages/engine/src/digest.ts';
import type { RequestTrace } from '../../../packages/engine/src/outcome.ts';
import { runCell } from '../../../packages/engine/src/run-cell.ts';
import { loadOf, SECOND, scenarioOf, serviceOf, vmPeak } from '../../fixtures/scenario.ts';

const SERVICE = serviceOf({
  name: 'app',
  time: { dist: 'exponential', mean: 100_000 },
  concurrency: 2,
  queue: { limit: 20 },
});

/** One VM for twice the load that it carries. */
function run(changes: Parameters<typeof scenarioOf>[0] = {}, path: 'general' | 'auto' = 'auto') {
  const scenario = scenarioOf({
    seconds: 60,
    load: [loadOf({ rate: 40, route: { app: 1 }, client: { timeout: SECOND } })],
    services: [SERVICE],
    strategies: [vmPeak({ name: 'vms', count: 1, vm: { type: 'small', reservedCpu: 3000 } })],
    baseline: 'vms',
    objectives: { latency: 300_000, attainment: 0.99 },
    ...changes,
  });
  return { cell: runCell(scenario, 'vms', 0, undefined, { path }), scenario };
}

const of = (traces: readonly RequestTrace[], fate: RequestTrace['outcome']) =>
  traces.filter(({ outcome }) => outcome === fate);

describe('the sampled requests of a run', () => {
  const { cell, scenario } = run();
  const traces = cell.requests.app ?? [];

  test('are 64, in order of arrival, and all arrived within the run', () => {
    expect(Object.keys(cell.requests)).toEqual(['app']);
    expect(traces).toHaveLength(64);
    const arrivals = traces.map(({ arrival }) => arrival);
    expect(arrivals).toEqual(arrivals.toSorted((a, b) => a - b));
    expect(arrivals[0]).toBeGreaterThanOrEqual(0);
    expect(arrivals.at(-1)).toBeLessThan(scenario.clock.duration);
  });

  test('say how long each waited and when it was answered', () => {
    const answered = [...of(traces, 'served'), ...of(traces, 'late')];
    expect(answered.length).toBeGreaterThan(5);
    for (const { wait, service, latency, pod, started, outcome } of answered) {
      expect(latency).toBe((wait as number) + service);
      expect({ pod, started }).toEqual({ pod: 0, started: true });
      expect(outcome).toBe((latency as number) <= 300_000 ? 'served' : 'late');
    }
  });

  test('tell who gave up in the queue from who did in service', () => {
    const gaveUp = of(traces, 'timedOut');
    expect(gaveUp.length).toBeGreaterThan(5);
    for (const { wait, latency, started } of gaveUp) {
      expect(latency).toBe(SECOND);
      if (started) expect(wait).toBeLessThan(SECOND);
      else expect(wait).toBe(SECOND);
    }
    expect(new Set(gaveUp.map(({ started }) => started)).size).toBe(2);
  });

  test('of a refused one nothing but its arrival and its work is known', () => {
    const refused = run({ services: [{ ...SERVICE, queue: { limit: 0 } }] }).cell.requests.app;
    const found = of(refused ?? [], 'rejected');
    expect(found.length).toBeGreaterThan(5);
    for (const trace of found) {
      expect(trace).toMatchObject({ wait: null, started: false, latency: 0, pod: null });
      expect(trace.service).toBeGreaterThan(0);
    }
  });

  test('those in the system at the end have no latency, and have waited until then', () => {
    // All that arrive in the last second, so that every request in flight is in the sample.
    const { cell: short, scenario: last } = run({ seconds: 1 });
    const flying = of(short.requests.app ?? [], 'inFlight');
    expect(short.requests.app).toHaveLength(short.outcome.counts.offered);
    expect(flying).toHaveLength(short.outcome.counts.inFlight);
    expect(flying.some(({ started }) => !started)).toBe(true);
    for (const { arrival, wait, latency, started } of flying) {
      expect(latency).toBeNull();
      if (!started) expect(wait).toBe(last.clock.duration - arrival);
    }
  });

  test('where there is room for all of them, their fates are the counts', () => {
    const { cell: short } = run({ seconds: 1 });
    const { counts } = short.outcome;
    for (const fate of ['served', 'late', 'timedOut', 'rejected', 'failed', 'inFlight'] as const) {
      expect(of(short.requests.app ?? [], fate), fate).toHaveLength(counts[fate]);
    }
  });

  test('are the same on both paths, and part of the digest', () => {
    const { cell: general } = run({}, 'general');
    expect([cell.flows[0]?.path, general.flows[0]?.path]).toEqual(['fast', 'general']);
    expect(general.requests).toEqual(cell.requests);
    const other = { ...cell, requests: { app: traces.slice(1) } };
    expect(digestCell(general)).toEqual(digestCell(cell));
    expect(digestCell(other).sha256).not.toBe(digestCell(cell).sha256);
  });

  test('the warm-up changes none of them', () => {
    const clock = { ...scenario.clock, warmup: 20 * SECOND };
    expect(run({ clock }).cell.requests).toEqual(cell.requests);
  });
});

test('another strategy meets the same requests', () => {
  const strategies = [1, 3].map((count) => vmPeak({ name: `vms-${count}`, count }));
  const { scenario } = run();
  const [few, many] = strategies.map(({ name }) => {
    const cell = runCell({ ...scenario, strategies, baseline: 'vms-1' }, name, 0);
    return (cell.requests.app ?? []).map(({ arrival, service }) => [arrival, service]);
  });
  expect(few).toHaveLength(64);
  expect(many).toEqual(few);
});

test('a service that no load goes to follows none', () => {
  const db = serviceOf({ name: 'db', fixed: { replicas: 1, cpu: 4000 } });
  const query = { to: 'db', probability: 1, timeout: SECOND, isAsync: false };
  const { cell } = run({ services: [{ ...SERVICE, calls: [[query]] }, db] });
  expect(Object.keys(cell.requests)).toEqual(['app']);
  const [first] = of(cell.requests.app ?? [], 'late');
  // It holds its slot while it waits for the answer.
  expect(first?.latency).toBeGreaterThan((first?.wait as number) + (first?.service as number));
});
