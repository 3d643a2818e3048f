import { expect, test } from 'vitest';
import { createLaw } from '../../../packages/engine/src/service/index.ts';
import { mixture } from '../../../packages/engine/src/service/mixture.ts';
import { excessKurtosis, gammaCdf, mixtureCdf } from '../../fixtures/distributions.ts';
import { exponentialCdf } from '../../fixtures/sample.ts';
import { describeLaw, drawsOf } from './law-contract.ts';

// Exponential of 10 ms (90 %) and Erlang-2 of 1 s (10 %); E[X²], E[X³], E[X⁴] of the second are
// 3/2, 3 and 15/2.
const M1 = 0.9 * 1e4 + 0.1 * 1e6;
const M2 = 0.9 * 2 * 1e8 + 0.1 * 1.5 * 1e12;
const M3 = 0.9 * 6 * 1e12 + 0.1 * 3 * 1e18;
const M4 = 0.9 * 24 * 1e16 + 0.1 * 7.5 * 1e24;

describeLaw('mixture', mixture, [
  {
    spec: {
      parts: [
        { weight: 9, dist: 'exponential', mean: 1e4 },
        { weight: 1, dist: 'erlang', mean: 1e6, k: 2 },
      ],
    },
    mean: M1,
    cv: Math.sqrt(M2 / (M1 * M1) - 1),
    kurtosis: excessKurtosis(M1, M2, M3, M4),
    cdf: mixtureCdf([
      [0.9, (x) => exponentialCdf(x / 1e4)],
      [0.1, gammaCdf(2, 5e5)],
    ]),
  },
  { spec: { parts: [{ weight: 0.2, dist: 'deterministic', mean: 5 }] }, mean: 5, cv: 0 },
]);

test('a part without weight is never drawn', () => {
  const parts = [0, 3, 0, 1].map((weight, i) => ({ weight, dist: 'deterministic', mean: i + 1 }));
  const values = drawsOf(createLaw({ dist: 'mixture', parts }), 'weights', 40_000);
  const count = (mean: number) => values.reduce((sum, x) => sum + (x === mean ? 1 : 0), 0);
  expect(count(2) + count(4)).toBe(40_000);
  expect(Math.abs(count(4) - 10_000)).toBeLessThan(4 * Math.sqrt(7500));
});
