import { exponential } from '../../../packages/engine/src/service/exponential.ts';
import { exponentialCdf } from '../../fixtures/sample.ts';
import { describeLaw } from './law-contract.ts';

describeLaw('exponential', exponential, [
  {
    spec: { mean: 50_000 },
    mean: 50_000,
    cv: 1,
    kurtosis: 6,
    cdf: (x) => exponentialCdf(x / 50_000),
  },
]);
