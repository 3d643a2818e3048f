import { expect, test } from 'vitest';
import { expectedArrivals, rateAt, rateCurve } from '../../../packages/engine/src/traffic/rate.ts';
import { traceSegments } from '../../../packages/engine/src/traffic/trace.ts';

const SECOND = 1e6;

test('a bin’s rate is its count over its width', () => {
  const segments = traceSegments({ binWidth: 30 * SECOND, counts: [300, 0, 75] });
  const curve = rateCurve(segments, 90 * SECOND);
  expect([0, 29, 30, 59, 60, 89].map((s) => rateAt(curve, s * SECOND))).toEqual(
    [10, 10, 0, 0, 2.5, 2.5].map((rate) => expect.closeTo(rate, 9)),
  );
  expect(expectedArrivals(curve)).toBeCloseTo(375, 9);
});
