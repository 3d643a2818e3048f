import { expect, test } from 'vitest';
import type { NodeDecisionRow } from '../../../packages/engine/src/outcome.ts';
import {
  explainNodes,
  nodeDecisionsBetween,
} from '../../../packages/engine/src/report/explain/nodes.ts';

const MINUTE = 60e6;
// 2026-01-01T07:45:00+08:00
const clock = { start: 1_767_224_700e6, utcOffset: 480, duration: 60 * MINUTE };

const rows: readonly NodeDecisionRow[] = [
  {
    at: 0,
    pool: 'base',
    from: 2,
    to: 5,
    reason: {
      key: 'nodes.scale-up',
      params: { pods: 9, waiting: 10, age: 3e6, expander: 'least-waste' },
    },
  },
  {
    at: 2 * MINUTE,
    until: 7 * MINUTE,
    pool: null,
    from: 5,
    to: 5,
    reason: { key: 'nodes.backed-off', params: { waiting: 1, until: 8 * MINUTE } },
  },
];

test('what came and why, in both languages', () => {
  const [came, held] = rows.map((row) => explainNodes(row, { locale: 'en', clock }));
  expect(came).toEqual({
    time: '07:45:00',
    pool: 'base',
    nodes: '2 → 5',
    text: '10 pods have found no node, the oldest for 3 s: these nodes take 9.',
  });
  expect(held).toMatchObject({ time: '07:47:00 – 07:52:00', pool: 'all pools', nodes: '5' });
  expect(held.text).toBe(
    '1 pod has found no node; the pools that may grow failed to and are left alone until 07:53:00.',
  );
  expect(explainNodes(rows[1], { locale: 'zh-CN', clock }).pool).toBe('所有节点池');
});

test('of a period: what was done in it, and what lasted into it', () => {
  expect(nodeDecisionsBetween(rows, 0, MINUTE)).toEqual([rows[0]]);
  expect(nodeDecisionsBetween(rows, 5 * MINUTE, 6 * MINUTE)).toEqual([rows[1]]);
  expect(nodeDecisionsBetween(rows, 8 * MINUTE, 9 * MINUTE)).toEqual([]);
});
