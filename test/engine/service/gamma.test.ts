import { describe, expect, test } from 'vitest';
import { GAMMA_QUANTILE_RATIO_MIN, gamma } from '../../../packages/engine/src/service/gamma.ts';
import { gammaCdf } from '../../fixtures/distributions.ts';
import { describeLaw, expectQuantiles } from './law-contract.ts';

describeLaw('gamma', gamma, [
  // Shape ½, below the 1 where the method changes; long times, so that few are rounded up to 1 µs.
  {
    spec: { mean: 1e9, cv: Math.SQRT2 },
    mean: 1e9,
    cv: Math.SQRT2,
    kurtosis: 12,
    cdf: gammaCdf(0.5, 2e9),
  },
  { spec: { mean: 1e6, cv: 1 }, mean: 1e6, cv: 1, kurtosis: 6, cdf: gammaCdf(1, 1e6) },
  {
    spec: { mean: 1e6, cv: Math.sqrt(0.4) },
    mean: 1e6,
    cv: Math.sqrt(0.4),
    kurtosis: 2.4,
    cdf: gammaCdf(2.5, 4e5),
  },
  { spec: { mean: 1e6, cv: 0.2 }, mean: 1e6, cv: 0.2, kurtosis: 0.24, cdf: gammaCdf(25, 4e4) },
]);

describe('from quantiles', () => {
  // Shape and scale by scipy 1.17: root of gamma.ppf(.99, a) / gamma.ppf(.5, a) = p99 ÷ p50.
  test.each([
    [45e3, 220e3, 1.4603772372274288, 39339.54376182173],
    [1e6, 1.1e6, 577.2627484787724, 1733.3141878351225],
    [1e4, 3e6, 0.15111550782645528, 1548579.3816387744],
  ])('%d and %d µs', (p50, p99, shape, scale) => {
    const law = gamma({ p50, p99 });
    expect(Math.abs(law.mean / (shape * scale) - 1)).toBeLessThan(1e-9);
    expect(Math.abs(law.cv * Math.sqrt(shape) - 1)).toBeLessThan(1e-9);
  });

  test('has the quantiles that it is given', () => {
    expectQuantiles('gamma', 45_000, 220_000);
    expectQuantiles('gamma', 1_000_000, 1_100_000);
    expectQuantiles('gamma', 10_000, 3_000_000);
  });

  test('the smallest ratio is that of cv 0.01', () => {
    const at = (ratio: number) => gamma({ p50: 1e6, p99: ratio * 1e6 }).cv;
    expect(at(GAMMA_QUANTILE_RATIO_MIN)).toBeGreaterThan(0.01);
    expect(at(GAMMA_QUANTILE_RATIO_MIN)).toBeLessThan(0.0102);
    expect(at(GAMMA_QUANTILE_RATIO_MIN - 0.001)).toBeCloseTo(0.01, 9);
  });
});
