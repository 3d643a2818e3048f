import { expect, test } from 'vitest';
import { bucketMiddle, bucketOf } from '../../../packages/engine/src/stats/buckets.ts';
import { HISTOGRAM_BUCKETS } from '../../../packages/engine/src/stats/histogram.ts';

test('every bucket holds a range, and the ranges follow one another without a gap', () => {
  let previous = -1;
  const edges = [0, 1, 127, 128, 129, 255, 256, 257, 258];
  for (let octave = 8; octave < 31; octave++) {
    for (const offset of [-1, 0, 1]) edges.push(2 ** octave + offset);
  }
  for (const value of [...edges].sort((a, b) => a - b)) {
    const bucket = bucketOf(value);
    expect(bucket - previous, `${value}`).toBeGreaterThanOrEqual(0);
    previous = bucket;
  }
  for (let value = 1; value < 100_000; value++) {
    expect([0, 1]).toContain(bucketOf(value) - bucketOf(value - 1));
  }
  expect(bucketOf(2 ** 31 - 1)).toBe(HISTOGRAM_BUCKETS - 1);
});

test('the middle of a bucket is half-way between its smallest and its largest value', () => {
  let low = 0;
  for (let value = 1; value < 100_000; value++) {
    const bucket = bucketOf(low);
    if (bucketOf(value) === bucket) continue;
    expect(bucketMiddle(bucket)).toBe((low + value - 1) / 2);
    low = value;
  }
  expect(bucketMiddle(HISTOGRAM_BUCKETS - 1)).toBe((255 * 2 ** 23 + 2 ** 31 - 1) / 2);
});
