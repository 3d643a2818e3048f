import { expect, test } from 'vitest';
import {
  expectedArrivals,
  peakRate,
  rateAt,
  rateCurve,
  scaleCurve,
  totalRateAt,
} from '../../../packages/engine/src/traffic/rate.ts';

const SECOND = 1e6;

/** 100/s for 10 s, up to 300/s within 20 s, a jump to 50/s for 5 s. */
const SEGMENTS = [
  { duration: 10 * SECOND, rate: 100, endRate: 100 },
  { duration: 20 * SECOND, rate: 100, endRate: 300 },
  { duration: 5 * SECOND, rate: 50, endRate: 50 },
];

test('the rate at a time, and at the joints the one of the segment that begins', () => {
  const curve = rateCurve(SEGMENTS, 60 * SECOND);
  const seen = [0, 5, 10, 15, 29.9999, 30, 34, 35, 59, 60].map((s) => rateAt(curve, s * SECOND));
  const exact = [100, 100, 100, 150, 299.999, 50, 50, 50, 50, 50];
  seen.forEach((rate, i) => {
    expect(rate).toBeCloseTo(exact[i], 9);
  });
});

test('expected arrivals are the area; the last rate fills the rest of the horizon', () => {
  expect(expectedArrivals(rateCurve(SEGMENTS, 60 * SECOND))).toBeCloseTo(
    1000 + 4000 + 250 + 50 * 25,
    6,
  );
});

test('a horizon within a ramp cuts it', () => {
  const curve = rateCurve(SEGMENTS, 20 * SECOND);
  expect(expectedArrivals(curve)).toBeCloseTo(1000 + 1500, 6);
  expect(peakRate(curve)).toBeCloseTo(200, 9);
  expect(curve.start[curve.start.length - 1]).toBe(20 * SECOND);
});

test('no segments are no arrivals; segments without length are left out', () => {
  expect(expectedArrivals(rateCurve([], 60 * SECOND))).toBe(0);
  const jumped = rateCurve([{ duration: 0, rate: 9, endRate: 9 }, ...SEGMENTS], 35 * SECOND);
  expect(jumped).toEqual(rateCurve(SEGMENTS, 35 * SECOND));
});

test('the highest rate lies at an end of a segment', () => {
  expect(peakRate(rateCurve(SEGMENTS, 60 * SECOND))).toBeCloseTo(300, 9);
  expect(peakRate(rateCurve([], 60 * SECOND))).toBe(0);
});

test('a share of the traffic scales everything', () => {
  const curve = rateCurve(SEGMENTS, 60 * SECOND);
  const quarter = scaleCurve(curve, 0.25);
  expect(expectedArrivals(quarter)).toBeCloseTo(expectedArrivals(curve) / 4, 6);
  expect(totalRateAt([quarter, quarter, curve], 15 * SECOND)).toBeCloseTo(225, 9);
});
