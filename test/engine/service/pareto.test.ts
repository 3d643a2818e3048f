import { describe, expect, test } from 'vitest';
import { createLaw } from '../../../packages/engine/src/service/index.ts';
import { PARETO_CUT, pareto } from '../../../packages/engine/src/service/pareto.ts';
import { excessKurtosis, paretoCdf } from '../../fixtures/distributions.ts';
import { describeLaw, drawsOf } from './law-contract.ts';

/** α = 2, u = xm ÷ max: E[X] = 2 ÷ (1 − u²) · (1 − u) · xm, E[X²] = 2 ÷ (1 − u²) · ln(1/u) · xm² */
function cutAtTwo(xm: number, max: number) {
  const u = xm / max;
  const factor = 2 / (1 - u * u);
  const mean = factor * (1 - u) * xm;
  const square = factor * Math.log(1 / u) * xm * xm;
  const third = factor * (1 / u - 1) * xm ** 3;
  const fourth = factor * 0.5 * (1 / u ** 2 - 1) * xm ** 4;
  return {
    mean,
    cv: Math.sqrt(square / (mean * mean) - 1),
    kurtosis: excessKurtosis(mean, square, third, fourth),
    cdf: paretoCdf(2, xm, max),
  };
}

/** α = 1: E[X] = ln(1/u) ÷ (1 − u) · xm, E[X²] = xm · max. */
function cutAtOne(xm: number, max: number) {
  const u = xm / max;
  const mean = (Math.log(1 / u) / (1 - u)) * xm;
  return { mean, cv: Math.sqrt((xm * max) / (mean * mean) - 1), cdf: paretoCdf(1, xm, max) };
}

describeLaw('pareto', pareto, [
  { spec: { alpha: 2, xm: 1e5, max: 1e6 }, ...cutAtTwo(1e5, 1e6) },
  { spec: { alpha: 1, xm: 1e5, max: 1e7 }, ...cutAtOne(1e5, 1e7) },
  { spec: { alpha: 2, xm: 1e5 }, ...cutAtTwo(1e5, 1e5 * PARETO_CUT) },
  // A law that is as good as constant.
  { spec: { alpha: 2, xm: 999_000, max: 1e6 }, ...cutAtTwo(999_000, 1e6) },
]);

describe('mean of the law as cut off', () => {
  test.each([
    [0.3, 1e5, 1e8],
    [1, 1e5, 1e8],
    [1.2, 1e5, 5e6],
    [2, 1e5, 1.5e5],
    [3.5, 1e5, 1e8],
    [60, 1e5, 1e9],
  ])('α %d, mean %d, max %d', (alpha, mean, max) => {
    const law = pareto({ alpha, mean, max });
    expect(Math.abs(law.mean / mean - 1)).toBeLessThan(1e-9);
    const values = drawsOf(law, `pareto ${alpha}`);
    const error = (4 * law.cv * mean) / Math.sqrt(values.length);
    const seen = values.reduce((sum, x) => sum + x, 0) / values.length;
    expect(Math.abs(seen - mean)).toBeLessThan(error);
    expect(values.every((x) => x <= max)).toBe(true);
  });

  test('a cut at 1000 means is not felt at α = 3.5: plain Pareto, xm = mean (α − 1) ÷ α', () => {
    const law = createLaw({ dist: 'pareto', alpha: 3.5, mean: 1e6 });
    const xm = (1e6 * 2.5) / 3.5;
    const plain = createLaw({ dist: 'pareto', alpha: 3.5, xm, max: 1e15 });
    // Plain: cv² = 1 ÷ (α (α − 2)) = 4/21.
    expect(Math.abs(law.cv / Math.sqrt(4 / 21) - 1)).toBeLessThan(1e-4);
    expect(Math.abs(plain.mean / 1e6 - 1)).toBeLessThan(1e-12);
    const [cut, uncut] = [drawsOf(law, 'cut'), drawsOf(plain, 'cut')];
    const farthest = cut.reduce((most, x, i) => Math.max(most, Math.abs(x / uncut[i] - 1)), 0);
    expect(farthest).toBeLessThan(1e-5);
  });
});
