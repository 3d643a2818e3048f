/** What machines cost, where a strategy has several kinds of them. */
import { expect, test } from 'vitest';
import { runCell } from '../../../packages/engine/src/run-cell.ts';
import { kubernetes, loadOf, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';

test('nodes of one type under two plans are two items, together the cost of the nodes', () => {
  const pools = [
    { name: 'base', min: 1, weight: 0 },
    { name: 'cheap', min: 2, weight: 0, billing: 'spot' as const },
  ];
  const strategy = kubernetes({ nodes: { provisioner: 'fixed', pools } });
  const scenario = scenarioOf({
    seconds: 1800,
    load: [loadOf({ rate: 1 })],
    services: [serviceOf()],
    strategies: [strategy],
  });
  const { outcome, series } = runCell(scenario, strategy.name, 0);
  const nodes = outcome.cost.items.filter(({ item }) => item === 'node');
  // Half an hour of one node at 0.20 and of two at 0.08 per hour.
  expect(nodes).toEqual([
    {
      item: 'node',
      type: 'small',
      plan: 'on-demand',
      hours: 0.5,
      perHour: 200_000,
      amount: 100_000,
    },
    { item: 'node', type: 'small', plan: 'spot', hours: 1, perHour: 80_000, amount: 80_000 },
  ]);
  const controlPlane = 50_000;
  expect(outcome.cost.total).toBe(180_000 + controlPlane);
  expect(series.columns.cost.at(-1)).toBe(outcome.cost.total);
  // Three nodes of four cores.
  expect(outcome.utilization.paid).toBe(3 * 4 * 1800);
});
