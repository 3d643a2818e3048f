/** What the KPA sees and remembers: averages over buckets, the largest of a window, samples. */
import { describe, expect, test } from 'vitest';
import {
  type AverageAlgorithm,
  averageOf,
  averageWindow,
  withRecord,
} from '../../../packages/engine/src/scaling/kpa-average-window.ts';
import {
  peakOf,
  peakWindow,
  withPeak,
} from '../../../packages/engine/src/scaling/kpa-peak-window.ts';
import { sampleSize } from '../../../packages/engine/src/scaling/kpa-sample-size.ts';
import fc from '../../fixtures/fast-check.ts';

const SECOND = 1e6;

/** One value a second, from second 1 on. */
function recorded(algorithm: AverageAlgorithm, seconds: number, values: readonly number[]) {
  return values.reduce(
    (state, value, i) => withRecord(state, (i + 1) * SECOND, value),
    averageWindow(algorithm, seconds * SECOND),
  );
}

describe('linear average', () => {
  test('of what there is, until the window is full', () => {
    expect(averageOf(averageWindow('linear', 5 * SECOND), 0)).toBeNull();
    expect(averageOf(recorded('linear', 5, [4]), SECOND)).toBe(4);
    expect(averageOf(recorded('linear', 5, [4, 8]), 2 * SECOND)).toBe(6);
    expect(averageOf(recorded('linear', 5, [9, 1, 2, 3, 4, 5]), 6 * SECOND)).toBe(3);
  });

  test('values of one second add up, gaps are zeros, silence since then is not', () => {
    let state = withRecord(recorded('linear', 5, [3]), 1.9 * SECOND, 3);
    expect(averageOf(state, SECOND)).toBe(6);
    state = withRecord(state, 4 * SECOND, 2);
    expect(averageOf(state, 4 * SECOND)).toBe(2);
    // Seconds 2 to 6: the first value has left the window.
    expect(averageOf(state, 6 * SECOND)).toBe(0.666666);
  });

  test('empty after a window without data; then it starts anew', () => {
    const state = recorded('linear', 5, [7]);
    expect(averageOf(state, 6 * SECOND)).toBe(0);
    expect(averageOf(state, 7 * SECOND)).toBeNull();
    expect(averageOf(withRecord(state, 6 * SECOND, 4), 6 * SECOND)).toBe(4);
  });

  test('what comes late counts in its own second, what is too late does not', () => {
    let state = recorded('linear', 5, [0, 0, 0, 0, 0, 0, 0, 10]);
    state = withRecord(state, 4 * SECOND, 5);
    expect(averageOf(state, 8 * SECOND)).toBe(3);
    expect(withRecord(state, 3 * SECOND, 99)).toBe(state);
  });

  test('is that of the last seconds, whatever came before', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 10 }), (list, seconds) => {
        const held = list.slice(-seconds);
        const sum = held.reduce((total, value) => total + value, 0);
        const seen = averageOf(recorded('linear', seconds, list), list.length * SECOND);
        expect(seen).toBeCloseTo(sum / held.length, 5);
      }),
    );
  });
});

/** Example of Knative's documentation of the metrics, with both windows. */
test('weighted average: the newest second weighs most', () => {
  const values = [1, 3, 5, 4, 6, 7, 2, 8, 10, 20];
  const stable = recorded('weighted-exponential', 10, values);
  const panic = recorded('weighted-exponential', 3, values);
  expect(averageOf(stable, 10 * SECOND)).toBeCloseTo(15.430728028666296, 10);
  expect(averageOf(panic, 10 * SECOND)).toBeCloseTo(19.530732247258655, 10);
  expect(averageOf(stable, 21 * SECOND)).toBeNull();
});

describe('largest of a window', () => {
  test('is that of a plain look at all values', () => {
    const records = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 50 })),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 12 }), (list, size) => {
        const seen: { readonly bucket: number; readonly value: number }[] = [];
        let window = peakWindow(size * 2 * SECOND, 2 * SECOND);
        let bucket = 0;
        for (const [gap, value] of list) {
          bucket += gap;
          seen.push({ bucket, value });
          window = withPeak(window, (bucket * 2 + 1) * SECOND, value);
          const held = seen.filter((one) => bucket - one.bucket < size);
          expect(peakOf(window)).toBe(Math.max(...held.map((one) => one.value)));
        }
      }),
    );
  });

  test('nothing recorded', () => {
    expect(peakOf(peakWindow(10 * SECOND, 2 * SECOND))).toBe(0);
  });
});

test('few of many pods are scraped, and all of three', () => {
  expect([-1, 0, 1, 3, 4, 10, 100, 1000, 1e6].map(sampleSize)).toEqual([
    0, 0, 1, 3, 4, 7, 14, 16, 16,
  ]);
});
