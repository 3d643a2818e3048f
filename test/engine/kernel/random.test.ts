import { describe, expect, test } from 'vitest';
import {
  createStream,
  fillInt32,
  indexBelow,
  nextExponential,
  nextInt32,
  nextNormal,
  nextUniform,
  type StreamState,
} from '../../../packages/engine/src/kernel/random.ts';
import {
  correlation,
  exponentialCdf,
  KS_LIMIT,
  kolmogorovSmirnov,
  momentsOf,
  normalCdf,
  uniformCdf,
} from '../../fixtures/sample.ts';

const N = 400_000;

function sample(next: (s: StreamState) => number, stream: StreamState, n = N): Float64Array {
  return Float64Array.from({ length: n }, () => next(stream));
}

test('xoshiro128++ as its authors’ program has it', () => {
  const state = Int32Array.of(1, 2, 3, 4);
  const first = Array.from({ length: 10 }, () => nextInt32(state) >>> 0);
  expect(first).toEqual([
    641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295, 495546011,
    621204420,
  ]);
});

/** Mean, variance, and the variance of the squared deviation, for the error of the variance. */
const VARIATES = [
  ['uniform', nextUniform, uniformCdf, 0.5, 1 / 12, 1 / 180],
  ['exponential', nextExponential, exponentialCdf, 1, 1, 8],
  ['normal', nextNormal, normalCdf, 0, 1, 2],
] as const;

describe.each(VARIATES)('%s variates', (name, next, cdf, mean, variance, squareVariance) => {
  const values = sample(next, createStream('variates', 0, name));

  test('have their moments', () => {
    const seen = momentsOf(values);
    expect(Math.abs(seen.mean - mean)).toBeLessThan(4 * Math.sqrt(variance / N));
    expect(Math.abs(seen.variance - variance)).toBeLessThan(4 * Math.sqrt(squareVariance / N));
  });

  test('have their distribution', () => {
    expect(kolmogorovSmirnov(values, cdf)).toBeLessThan(KS_LIMIT);
  });

  test('do not depend on their predecessors', () => {
    for (const lag of [1, 2, 3, 7]) {
      const r = correlation(values.subarray(lag), values.subarray(0, N - lag));
      expect(Math.abs(r), `lag ${lag}`).toBeLessThan(4 / Math.sqrt(N));
    }
  });
});

test('the tails have their share, also beyond the last layer of the ziggurat', () => {
  const n = 8_000_000;
  const stream = createStream('tails', 0, 'tails');
  const limits = { exponential: [4, 7.697, 9], normal: [2, 3.654, 4.2] };
  const above = { exponential: [0, 0, 0], normal: [0, 0, 0], below: [0, 0, 0] };
  for (let i = 0; i < n; i++) {
    const x = nextExponential(stream);
    const z = nextNormal(stream);
    for (let k = 0; k < 3; k++) {
      if (x > limits.exponential[k]) above.exponential[k]++;
      if (z > limits.normal[k]) above.normal[k]++;
      if (z < -limits.normal[k]) above.below[k]++;
    }
  }
  for (let k = 0; k < 3; k++) {
    const expected = {
      exponential: n * Math.exp(-limits.exponential[k]),
      normal: n * normalCdf(-limits.normal[k]),
      below: n * normalCdf(-limits.normal[k]),
    };
    for (const tail of ['exponential', 'normal', 'below'] as const) {
      const error = Math.abs(above[tail][k] - expected[tail]);
      expect(error, `${tail} ${k}`).toBeLessThan(4 * Math.sqrt(expected[tail]));
    }
  }
});

describe('streams', () => {
  const head = (seed: string, replication: number, path: string) =>
    sample(nextInt32, createStream(seed, replication, path), 1000);

  test('the same name gives the same numbers', () => {
    expect(head('20260101', 3, 'arrivals/buy')).toEqual(head('20260101', 3, 'arrivals/buy'));
  });

  test('seeds that repeat a string differ, as do replications and paths', () => {
    const names: [string, number, string][] = [
      ['1', 0, 'a'],
      ['11', 0, 'a'],
      ['111', 0, 'a'],
      ['ab', 0, 'a'],
      ['abab', 0, 'a'],
      ['1', 1, 'a'],
      ['1', 11, 'a'],
      ['1', 0, 'aa'],
      ['1', 0, 'b'],
      ['1|0', 0, 'a'],
    ];
    const firsts = names.map(([seed, replication, path]) =>
      head(seed, replication, path).slice(0, 8).join(),
    );
    expect(new Set(firsts).size).toBe(names.length);
  });

  test('neighbouring seeds, replications and paths are not correlated', () => {
    const n = 20_000;
    const uniform = (seed: string, replication: number, path: string) =>
      sample(nextUniform, createStream(seed, replication, path), n);
    const base = uniform('100', 0, 'service/a');
    const others = [
      ...Array.from({ length: 20 }, (_, i) => uniform(String(101 + i), 0, 'service/a')),
      ...Array.from({ length: 20 }, (_, i) => uniform('100', i + 1, 'service/a')),
      uniform('100', 0, 'service/b'),
      uniform('100', 0, 'arrivals/a'),
    ];
    for (const other of others) {
      expect(Math.abs(correlation(base, other))).toBeLessThan(4.5 / Math.sqrt(n));
    }
  });

  test('the first draws over many seeds are uniform', () => {
    const firsts = Float64Array.from({ length: 3000 }, (_, i) =>
      nextUniform(createStream(String(i), 0, 'x')),
    );
    expect(kolmogorovSmirnov(firsts, uniformCdf)).toBeLessThan(KS_LIMIT);
  });
});

test('an index below n is uniform and never n', () => {
  const stream = createStream('index', 0, 'index');
  const n = 7;
  const seen = new Array<number>(n).fill(0);
  for (let i = 0; i < 70_000; i++) seen[indexBelow(nextInt32(stream), n)]++;
  const chiSquare = seen.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chiSquare).toBeLessThan(27.9); // 6 degrees of freedom, once in 10 000
  expect(indexBelow(-1, n)).toBe(n - 1);
  expect(indexBelow(0, n)).toBe(0);
  expect(indexBelow(-1, 2 ** 20)).toBe(2 ** 20 - 1);
});

test('a filled block is what the stream would have given one by one', () => {
  const block = new Int32Array(10).fill(7);
  fillInt32(createStream('fill', 0, 'x'), block, 2, 6);
  const stream = createStream('fill', 0, 'x');
  const four = Array.from({ length: 4 }, () => nextInt32(stream));
  expect(Array.from(block)).toEqual([7, 7, ...four, 7, 7, 7, 7]);
});
