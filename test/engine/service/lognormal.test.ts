import { test } from 'vitest';
import { lognormal } from '../../../packages/engine/src/service/lognormal.ts';
import { lognormalCdf } from '../../fixtures/distributions.ts';
import { describeLaw, expectQuantiles } from './law-contract.ts';

/** A law of p50 200 ms and p99 1.5 s. */
const SIGMA = Math.log(7.5) / 2.3263478740408408;
const UNIT_CV = lognormalCdf(Math.log(1e6) - Math.LN2 / 2, Math.sqrt(Math.LN2));

describeLaw('lognormal', lognormal, [
  { spec: { mean: 1e6, cv: 1 }, mean: 1e6, cv: 1, cdf: UNIT_CV },
  { spec: { mean: 1e6 }, mean: 1e6, cv: 1, cdf: UNIT_CV },
  {
    spec: { mean: 2e5, cv: 0.2 },
    mean: 2e5,
    cv: 0.2,
    kurtosis: 0.65,
    cdf: lognormalCdf(Math.log(2e5) - Math.log(1.04) / 2, Math.sqrt(Math.log(1.04))),
  },
  {
    spec: { p50: 200_000, p99: 1_500_000 },
    mean: 200_000 * Math.exp((SIGMA * SIGMA) / 2),
    cv: Math.sqrt(Math.expm1(SIGMA * SIGMA)),
    cdf: lognormalCdf(Math.log(200_000), SIGMA),
  },
]);

test('has the quantiles that it is given', () => expectQuantiles('lognormal', 45_000, 220_000));
