/** Against values computed with 40 digits (mpmath 1.3). */
import { describe, expect, test } from 'vitest';
import {
  gammaMedian,
  gammaShare,
  logGamma,
} from '../../../packages/engine/src/kernel/gamma-function.ts';

test.each([
  [1e-5, 11.512919692895826],
  [0.3, 1.0957979948180756],
  [1, 0],
  [1.05, -0.02685307250226017],
  [2, 0],
  [7.5, 7.534364236758733],
  [101, 363.73937555556347],
])('ln Γ(%d)', (x, exact) => {
  expect(Math.abs(logGamma(x) - exact)).toBeLessThan(1e-14 * Math.max(1, Math.abs(exact)));
});

describe('P(a, x)', () => {
  test.each([
    [0.0025, 1e-120, 0.501908411621625],
    [0.5, 0.2, 0.4729107431344619],
    [0.5, 3, 0.9856941215645704],
    [1, 1, 0.6321205588285577],
    [4, 4.5, 0.657704044165409],
    [25, 20, 0.15677262182623772],
    [25, 30, 0.8427579727616084],
    [25, 60, 0.9999998904119288],
    [10_000, 9900, 0.15865119219356466],
    [10_000, 10_250, 0.9934821365116574],
  ])('P(%d, %d)', (shape, x, exact) => {
    // The exponent a·ln x − x − ln Γ(a) loses as many digits as it has before the point.
    expect(Math.abs(gammaShare(shape, x) / exact - 1)).toBeLessThan(1e-13 + 2e-15 * shape);
  });

  test('0 and beyond every variate', () => {
    expect(gammaShare(3, 0)).toBe(0);
    expect(gammaShare(3, -1)).toBe(0);
    expect(gammaShare(3, 5000)).toBe(1);
    expect(gammaShare(3, 1e-300)).toBe(0);
  });
});

test.each([
  [0.0025, 2.178773341217278e-121],
  [0.04, 1.7281646839426064e-8],
  [0.5, 0.2274682115597864],
  [1, Math.LN2],
  [2.5, 2.1757300955477636],
  [400, 399.6667160944644],
  [10_000, 9999.666668642047],
])('the median of shape %d', (shape, exact) => {
  expect(Math.abs(gammaMedian(shape) / exact - 1)).toBeLessThan(2e-13 / Math.min(1, shape));
});
