import { describe, expect, test } from 'vitest';
import {
  createStream,
  nextExponential,
  nextNormal,
  nextUniform,
} from '../../../packages/engine/src/kernel/random.ts';
import {
  clearHistogram,
  createHistogram,
  HISTOGRAM_BUCKETS,
  type Histogram,
  histogramQuantile,
  mergeHistogram,
  recordValue,
} from '../../../packages/engine/src/stats/histogram.ts';

const SHARES = [0.001, 0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 1];

function histogramOf(values: Iterable<number>): Histogram {
  const histogram = createHistogram();
  for (const value of values) recordValue(histogram, value);
  return histogram;
}

/** The smallest value that a share of the values does not exceed. */
function exactQuantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

function sample(name: string, draw: (s: Int32Array) => number, n = 20_000): number[] {
  const stream = createStream('histogram', 0, name);
  return Array.from({ length: n }, () => Math.max(0, Math.round(draw(stream))));
}

const SAMPLES: [name: string, values: number[]][] = [
  ['milliseconds', sample('a', (s) => 8000 * nextExponential(s))],
  ['up to half an hour', sample('b', (s) => 1.5e8 * nextExponential(s))],
  ['a few µs', sample('c', (s) => 20 * nextExponential(s))],
  ['eight orders of magnitude', sample('d', (s) => Math.exp(8 + 3 * nextNormal(s)))],
  ['all the same', sample('e', () => 123_456)],
  ['two peaks', sample('f', (s) => (nextUniform(s) < 0.99 ? 700 : 3_000_000))],
];

describe.each(SAMPLES)('%s', (_name, values) => {
  const inRange = values.filter((value) => value < 2 ** 31);
  const histogram = histogramOf(inRange);

  test('quantiles err by at most 1/256', () => {
    for (const share of SHARES) {
      const exact = exactQuantile(inRange, share);
      const seen = histogramQuantile(histogram, share) as number;
      expect(Math.abs(seen - exact), `${share}`).toBeLessThanOrEqual(exact / 256);
      if (exact < 256) expect(seen, `${share}`).toBe(exact);
    }
  });

  test('number, sum and largest value are exact', () => {
    expect(Array.from(histogram.totals)).toEqual([
      inRange.length,
      inRange.reduce((sum, value) => sum + value, 0),
      Math.max(...inRange),
    ]);
  });

  test('parts merge to the whole', () => {
    const merged = histogramOf(inRange.slice(0, 777));
    mergeHistogram(merged, histogramOf(inRange.slice(777)));
    expect(merged).toEqual(histogram);
  });
});

test('a value beyond 36 minutes counts as the longest, its sum and maximum stay true', () => {
  const histogram = histogramOf([5_000_000_000]);
  expect(histogram.counts[HISTOGRAM_BUCKETS - 1]).toBe(1);
  expect(Array.from(histogram.totals)).toEqual([1, 5e9, 5e9]);
});

test('a quantile never exceeds the largest value', () => {
  expect(histogramQuantile(histogramOf([1000, 1000]), 1)).toBe(1000);
});

test('an empty histogram has no quantiles; a cleared one is empty', () => {
  const histogram = histogramOf([1, 2, 3]);
  clearHistogram(histogram);
  expect(histogram).toEqual(createHistogram());
  expect(histogramQuantile(histogram, 0.5)).toBeNull();
});
