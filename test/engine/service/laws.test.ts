/** The contract of every service-time law, and the distribution of each. */
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../packages/engine/src/kernel/random.ts';
import { LAWS, type LawName } from '../../../packages/engine/src/service/index.ts';
import type { LawSpec } from '../../../packages/engine/src/service/law.ts';
import {
  exponentialCdf,
  KS_LIMIT,
  kolmogorovSmirnov,
  momentsOf,
  normalCdf,
} from '../../fixtures/sample.ts';

const N = 400_000;

interface Case {
  readonly spec: LawSpec;
  readonly mean: number;
  readonly cv: number;
  /** Excess kurtosis, for the error of the variance; absent = the variance is not checked. */
  readonly kurtosis?: number;
  readonly cdf?: (x: number) => number;
}

function lognormalCdf(mu: number, sigma: number): (x: number) => number {
  return (x) => (x <= 0 ? 0 : normalCdf((Math.log(x) - mu) / sigma));
}

/** A law of p50 200 ms and p99 1.5 s. */
const SIGMA = Math.log(7.5) / 2.3263478740408408;
const LN2 = Math.log(2);

const CASES: Record<LawName, readonly Case[]> = {
  exponential: [
    {
      spec: { mean: 50_000 },
      mean: 50_000,
      cv: 1,
      kurtosis: 6,
      cdf: (x) => exponentialCdf(x / 5e4),
    },
  ],
  deterministic: [
    { spec: { mean: 40_000 }, mean: 40_000, cv: 0, kurtosis: 0 },
    { spec: { mean: 0.3 }, mean: 1, cv: 0, kurtosis: 0 },
  ],
  lognormal: [
    {
      spec: { mean: 1e6, cv: 1 },
      mean: 1e6,
      cv: 1,
      cdf: lognormalCdf(Math.log(1e6) - LN2 / 2, Math.sqrt(LN2)),
    },
    {
      spec: { mean: 1e6 },
      mean: 1e6,
      cv: 1,
      cdf: lognormalCdf(Math.log(1e6) - LN2 / 2, Math.sqrt(LN2)),
    },
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
  ],
  empirical: [
    { spec: { samples: [10, 20, 30, 20] }, mean: 20, cv: Math.sqrt(50) / 20, kurtosis: -1 },
    { spec: { samples: [7] }, mean: 7, cv: 0, kurtosis: 0 },
  ],
};

describe.each(
  (Object.keys(LAWS) as LawName[]).flatMap((name) =>
    CASES[name].map((each) => [name, JSON.stringify(each.spec), each] as const),
  ),
)('%s %s', (name, spec, { spec: lawSpec, mean, cv, kurtosis, cdf }) => {
  const law = LAWS[name](lawSpec);
  const values = new Float64Array(N);
  law.fill(createStream('laws', 0, spec), values, 0, N);

  test('states its mean and cv', () => {
    expect(law.mean / mean).toBeCloseTo(1, 9);
    expect(law.cv).toBeCloseTo(cv, 9);
  });

  test('draws whole µs of at least 1, with that mean and cv', () => {
    expect(values.every((x) => Number.isInteger(x) && x >= 1)).toBe(true);
    const seen = momentsOf(values);
    const sd = cv * mean;
    expect(Math.abs(seen.mean - mean)).toBeLessThanOrEqual((4 * sd) / Math.sqrt(N) + 1e-6);
    if (kurtosis === undefined) return;
    const error = 4 * Math.sqrt((kurtosis + 2) / N);
    expect(Math.abs(seen.variance - sd * sd)).toBeLessThanOrEqual(error * sd * sd + 1e-6);
  });

  if (cdf !== undefined) {
    test('draws its distribution', () => {
      expect(kolmogorovSmirnov(values, cdf)).toBeLessThan(KS_LIMIT);
    });
  }

  test('fills where it is told to, and what it draws does not depend on the blocks', () => {
    const stream = createStream('laws', 0, spec);
    const blocks = new Float64Array(1000).fill(-1);
    law.fill(stream, blocks, 10, 400);
    law.fill(stream, blocks, 400, 990);
    expect(Array.from(blocks.subarray(10, 990))).toEqual(Array.from(values.subarray(0, 980)));
    expect(new Set([...blocks.subarray(0, 10), ...blocks.subarray(990)])).toEqual(new Set([-1]));
  });
});

test('empirical draws nothing but the samples, each as often as it was measured', () => {
  const samples = [1200, 5000, 5000, 90_000, 1_000_000];
  const law = LAWS.empirical({ samples });
  const values = new Float64Array(50_000);
  law.fill(createStream('laws', 0, 'empirical'), values, 0, values.length);
  const seen = new Map<number, number>();
  for (const value of values) seen.set(value, (seen.get(value) ?? 0) + 1);
  expect([...seen.keys()].sort((a, b) => a - b)).toEqual([1200, 5000, 90_000, 1_000_000]);
  for (const [value, count] of seen) {
    const expected = samples.filter((sample) => sample === value).length * 10_000;
    expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected));
  }
});
