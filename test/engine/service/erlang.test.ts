import { expect, test } from 'vitest';
import { createStream, nextExponential } from '../../../packages/engine/src/kernel/random.ts';
import { erlang } from '../../../packages/engine/src/service/erlang.ts';
import { gammaCdf } from '../../fixtures/distributions.ts';
import { KS_LIMIT, kolmogorovSmirnov } from '../../fixtures/sample.ts';
import { describeLaw } from './law-contract.ts';

describeLaw('erlang', erlang, [
  { spec: { mean: 1e6, k: 1 }, mean: 1e6, cv: 1, kurtosis: 6, cdf: gammaCdf(1, 1e6) },
  { spec: { mean: 1e6, k: 2 }, mean: 1e6, cv: Math.SQRT1_2, kurtosis: 3, cdf: gammaCdf(2, 5e5) },
  { spec: { mean: 1e6, k: 4 }, mean: 1e6, cv: 0.5, kurtosis: 1.5, cdf: gammaCdf(4, 2.5e5) },
  { spec: { mean: 1e6, k: 100 }, mean: 1e6, cv: 0.1, kurtosis: 0.06, cdf: gammaCdf(100, 1e4) },
]);

test('sums of exponential phases have the distribution that it is held against', () => {
  const stream = createStream('laws', 0, 'phases');
  const sums = Float64Array.from({ length: 100_000 }, () => {
    let sum = 0;
    for (let phase = 0; phase < 4; phase++) sum += nextExponential(stream);
    return sum;
  });
  expect(kolmogorovSmirnov(sums, gammaCdf(4, 1))).toBeLessThan(KS_LIMIT);
});
