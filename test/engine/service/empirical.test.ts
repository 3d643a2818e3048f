import { expect, test } from 'vitest';
import { empirical } from '../../../packages/engine/src/service/empirical.ts';
import { createLaw } from '../../../packages/engine/src/service/index.ts';
import { mixtureCdf } from '../../fixtures/distributions.ts';
import { uniformCdf } from '../../fixtures/sample.ts';
import { describeLaw, drawsOf } from './law-contract.ts';

const over = (from: number, to: number) => (x: number) => uniformCdf((x - from) / (to - from));
const BINS = [
  { from: 0, to: 1e5, count: 10 },
  { from: 1e5, to: 2e5, count: 0 },
  { from: 2e5, to: 1e6, count: 30 },
];

describeLaw('empirical', empirical, [
  { spec: { samples: [10, 20, 30, 20] }, mean: 20, cv: Math.sqrt(50) / 20, kurtosis: -1 },
  { spec: { samples: [7] }, mean: 7, cv: 0, kurtosis: 0 },
  {
    spec: { histogram: BINS },
    // ¼ · 50 ms + ¾ · 600 ms; variances 100²/12 and 800²/12 within, 238.16² between.
    mean: 462_500,
    cv: Math.sqrt((0.25 * 1e10 + 0.75 * 64e10) / 12 + 0.1875 * 5.5e5 ** 2) / 462_500,
    kurtosis: -1,
    cdf: mixtureCdf([
      [0.25, over(0, 1e5)],
      [0.75, over(2e5, 1e6)],
    ]),
  },
]);

test.each([
  [{ samples: [1200, 5000, 5000, 90_000, 1_000_000] }],
  [
    {
      histogram: [
        { from: 1200, to: 1200, count: 1 },
        { from: 3000, to: 3000, count: 0 },
        { from: 5000, to: 5000, count: 2 },
        { from: 90_000, to: 90_000, count: 1 },
        { from: 1_000_000, to: 1_000_000, count: 1 },
      ],
    },
  ],
])('draws nothing but the values, each as often as it was measured: %j', (spec) => {
  const values = drawsOf(createLaw({ dist: 'empirical', ...spec }), 'empirical', 50_000);
  const seen = new Map<number, number>();
  for (const value of values) seen.set(value, (seen.get(value) ?? 0) + 1);
  expect([...seen.keys()].sort((a, b) => a - b)).toEqual([1200, 5000, 90_000, 1_000_000]);
  for (const [value, count] of seen) {
    const expected = value === 5000 ? 20_000 : 10_000;
    expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected));
  }
});
