import { describe, expect, test } from 'vitest';
import { weibull } from '../../../packages/engine/src/service/weibull.ts';
import { excessKurtosis, weibullCdf } from '../../fixtures/distributions.ts';
import { describeLaw, expectQuantiles } from './law-contract.ts';

// Shape ½: E[Xⁿ] = scaleⁿ Γ(1 + 2n) = scaleⁿ (2n)!, so mean 2, cv √5.
const LONG_TAIL = excessKurtosis(2, 24, 720, 40_320);
// Shape 2 is Rayleigh's law: mean √π ÷ 2, E[X²] = 1, E[X³] = ¾√π, E[X⁴] = 2.
const ROOT_PI = Math.sqrt(Math.PI);
const RAYLEIGH = excessKurtosis(ROOT_PI / 2, 1, 0.75 * ROOT_PI, 2);
const RAYLEIGH_CV = Math.sqrt(4 / Math.PI - 1);
/** A law of p50 200 ms and p99 1.5 s. */
const SHAPE = Math.log(Math.log(100) / Math.LN2) / Math.log(7.5);

describeLaw('weibull', weibull, [
  {
    spec: { mean: 1e9, cv: Math.sqrt(5) },
    mean: 1e9,
    cv: Math.sqrt(5),
    kurtosis: LONG_TAIL,
    cdf: weibullCdf(0.5, 5e8),
  },
  { spec: { mean: 1e6, cv: 1 }, mean: 1e6, cv: 1, kurtosis: 6, cdf: weibullCdf(1, 1e6) },
  {
    spec: { mean: 1e6, cv: RAYLEIGH_CV },
    mean: 1e6,
    cv: RAYLEIGH_CV,
    kurtosis: RAYLEIGH,
    cdf: weibullCdf(2, 2e6 / ROOT_PI),
  },
]);

describe('the shape is solved', () => {
  // By scipy 1.17 from cv² = Γ(1 + 2/k) ÷ Γ(1 + 1/k)² − 1.
  test.each([
    [0.2, 5.797400065742825],
    [2, 0.5426925612864533],
    [5, 0.31134072842432564],
  ])('cv %d', (cv, shape) => {
    const law = weibull({ mean: 1e9, cv });
    expect(Math.abs(law.cv / cv - 1)).toBeLessThan(1e-9);
    const p50 = 1e9;
    const p99 = 1e9 * (Math.log(100) / Math.LN2) ** (1 / shape);
    expect(Math.abs(weibull({ p50, p99 }).cv / cv - 1)).toBeLessThan(1e-9);
  });

  test.each([0.01, 20])('at the ends of the range, cv %d', (cv) => {
    const law = weibull({ mean: 5e4, cv });
    expect(Math.abs(law.mean / 5e4 - 1)).toBeLessThan(1e-9);
    expect(Math.abs(law.cv / cv - 1)).toBeLessThan(1e-9);
  });

  test('two quantiles have a closed form', () => {
    const law = weibull({ p50: 200_000, p99: 1_500_000 });
    const byMoments = weibull({ mean: law.mean, cv: law.cv });
    const median = weibullCdf(SHAPE, 200_000 / Math.LN2 ** (1 / SHAPE));
    expect(median(200_000)).toBeCloseTo(0.5, 12);
    expect(median(1_500_000)).toBeCloseTo(0.99, 12);
    expect(byMoments.cv).toBeCloseTo(law.cv, 9);
    expectQuantiles('weibull', 200_000, 1_500_000);
  });
});
