import { expect, test } from 'vitest';
import { runCell } from '../../packages/engine/src/run-cell.ts';
import { fixedPods, loadOf, scenarioOf } from '../fixtures/scenario.ts';

/** One pod carries 88 requests/s. */
const capacity = (seconds: number, rate: number) => {
  const load = [loadOf({ rate })];
  const scenario = scenarioOf({ seconds, load, strategies: [fixedPods('pods', 1)] });
  return runCell(scenario, 'pods', 0).outcome.capacity;
};

test('a shortfall lasts no longer than the scenario, whose last second may be a part of one', () => {
  expect(capacity(10, 300)).toEqual({ timeToCapacity: null, shortfall: 10e6 });
  expect(capacity(10.5, 300)).toEqual({ timeToCapacity: null, shortfall: 10.5e6 });
});

test('enough slots all the time: none', () => {
  expect(capacity(10.5, 50)).toEqual({ timeToCapacity: 0, shortfall: 0 });
});
