/** The benchmark in small: the same code as `pnpm bench`, every result checked, nothing timed. */
import { describe, expect, test } from 'vitest';
import * as engine from '../../packages/engine/src/index.ts';
import * as hpa from '../../packages/engine/src/scaling/hpa.ts';
import * as hpaMemory from '../../packages/engine/src/scaling/hpa-memory.ts';
import * as hpaObservation from '../../packages/engine/src/scaling/hpa-observation.ts';
import { dayStairs, dayWindow, SALE, saleCounts } from './curves.mjs';
import { DECIDE, DECIDE_CALLS, PARTS } from './decide.mjs';
import { checkGates, statsOf, verdictOf } from './gates.mjs';
import { PIPELINES } from './implementations.mjs';
import { hashOf, measurePipeline } from './measure.mjs';
import { PROGRAMS } from './references.mjs';
import { PATIENCE, stretchedSale, WORKLOADS } from './workloads.mjs';

type Workload = keyof typeof WORKLOADS;
const NAMES = Object.keys(WORKLOADS) as Workload[];
/** The day holds more requests per second than the others: a smaller part of it will do. */
const small = (name: Workload) => (name === 'elastic-day' ? 0.001 : 0.01);
const implementations = Object.keys(PIPELINES);

describe('workloads', () => {
  const hashes = new Map<string, string>();

  test.each(
    NAMES.flatMap((workload) =>
      implementations.map((implementation) => [workload, implementation] as const),
    ),
  )('%s, %s: passes its gates, and comes to the same twice', async (workload, implementation) => {
    const size = small(workload);
    const job = { workload, implementation, size };
    const first = await measurePipeline(engine, job);
    expect(first.requests).toBeGreaterThan(10_000);
    expect((await measurePipeline(engine, job)).hash).toBe(first.hash);
    // Whatever computes a workload comes to the same.
    expect(first.hash).toBe(hashes.get(workload) ?? first.hash);
    hashes.set(workload, first.hash);
    const checked = checkGates(WORKLOADS[workload].gates, first.stats, {
      size,
      patience: PATIENCE,
    });
    expect(checked.filter(({ verdict }) => verdict === 'FAIL')).toEqual([]);
  });

  test('different workloads have different hashes', () => {
    expect(new Set(hashes.values()).size).toBe(NAMES.length);
  });

  test.each(NAMES)('%s compares with programs that exist', (name) => {
    const { against, references } = WORKLOADS[name];
    for (const program of [...Object.values(against), ...references]) {
      expect(Object.keys(PROGRAMS)).toContain(program);
    }
  });

  test('the hash sees every outcome, series and decision', () => {
    const scenario = WORKLOADS['mm1-90'].scenario(0.001);
    const cell = engine.runCell(scenario, 'fleet', 0);
    const hash = hashOf(engine, [cell]);
    expect(hash).toMatch(/^[0-9a-f]{12}$/);
    expect(hashOf(engine, [{ ...cell, decisions: [] }])).not.toBe(hash);
    expect(hashOf(engine, [cell, cell])).not.toBe(hash);
  });
});

describe('curves', () => {
  const sum = (counts: readonly number[]) => counts.reduce((total, n) => total + n, 0);

  test('the sale has the requests that its stretching counts with', () => {
    expect(sum(saleCounts(SALE.slices)) / SALE.expected).toBeCloseTo(1, 3);
    const [load] = stretchedSale(1e6).load;
    expect(sum(load?.trace?.counts ?? []) / 1e6).toBeCloseTo(1, 3);
    expect(load?.trace?.counts).toHaveLength(SALE.slices);
  });

  test('the day is whole at size 1 and always has the opening of its sale', () => {
    expect(dayWindow(1)).toEqual({ from: 0, until: 86_400 });
    for (const size of [0.5, 0.1, 0.001]) {
      const { from, until } = dayWindow(size);
      expect(from % 15).toBe(0);
      expect(from).toBeLessThan(72_000);
      expect(until).toBeGreaterThan(72_010);
    }
  });

  test('the stairs rise to 120 pods five minutes before the sale and fall half an hour after', () => {
    const stairs = dayStairs(dayWindow(1));
    expect(stairs[0]).toEqual({ at: 0, pods: 4 });
    expect(stairs.find(({ pods }) => pods === 120)?.at).toBe(71_700);
    const after = stairs.findIndex(({ pods }) => pods === 120) + 1;
    expect(stairs[after]?.at).toBe(73_800);
    expect(stairs.every(({ pods }, i) => pods !== stairs[i - 1]?.pods)).toBe(true);
  });

  test('pods take the stairs of the day', () => {
    const size = 0.002;
    const scenario = WORKLOADS['elastic-day'].scenario(size);
    const { series, outcome } = engine.runCell(scenario, 'staircase', 0);
    expect(outcome.peak.replicas).toBe(120);
    const { ready } = series.columns;
    const stairs = dayStairs(dayWindow(size));
    const podsAt = (second: number) => stairs.findLast(({ at }) => at <= second)?.pods;
    // A stair is taken within the second after it.
    ready.forEach((pods, row) => {
      const end = ((row + 1) * series.step) / 1e6;
      expect([podsAt(end), podsAt(end - 2)]).toContain(pods);
    });
  });
});

describe('gates', () => {
  const gates = [
    { measure: 'p50', low: 9, high: 11 },
    { measure: 'timedOut', low: 5, high: 7, fullSize: true },
    { measure: 'mean', low: 1, high: 2, patience: true },
  ];
  const verdicts = (stats: object, size = 1, patience = true) =>
    checkGates(gates, stats, { size, patience }).map(({ verdict }) => verdict);

  test('a wrong value fails, a missing one is not judged', () => {
    expect(verdicts({ p50: 10, timedOut: 6, mean: 1 })).toEqual(['ok', 'ok', 'ok']);
    expect(verdicts({ p50: 11.1, timedOut: 4, mean: null })).toEqual(['FAIL', 'FAIL', '-']);
    expect(verdicts({ p50: 8.9 })).toEqual(['FAIL', '-', '-']);
  });

  test('a part of a run has wider gates, or none', () => {
    expect(verdicts({ p50: 11.9, timedOut: 0, mean: 1 }, 0.25)).toEqual(['ok', '-', 'ok']);
    expect(verdicts({ p50: 12.1 }, 0.25)).toEqual(['FAIL', '-', '-']);
  });

  test('without patience its gates are not judged', () => {
    expect(verdicts({ p50: 10, timedOut: 6, mean: 9 }, 1, false)).toEqual(['ok', 'ok', '-']);
  });

  test('one failure decides', () => {
    const judged = (stats: object) =>
      verdictOf(checkGates(gates, stats, { size: 1, patience: true }));
    expect(judged({ p50: 10, timedOut: 6 })).toBe('ok');
    expect(judged({ p50: 10, timedOut: 60 })).toBe('FAIL');
    expect(judged({})).toBe('-');
  });

  test('a workload whose service is a fifth slower does not pass', () => {
    const scenario = WORKLOADS['flash-p2c-200'].scenario(0.02);
    const [service] = scenario.services;
    const slow = { ...service, time: { ...service.time, mean: service.time.mean * 1.2 } };
    const { outcome } = engine.runCell({ ...scenario, services: [slow] }, 'fleet', 0);
    const { gates: own, unit } = WORKLOADS['flash-p2c-200'];
    const checked = checkGates(own, statsOf(outcome, unit), { size: 0.02, patience: PATIENCE });
    expect(verdictOf(checked)).toBe('FAIL');
  });
});

describe('decisions of the HPA', () => {
  const parts = { ...hpa, ...hpaMemory, ...hpaObservation };

  test('their parts are those that a measurement imports', () => {
    const files = PARTS.map((path) => path.replace('scaling/', ''));
    expect(files).toEqual(['hpa', 'hpa-memory', 'hpa-observation']);
  });

  test.each([
    ['hpa-decide-500x2', 500],
    ['hpa-decide-steady', 10],
  ] as const)('%s: nothing changes, every time', (name, replicas) => {
    expect(DECIDE_CALLS[name]).toBeGreaterThan(1000);
    const run = DECIDE[name](parts);
    expect(run(50).desired).toBe(50 * replicas);
    expect(run(50)).toEqual(run(50));
    expect(run(50).reason?.key).toContain('tolerance');
  });
});
