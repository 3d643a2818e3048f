import { expect, test } from 'vitest';
import { forecastReplicas } from '../../../packages/engine/src/scaling/predictive.ts';
import { highestBetween, rateCurve } from '../../../packages/engine/src/traffic/rate.ts';

const MINUTE = 60e6;
const SPEC = { lead: 2 * MINUTE, resolution: MINUTE, error: 0, errorPer: 'run' } as const;
/** 10/s, from minute 5 on 100/s. */
const CURVE = rateCurve(
  [
    { duration: 5 * MINUTE, rate: 10, endRate: 10 },
    { duration: 5 * MINUTE, rate: 100, endRate: 100 },
  ],
  10 * MINUTE,
);
const planned = (from: number, to: number) => highestBetween([CURVE], from, to);
const none = () => 0;

test('the highest rate of the period that lies a lead ahead, over the rate of a pod', () => {
  const at = (minute: number) => forecastReplicas(SPEC, planned, 10, minute * MINUTE, none);
  expect([0, 1, 2, 3, 8].map(at)).toEqual([1, 1, 10, 10, 10]);
});

test('an error multiplies the rate; its median is 1', () => {
  const spec = { ...SPEC, error: Math.log(2) };
  const at = (z: number) => forecastReplicas(spec, planned, 10, 4 * MINUTE, () => z);
  expect([-1, 0, 1].map(at)).toEqual([5, 10, 20]);
});

test('rounding never adds a pod', () => {
  const tenth = () => 1.1;
  expect(forecastReplicas(SPEC, tenth, 0.1, 0, none)).toBe(11);
});

test('the highest rate of a stretch lies at an end or at a joint', () => {
  const peak = rateCurve(
    [
      { duration: MINUTE, rate: 0, endRate: 60 },
      { duration: MINUTE, rate: 60, endRate: 0 },
    ],
    2 * MINUTE,
  );
  expect(highestBetween([peak], 0.5 * MINUTE, 1.5 * MINUTE)).toBeCloseTo(60, 9);
  expect(highestBetween([peak], 1.5 * MINUTE, 2 * MINUTE)).toBeCloseTo(30, 9);
  expect(highestBetween([peak, peak], 0, 0.25 * MINUTE)).toBeCloseTo(30, 9);
});
