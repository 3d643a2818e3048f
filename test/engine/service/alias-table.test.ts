import { expect, test } from 'vitest';
import { createStream } from '../../../packages/engine/src/kernel/random.ts';
import { createAliasTable, nextItem } from '../../../packages/engine/src/service/alias-table.ts';

/** Probability of each item: its own cells and the rest of those that have it as alias. */
function probabilities(weights: readonly number[]): number[] {
  const { share, alias } = createAliasTable(weights);
  const sums = weights.map(() => 0);
  share.forEach((own, cell) => {
    sums[cell] = (sums[cell] ?? 0) + own / weights.length;
    const other = alias[cell] as number;
    sums[other] = (sums[other] ?? 0) + (1 - own) / weights.length;
  });
  return sums;
}

test.each([
  [[1]],
  [[1, 1, 1]],
  [[0, 5]],
  [[1, 2, 3, 4]],
  [[0.1, 0.2, 0.3, 0.1, 0.3]],
  [[1e-9, 1, 1e9]],
  [Array.from({ length: 1000 }, (_, i) => (i % 7) ** 3)],
])('the table holds the weights %j', (weights) => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  probabilities(weights).forEach((probability, i) => {
    expect(Math.abs(probability - (weights[i] ?? 0) / total)).toBeLessThan(1e-12);
  });
});

test('an item without weight is never drawn', () => {
  const stream = createStream('alias', 0, 'x');
  const table = createAliasTable([0, 1, 0, 2, 0, 0.3, 0]);
  const seen = new Set(Array.from({ length: 10_000 }, () => nextItem(table, stream)));
  expect([...seen].sort()).toEqual([1, 3, 5]);
});
