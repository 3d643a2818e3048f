import { describe, expect, it } from 'vitest';
import { runCell } from '../../packages/engine/src/run-cell.ts';
import { WORKLOADS } from './workloads.mjs';

const SMALL = 0.01;

describe('the benchmark in small', () => {
  for (const [name, make] of Object.entries(WORKLOADS)) {
    it(`${name} runs, loses no request, and gives the same result twice`, () => {
      const scenario = make(SMALL);
      for (const { name: strategy } of scenario.strategies) {
        const { outcome } = runCell(scenario, strategy, 0);
        const { offered, ...classes } = outcome.counts;
        expect(offered).toBeGreaterThan(1000);
        expect(Object.values(classes).reduce((sum, n) => sum + n, 0)).toBe(offered);
        expect(runCell(scenario, strategy, 0).outcome).toEqual(outcome);
      }
    });
  }

  it('flash-p2c-200 has the quantiles of the C reference: p50 21.2 ms, p95 83.3 ms, p99 147 ms', () => {
    const { latency } = runCell(WORKLOADS['flash-p2c-200'](0.1), 'fleet', 0).outcome;
    expect(latency.p50).toBeCloseTo(21_180, -3);
    expect(Math.abs((latency.p95 ?? 0) / 83_250 - 1)).toBeLessThan(0.03);
    expect(Math.abs((latency.p99 ?? 0) / 147_000 - 1)).toBeLessThan(0.03);
  });
});
