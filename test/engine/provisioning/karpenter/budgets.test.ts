/** Disruption budgets. */
import { expect, test } from 'vitest';
import {
  type Budget,
  budgetsAt,
  disruptionsLeft,
} from '../../../../packages/engine/src/provisioning/karpenter/budgets.ts';

const TENTH: Budget = { nodes: { share: 0.1 } };
const left = (budgets: readonly Budget[], total: number, disrupting = 0, now = 0) =>
  disruptionsLeft(budgets, { total, disrupting }, 'empty', now);

test('10 % of the nodes, rounded up, less those that are going', () => {
  expect([0, 1, 10, 11, 19, 30].map((total) => left([TENTH], total))).toEqual([0, 1, 1, 2, 2, 3]);
  expect(left([TENTH], 30, 2)).toBe(1);
  expect(left([TENTH], 30, 5)).toBe(0);
});

test('the strictest that holds decides; none = no limit', () => {
  const zero: Budget = { nodes: { count: 0 }, from: 100, until: 200 };
  expect(left([TENTH, { nodes: { count: 2 } }], 50)).toBe(2);
  expect([99, 100, 199, 200].map((now) => left([TENTH, zero], 50, 0, now))).toEqual([5, 0, 0, 5]);
  expect(left([], 50)).toBe(Number.POSITIVE_INFINITY);
  expect(budgetsAt([TENTH, zero], 150)).toEqual([0, 1]);
  expect(budgetsAt([TENTH, zero], 200)).toEqual([0]);
});

test('a budget with reasons holds for these', () => {
  const drains: Budget = { nodes: { count: 0 }, reasons: ['underutilized'] };
  const counts = { total: 50, disrupting: 0 };
  expect(disruptionsLeft([TENTH, drains], counts, 'empty', 0)).toBe(5);
  expect(disruptionsLeft([TENTH, drains], counts, 'underutilized', 0)).toBe(0);
});
