/** What holds of every run of the public pipeline, over random scenarios. */
import { describe, expect, test } from 'vitest';
import type { CellResult } from '../../packages/engine/src/cell.ts';
import type { Counts } from '../../packages/engine/src/outcome.ts';
import { type PodsThen, podsThen } from '../../packages/engine/src/report/explain/instant.ts';
import { runCell } from '../../packages/engine/src/run-cell.ts';
import type { Scenario } from '../../packages/engine/src/scenario/scenario.ts';
import fc from '../fixtures/fast-check.ts';
import { scenarios } from '../fixtures/scenario.ts';

const RUNS = 60;

function always(check: (cell: CellResult, scenario: Scenario) => void): void {
  fc.assert(
    fc.property(scenarios, fc.nat({ max: 3 }), (scenario, replication) => {
      for (const { name } of scenario.strategies)
        check(runCell(scenario, name, replication), scenario);
    }),
    { numRuns: RUNS },
  );
}

const CLASSES = [
  'served',
  'late',
  'timedOut',
  'rejected',
  'shed',
  'failed',
  'inFlight',
] as const satisfies readonly (keyof Counts)[];

const sum = (values: readonly (number | null)[]) =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

describe('every request', () => {
  test('is in exactly one class, per service and in total', () => {
    const met = new Set<string>();
    always(({ outcome }) => {
      const services = Object.values(outcome.services).map((service) => service.counts);
      for (const counts of [outcome.counts, ...services]) {
        expect(sum(CLASSES.map((key) => counts[key]))).toBe(counts.offered);
        for (const key of CLASSES) {
          expect(counts[key]).toBeGreaterThanOrEqual(0);
          if (counts[key] > 0) met.add(key);
        }
      }
      for (const key of [...CLASSES, 'offered'] as const) {
        expect(sum(services.map((counts) => counts[key])), key).toBe(outcome.counts[key]);
      }
    });
    // Nothing sheds yet; the rest must have been seen, or this test has seen nothing.
    expect([...met].sort()).toEqual(CLASSES.filter((key) => key !== 'shed').sort());
  });

  test('is in one row of the series', () => {
    always(({ outcome, series }, { clock }) => {
      const { columns } = series;
      const seconds = (series.step * columns.offered.length) / 1e6;
      expect(seconds).toBe(clock.duration / 1e6);
      const total = (values: readonly (number | null)[]) =>
        Math.round(sum(values) * (series.step / 1e6));
      const { counts } = outcome;
      expect({
        offered: total(columns.offered),
        completed: total(columns.completed),
        good: total(columns.good),
        timedOut: total(columns.timedOut),
        rejected: total(columns.rejected),
        failed: total(columns.failed),
      }).toEqual({
        offered: counts.offered,
        completed: counts.served + counts.late,
        good: counts.served,
        timedOut: counts.timedOut,
        rejected: counts.rejected,
        failed: counts.failed,
      });
    });
  });

  test('counts for the attainment once its fate is known', () => {
    always(({ outcome }, { objectives }) => {
      for (const { counts, slo } of [outcome, ...Object.values(outcome.services)]) {
        const decided = counts.offered - counts.inFlight;
        expect(slo.attainment).toBe(decided === 0 ? 1 : counts.served / decided);
        expect(slo.met).toBe(slo.attainment >= objectives.attainment);
      }
    });
  });
});

test('latencies are ordered, and within the objective as far as requests were served', () => {
  always(({ outcome }, { objectives }) => {
    const { counts, latency } = outcome;
    if (counts.served + counts.late === 0) {
      expect(latency).toEqual({
        mean: null,
        p50: null,
        p90: null,
        p95: null,
        p99: null,
        p999: null,
        max: null,
      });
      return;
    }
    const { p50, p90, p95, p99, p999, max } = latency;
    const order = [0, p50, p90, p95, p99, p999, max].map(Number);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    if (counts.late === 0) expect(max).toBeLessThanOrEqual(objectives.latency);
    else expect(max).toBeGreaterThan(objectives.latency);
  });
});

test('the same scenario, strategy and replication give the same JSON, whatever ran in between', () => {
  fc.assert(
    fc.property(scenarios, scenarios, (scenario, other) => {
      for (const { name } of scenario.strategies) {
        const first = JSON.stringify(runCell(scenario, name, 1));
        runCell(other, other.strategies[0].name, 0);
        expect(JSON.stringify(runCell(scenario, name, 1))).toBe(first);
      }
    }),
    { numRuns: 15 },
  );
});

test('a result is plain JSON', () => {
  always((cell) => {
    expect(JSON.parse(JSON.stringify(cell))).toEqual(cell);
  });
});

test('replications meet different requests', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const [a, b] = [0, 1].map((replication) => runCell(scenario, 'vm', replication));
      fc.pre(a.outcome.counts.offered > 100);
      expect(JSON.stringify(a.series)).not.toBe(JSON.stringify(b.series));
    }),
    { numRuns: 10 },
  );
});

describe('cost', () => {
  test('is the sum of its items, and the series ends with it', () => {
    always(({ outcome, series }) => {
      const { total, items, perThousand } = outcome.cost;
      expect(sum(items.map((item) => item.amount))).toBe(total);
      expect(series.columns.cost.at(-1)).toBe(total);
      const costs = series.columns.cost.map(Number);
      expect(costs).toEqual([...costs].sort((a, b) => a - b));
      for (const item of items) {
        expect(Math.abs(item.hours * item.perHour - item.amount)).toBeLessThanOrEqual(0.51);
      }
      const completed = outcome.counts.served + outcome.counts.late;
      expect(perThousand).toBe(completed === 0 ? null : (total * 1000) / completed);
    });
  });

  test('pays for the CPU that is used, and the rows add up to the whole', () => {
    always(({ outcome, series }) => {
      const { used, paid, ratio } = outcome.utilization;
      expect(used).toBeLessThanOrEqual(paid * (1 + 1e-9));
      expect(ratio).toBeCloseTo(paid === 0 ? 0 : used / paid, 12);
      for (const value of series.columns.utilization) {
        expect(value).toBeGreaterThanOrEqual(-1e-9);
        expect(value).toBeLessThanOrEqual(1 + 1e-9);
      }
    });
  });
});

test('VMs sized for the peak are never short of slots', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const { outcome } = runCell(scenario, 'vm', 0);
      expect(outcome.capacity).toEqual({ timeToCapacity: 0, shortfall: 0 });
    }),
    { numRuns: RUNS },
  );
});

test('the states of the pods add up to the pods of the series, row by row', () => {
  let seen = 0;
  always(({ pods, series }) => {
    const services = Object.values(pods);
    if (services.length === 0) return;
    const { replicas, ready } = series.columns;
    replicas.forEach((count, i) => {
      const total = (row: number, of: (then: PodsThen) => number) =>
        sum(services.map((levels) => of(podsThen(levels, row * series.step))));
      const serving = total(i + 1, (then) => then.ready);
      const leaving = total(i + 1, (then) => then.draining);
      const coming = total(i + 1, (then) => then.pending + then.starting);
      // The kubelet looks on whole seconds, where a row ends: who goes then is still in the row.
      const left = Math.max(0, Number(count) - serving - leaving - coming);
      expect(serving + leaving + coming + left).toBe(count);
      expect(left).toBeLessThanOrEqual(total(i, (then) => then.draining));
      // Until its clients know, a pod on its way out is still sent requests.
      expect(ready[i]).toBeGreaterThanOrEqual(serving);
      expect(ready[i]).toBeLessThanOrEqual(serving + leaving + left);
      seen += coming;
    });
  });
  expect(seen).toBeGreaterThan(0);
});

test('every sync of an autoscaler is in one decision', () => {
  always(({ decisions }) => {
    const runs = decisions.filter(({ run }) => run !== undefined);
    runs.forEach(({ at, service, from, to, run }, i) => {
      if (run === undefined) return;
      expect(run.until).toBeGreaterThanOrEqual(at);
      const next = runs.slice(i + 1).find((row) => row.service === service);
      if (next !== undefined) expect(next.at).toBeGreaterThan(run.until);
      if (from !== to) expect(run.syncs).toBe(1);
    });
  });
});

test('decisions are in order, each starts where the last one ended', () => {
  always(({ decisions, outcome }, { clock }) => {
    let last = Number.NEGATIVE_INFINITY;
    const wanted = new Map<string, number>();
    for (const { at, service, from, to, reason } of decisions) {
      expect(at).toBeGreaterThanOrEqual(last);
      expect(at).toBeLessThanOrEqual(clock.duration);
      expect(Object.keys(outcome.services)).toContain(service);
      expect(reason.key).not.toBe('');
      if (wanted.has(service)) expect(from).toBe(wanted.get(service));
      wanted.set(service, to);
      last = at;
    }
  });
});
