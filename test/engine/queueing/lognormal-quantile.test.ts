import { expect, test } from 'vitest';
import {
  lognormalQuantile,
  normalQuantile,
} from '../../../packages/engine/src/queueing/lognormal-quantile.ts';

// NIST/SEMATECH e-Handbook, table of the normal distribution; the far ones: Wichura 1988, AS 241.
test.each([
  [0.5, 0],
  [0.75, 0.6744897501960817],
  [0.9, 1.2815515655446004],
  [0.975, 1.959963984540054],
  [0.995, 2.5758293035489004],
  [0.9999, 3.719016485455709],
  [1e-12, -7.034483825301131],
])('normal quantile at %f', (share, expected) => {
  expect(Math.abs(normalQuantile(share) - expected)).toBeLessThan(2e-6);
});

test('the median of a lognormal is mean ÷ √(1 + cv²), and its 99 % quantile follows', () => {
  expect(lognormalQuantile(3, 1, 0.5)).toBeCloseTo(3 / Math.sqrt(2), 6);
  const sigma = Math.sqrt(Math.log(2));
  expect(lognormalQuantile(3, 1, 0.99)).toBeCloseTo(
    (3 / Math.sqrt(2)) * Math.exp(2.3263478740408408 * sigma),
    4,
  );
});

test('cv 0 is a constant', () => {
  expect(lognormalQuantile(0.06, 0, 0.995)).toBe(0.06);
});
