/** Waits, queue lengths and the warm-up, through the public pipeline. */
import { describe, expect, it, test } from 'vitest';
import type { CellResult } from '../../packages/engine/src/cell.ts';
import { runCell } from '../../packages/engine/src/run-cell.ts';
import { loadOf, SECOND, scenarioOf, serviceOf, vmPeak } from '../fixtures/scenario.ts';

const SECONDS = 200;

/** One VM with few slots: some wait, none is lost. */
function run(warmup: number): CellResult {
  const scenario = scenarioOf({
    seconds: SECONDS,
    load: [loadOf({ rate: 80, client: { timeout: 60 * SECOND } })],
    services: [
      serviceOf({
        time: { dist: 'exponential', mean: 20_000 },
        concurrency: 2,
        queue: { limit: 10_000 },
      }),
    ],
    strategies: [vmPeak({ name: 'vms', count: 1, vm: { type: 'small', reservedCpu: 3000 } })],
    baseline: 'vms',
  });
  const clock = { ...scenario.clock, warmup: Math.round(warmup * SECOND) };
  return runCell({ ...scenario, clock }, 'vms', 0);
}

const sum = (values: readonly (number | null)[]) =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

describe('without a warm-up', () => {
  const { outcome, series } = run(0);

  it('Little’s law ties the mean wait to the mean queue', () => {
    const { counts, wait, latency, queue } = outcome;
    expect(counts.served + counts.late + counts.inFlight).toBe(counts.offered);
    // Those still in the system at the end have been in it, and are in no mean.
    const rate = counts.offered / (SECONDS * SECOND);
    expect(Math.abs(queue.meanLength / (rate * (wait.mean as number)) - 1)).toBeLessThan(0.01);
    expect(Math.abs(queue.meanInSystem / (rate * (latency.mean as number)) - 1)).toBeLessThan(0.01);
    expect(queue.meanLength).toBeGreaterThan(0.1);
  });

  it('waits are shorter than latencies, quantile by quantile', () => {
    const { wait, latency } = outcome;
    for (const key of ['mean', 'p50', 'p90', 'p95', 'p99', 'p999', 'max'] as const) {
      expect(wait[key] as number, key).toBeLessThanOrEqual(latency[key] as number);
    }
    expect(wait.share).toBeGreaterThan(0.3);
    expect(wait.share).toBeLessThan(0.9);
  });

  it('the last row has the numbers at the end', () => {
    expect(series.columns.inSystem.at(-1)).toBe(outcome.counts.inFlight);
    expect(series.columns.waiting.at(-1)).toBeLessThanOrEqual(outcome.counts.inFlight);
  });

  it('the service says what the whole says', () => {
    const [service] = Object.values(outcome.services);
    expect(service?.wait).toEqual(outcome.wait);
    expect(service?.queue).toEqual(outcome.queue);
  });
});

describe.each([50, 49.25])('a warm-up of %d s', (warmup) => {
  const whole = run(0);
  const { outcome, series } = run(warmup);

  it('changes no row, no cost and no capacity', () => {
    for (const name of ['offered', 'completed', 'good', 'waiting', 'inSystem'] as const) {
      const expected = whole.series.columns[name];
      series.columns[name].forEach((value, row) => {
        expect(value as number, `${name}, row ${row}`).toBeCloseTo(expected[row] as number, 6);
      });
    }
    expect(outcome.cost).toEqual(whole.outcome.cost);
    expect(outcome.utilization).toEqual(whole.outcome.utilization);
    expect(outcome.capacity).toEqual(whole.outcome.capacity);
    expect(outcome.peak).toEqual(whole.outcome.peak);
  });

  it('counts what completes after it', () => {
    const { counts } = outcome;
    const rows = whole.series.columns.completed;
    const after = sum(rows.slice(Math.ceil(warmup)));
    const row = rows[Math.floor(warmup)] as number;
    expect(counts.served + counts.late).toBeGreaterThanOrEqual(after);
    expect(counts.served + counts.late).toBeLessThanOrEqual(after + (warmup % 1 > 0 ? row : 0));
    expect(counts.served + counts.late + counts.inFlight).toBe(counts.offered);
    expect(outcome.latency.mean).not.toBe(whole.outcome.latency.mean);
  });

  it('averages the queue over the time after it', () => {
    const meanOf = (cell: CellResult) => cell.outcome.queue.meanInSystem;
    const before = meanOf(whole) * SECONDS - meanOf({ ...whole, outcome }) * (SECONDS - warmup);
    // Request-seconds of the warm-up alone.
    expect(before / warmup).toBeGreaterThan(0);
    expect(before / warmup).toBeLessThan(10 * meanOf(whole));
  });
});

test('all that is left out gives nothing to count', () => {
  const { outcome } = run(SECONDS - 0.001);
  expect(outcome.counts.offered).toBeLessThan(100);
});
