/** Offerings: the cheapest first, those sold out left alone for their time. */
import { expect, test } from 'vitest';
import {
  cheapestFirst,
  onSale,
  withSoldOut,
} from '../../../../packages/engine/src/provisioning/karpenter/offering.ts';
import { LARGE, MEDIUM, MINUTE, SMALL } from './cloud.ts';

test('cheapest first; equal prices keep their order', () => {
  const other = { ...SMALL, zone: 'b' };
  expect(cheapestFirst([LARGE, SMALL, other, MEDIUM])).toEqual([SMALL, other, MEDIUM, LARGE]);
});

test('what was sold out is left alone until then, in its zone and plan alone', () => {
  const other = { ...SMALL, zone: 'b' };
  const soldOut = withSoldOut(new Map(), SMALL, 3 * MINUTE, 0);
  expect(onSale([SMALL, other, LARGE], soldOut, 3 * MINUTE - 1)).toEqual([other, LARGE]);
  expect(onSale([SMALL, other], soldOut, 3 * MINUTE)).toEqual([SMALL, other]);
  // What is over is forgotten when the next comes.
  expect([...withSoldOut(soldOut, LARGE, 9 * MINUTE, 4 * MINUTE).keys()]).toHaveLength(1);
});
