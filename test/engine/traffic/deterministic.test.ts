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

test('a request that is due when a silence begins comes then, before a ramp from 0', () => {
  const stages = [
    { duration: 2e6, rate: 0, endRate: 4 },
    { duration: 1e6, rate: 0, endRate: 0 },
    { duration: 4e6, rate: 0, endRate: 2 },
  ];
  // Λ(t) = t² within the ramp: 4 at its end, exactly; then 4 + (t − 3)² ÷ 4.
  const [a, b, c, d, ...later] = arrivalsOf(deterministic, SPEC, rateCurve(stages, 7e6));
  expect([a, b, c, d]).toEqual([1, 2, 3, 4].map((n) => Math.round(Math.sqrt(n) * 1e6)));
  expect(later).toEqual([1, 2, 3].map((n) => Math.round((3 + Math.sqrt(4 * n)) * 1e6)));
  // Without a silence between them the ramp begins with a request.
  const [first, , ramp] = [stages[0], stages[1], stages[2]];
  const joined = arrivalsOf(deterministic, SPEC, rateCurve([first, ramp], 6e6));
  expect(joined.slice(3)).toEqual(
    [2, 4, 2 + Math.sqrt(8), 2 + Math.sqrt(12)].map((t) => Math.round(t * 1e6)),
  );
});

test('times are in order, and do not depend on the blocks', () => expectOrder(deterministic, SPEC));

test('it does not scatter', () => {
  expect(deterministic.dispersion(SPEC, { rate: 5, window: 1e6 })).toBe(0);
});
