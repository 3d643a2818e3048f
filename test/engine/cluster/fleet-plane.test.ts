import { expect, test } from 'vitest';
import { runCell } from '../../../packages/engine/src/run-cell.ts';
import { loadOf, SECOND, scenarioOf, serviceOf, vmPeak } from '../../fixtures/scenario.ts';

const scenario = scenarioOf({
  seconds: 100,
  load: [loadOf({ rate: 50 }), loadOf({ name: 'more', rate: 20, route: { shop: 1 } })],
  services: [serviceOf(), serviceOf({ name: 'shop' })],
  strategies: [vmPeak({ count: 3 })],
});

test('every VM of every service runs and is paid for from start to end', () => {
  const { outcome, series } = runCell(scenario, 'vm', 0);
  expect(outcome.peak).toEqual({ replicas: 6, machines: 6 });
  for (const column of ['desired', 'replicas', 'ready', 'machines'] as const) {
    expect(new Set(series.columns[column]), column).toEqual(new Set([6]));
  }
  expect(outcome.cost.items).toEqual([
    {
      item: 'vm',
      type: 'small',
      plan: 'on-demand',
      hours: (6 * 100) / 3600,
      perHour: 200_000,
      amount: Math.round((6 * 100 * 200_000) / 3600),
    },
  ]);
  expect(outcome.utilization.paid).toBeCloseTo(6 * 100 * 4, 9);
});

test('it decides once, at the start', () => {
  const { decisions } = runCell(scenario, 'vm', 0);
  expect(decisions).toEqual(
    ['app', 'shop'].map((service) => ({
      at: 0,
      service,
      from: 3,
      to: 3,
      reason: { key: 'vm.initial', params: { vms: 3 } },
    })),
  );
});

test('CPU used is the work done: requests × CPU per request', () => {
  const { outcome } = runCell(scenario, 'vm', 0);
  const completed = outcome.counts.served + outcome.counts.late;
  expect(completed).toBeGreaterThan(6000);
  // The mean service time of the requests met is within 3 % of the law's.
  expect(outcome.utilization.used / (completed * 0.012)).toBeCloseTo(1, 1);
  expect(outcome.utilization.ratio).toBe(outcome.utilization.used / outcome.utilization.paid);
});

test('halves of a horizon cost together what the whole costs', () => {
  for (const billing of ['on-demand', 'reserved-1y', 'spot']) {
    const cost = (seconds: number) => {
      const { clock } = scenario;
      const strategies = [vmPeak({ count: 3, billing })];
      const cut = { ...scenario, strategies, clock: { ...clock, duration: seconds * SECOND } };
      return runCell(cut, 'vm', 0).outcome.cost.total;
    };
    // Each of the two is rounded to a micro-unit.
    expect(Math.abs(2 * cost(180) - cost(360))).toBeLessThanOrEqual(1);
  }
});
