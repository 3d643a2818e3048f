import { expect, test } from 'vitest';
import { createLaw } from '../../../packages/engine/src/service/index.ts';
import { UNIFORM_CV_MAX, uniform } from '../../../packages/engine/src/service/uniform.ts';
import { uniformCdf } from '../../fixtures/sample.ts';
import { describeLaw, drawsOf, expectQuantiles } from './law-contract.ts';

const kurtosis = -1.2;
const between = (low: number, high: number) => (x: number) => uniformCdf((x - low) / (high - low));

describeLaw('uniform', uniform, [
  { spec: { mean: 1e6 }, mean: 1e6, cv: 1 / Math.sqrt(3), kurtosis, cdf: between(0, 2e6) },
  {
    spec: { low: 2e5, high: 5e5 },
    mean: 3.5e5,
    cv: 3e5 / Math.sqrt(12) / 3.5e5,
    kurtosis,
    cdf: between(2e5, 5e5),
  },
  {
    spec: { mean: 1e6, cv: 0.1 },
    mean: 1e6,
    cv: 0.1,
    kurtosis,
    cdf: between(1e6 - Math.sqrt(3) * 1e5, 1e6 + Math.sqrt(3) * 1e5),
  },
  { spec: { low: 7, high: 7 }, mean: 7, cv: 0, kurtosis: 0 },
]);

test('has the quantiles that it is given', () => expectQuantiles('uniform', 100_000, 150_000));

test('stays within its bounds, also at the largest cv', () => {
  const values = drawsOf(createLaw({ dist: 'uniform', mean: 500, cv: UNIFORM_CV_MAX }), 'bounds');
  expect(Math.min(...values.subarray(0, 100_000))).toBe(1);
  expect(Math.max(...values.subarray(0, 100_000))).toBe(1000);
});
