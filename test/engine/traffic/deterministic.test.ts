import { expect, test } from 'vitest';
import { deterministic } from '../../../packages/engine/src/traffic/deterministic.ts';
import { rateCurve } from '../../../packages/engine/src/traffic/rate.ts';
import {
  arrivalsOf,
  constant,
  expectOrder,
  operational,
  VARYING,
  VARYING_END,
} from '../../fixtures/point-process.ts';

const SPEC = { kind: 'deterministic' };

test('equal distances, the first after one of them', () => {
  const times = arrivalsOf(deterministic, SPEC, constant(8, 2));
  expect(times).toEqual(Array.from({ length: 15 }, (_, i) => (i + 1) * 125_000));
});

test('the n-th arrival comes when n requests are due, at any rate', () => {
  const times = arrivalsOf(deterministic, SPEC, rateCurve(VARYING, VARYING_END));
  const due = operational(VARYING, times);
  // The sum over the whole curve is 2000 + 4000 + 2700.
  expect(times.length).toBeGreaterThanOrEqual(8699);
  due.forEach((mass, i) => {
    // Half a µs at 400 requests/s.
    expect(Math.abs(mass - (i + 1))).toBeLessThan(2.1e-4);
  });
});

test('times are in order, and do not depend on the blocks', () => expectOrder(deterministic, SPEC));

test('it does not scatter', () => {
  expect(deterministic.dispersion(SPEC, { rate: 5, window: 1e6 })).toBe(0);
});
