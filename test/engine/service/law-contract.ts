/**
 * What every law of times must do: state its moments, draw whole µs of at least 1 from the given
 * stream alone, with these moments and this distribution, however the blocks are cut.
 */
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../packages/engine/src/kernel/random.ts';
import { createLaw, type LawName } from '../../../packages/engine/src/service/index.ts';
import type { Law, LawSpec } from '../../../packages/engine/src/service/law.ts';
import { KS_LIMIT, kolmogorovSmirnov, momentsOf } from '../../fixtures/sample.ts';

const N = 400_000;

export interface LawCase {
  readonly spec: LawSpec;
  /** µs */
  readonly mean: number;
  readonly cv: number;
  /** Excess kurtosis, for the error of the variance; absent = the variance is not checked. */
  readonly kurtosis?: number;
  readonly cdf?: (x: number) => number;
}

export function drawsOf(law: Law, name: string, n = N): Float64Array {
  const values = new Float64Array(n);
  law.fill(createStream('laws', 0, name), values, 0, n);
  return values;
}

/** `create` is the function of the law's own file: the registry must lead to it. */
export function describeLaw(
  dist: LawName,
  create: (spec: LawSpec, lawOf: typeof createLaw) => Law,
  cases: readonly LawCase[],
): void {
  describe.each(cases.map((each) => [JSON.stringify(each.spec), each] as const))(
    `${dist} %s`,
    (spec, each) => {
      const law = createLaw({ ...each.spec, dist });
      checkLaw(law, drawsOf(law, spec), each);

      test('the registry leads to it', () => {
        const own = drawsOf(create(each.spec, createLaw), spec, 1000);
        expect(own).toEqual(drawsOf(law, spec, 1000));
      });

      test('what it draws does not depend on the blocks, and fills no more than told', () => {
        const stream = createStream('laws', 0, spec);
        const blocks = new Float64Array(1000).fill(-1);
        law.fill(stream, blocks, 10, 400);
        law.fill(stream, blocks, 400, 990);
        expect(blocks.subarray(10, 990)).toEqual(drawsOf(law, spec, 980));
        expect(new Set([...blocks.subarray(0, 10), ...blocks.subarray(990)])).toEqual(
          new Set([-1]),
        );
      });
    },
  );
}

function checkLaw(law: Law, values: Float64Array, { mean, cv, kurtosis, cdf }: LawCase): void {
  test('states its mean and cv', () => {
    expect(Math.abs(law.mean / mean - 1)).toBeLessThan(1e-9);
    expect(Math.abs(law.cv - cv)).toBeLessThan(1e-9 * Math.max(1, cv));
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

  if (cdf === undefined) return;
  test('draws its distribution', () => {
    expect(kolmogorovSmirnov(values, cdf)).toBeLessThan(KS_LIMIT);
  });
}

/** Shares of the draws at or below p50 and p99, as a law given by these quantiles must have. */
export function expectQuantiles(dist: LawName, p50: number, p99: number): void {
  const values = drawsOf(createLaw({ dist, p50, p99 }), `quantiles of ${dist}`);
  for (const [quantile, share] of [
    [p50, 0.5],
    [p99, 0.99],
  ] as const) {
    const below = values.reduce((count, x) => count + (x <= quantile ? 1 : 0), 0) / N;
    const error = Math.sqrt((share * (1 - share)) / N);
    expect(Math.abs(below - share), `${dist} ${share}`).toBeLessThan(4 * error);
  }
}
