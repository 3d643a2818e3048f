/** Queries over a window, worked out by hand. */
import { describe, expect, test } from 'vitest';
import {
  counterRate,
  gaugeMean,
  noSeries,
  record,
  type Series,
} from '../../../packages/engine/src/cluster/counter-rate.ts';

const SECOND = 1e6;

/** Samples as [second, value]. */
function seriesOf(...samples: readonly (readonly [number, number])[]): Series {
  return {
    times: samples.map(([second]) => second * SECOND),
    values: samples.map(([, value]) => value),
  };
}

const range = (start: number, end: number) => ({ start: start * SECOND, end: end * SECOND });

describe('the rate of a counter', () => {
  test('reaches both edges of the window when a sample more would not fit', () => {
    // 600 in the 60 s between the samples, 30 s missing on either side.
    const series = seriesOf([30, 3000], [90, 3600]);
    expect(counterRate(series, range(0, 120))).toEqual({ value: 10, newest: 90 * SECOND });
  });

  test('of a young pod is what came, over the whole window', () => {
    // From 0 at 75 s: 300 in 30 s, stretched to 45 s of the 120: 450 ÷ 120, not 10/s.
    const series = seriesOf([75, 0], [90, 150], [105, 300]);
    expect(counterRate(series, range(0, 120))?.value).toBe(3.75);
  });

  test('begins half a gap before the first sample, unless it was zero later', () => {
    // 30 s between the samples, 7.5 s before, 15 s after.
    const late = seriesOf([75, 100], [90, 250], [105, 400]);
    expect(counterRate(late, range(0, 120))?.value).toBeCloseTo((300 * 52.5) / 30 / 120, 12);
    // At 10/s it was zero 5 s before its first sample.
    const later = seriesOf([75, 50], [90, 200], [105, 350]);
    expect(counterRate(later, range(0, 120))?.value).toBeCloseTo((300 * 50) / 30 / 120, 12);
  });

  test('ends half a gap after the last sample of a series that has ended', () => {
    const series = seriesOf([15, 1000], [30, 1150], [45, 1300]);
    expect(counterRate(series, range(0, 120))?.value).toBeCloseTo((300 * 52.5) / 30 / 120, 12);
  });

  test('needs two samples after the start and up to the end', () => {
    const series = seriesOf([0, 0], [60, 600], [120, 1200], [180, 1800]);
    expect(counterRate(series, range(60, 120))).toBeNull();
    expect(counterRate(series, range(59, 120))?.newest).toBe(120 * SECOND);
    expect(counterRate(noSeries(), range(0, 60))).toBeNull();
  });

  test('of what stands still is 0', () => {
    expect(counterRate(seriesOf([10, 7], [20, 7]), range(0, 30))?.value).toBe(0);
  });
});

test('the mean of a gauge: samples after the start and up to the end', () => {
  const series = seriesOf([0, 100], [10, 4], [20, 8], [30, 100]);
  expect(gaugeMean(series, range(0, 20))).toEqual({ value: 6, newest: 20 * SECOND });
  expect(gaugeMean(series, range(30, 40))).toBeNull();
});

test('samples that no window needs any more are forgotten', () => {
  const series = noSeries();
  for (const second of [0, 10, 20, 30]) record(series, second, second * 2, second - 20);
  expect(series).toEqual({ times: [20, 30], values: [40, 60] });
});
