/** Nodes that stood ready and were taken away before the sale. */
import { expect, test } from 'vitest';
import type { NodeDecisionRow, StrategyResult } from '../../../packages/engine/src/outcome.ts';
import { consolidatedNodes } from '../../../packages/engine/src/traps/consolidated-nodes.ts';

const row = (at: number, from: number, to: number, key: string): NodeDecisionRow => ({
  at: at * 1e6,
  pool: 'nodes',
  from,
  to,
  reason: { key, params: {} },
});

/** Rows of 10 s; the peak is in the fourth. */
const result = (nodeDecisions: readonly NodeDecisionRow[]) =>
  ({
    name: 'pods',
    nodeDecisions,
    series: { step: 10e6, columns: { offered: [5, 5, 80, 300, 90, 5] } },
  }) as unknown as StrategyResult;

const [FIRST, SECOND] = [
  row(15, 5, 4, 'karpenter.emptiness'),
  row(30, 4, 2, 'karpenter.emptiness'),
];
const ORDER = row(38, 2, 5, 'karpenter.claimed');

test('told when nodes had to be ordered again', () => {
  expect(consolidatedNodes(result([FIRST, SECOND, ORDER]))).toEqual({
    key: 'trap.consolidated-nodes',
    params: { strategy: 'pods', removed: 3, from: 15e6, until: 30e6, ordered: 3, at: 38e6 },
  });
});

test('not when nobody missed them, or they went after the peak, or had pods', () => {
  expect(consolidatedNodes(result([FIRST, SECOND]))).toBeNull();
  expect(consolidatedNodes(result([row(2, 1, 2, 'karpenter.claimed'), SECOND]))).toBeNull();
  const late = row(45, 5, 4, 'karpenter.emptiness');
  expect(consolidatedNodes(result([late, row(50, 4, 5, 'karpenter.claimed')]))).toBeNull();
  const drained = row(15, 5, 4, 'karpenter.single-node');
  expect(consolidatedNodes(result([drained, ORDER]))).toBeNull();
});
