import { expect, test } from 'vitest';
import { expectedArrivals, rateCurve } from '../../../packages/engine/src/traffic/rate.ts';
import { stageSegments } from '../../../packages/engine/src/traffic/stages.ts';

const SECOND = 1e6;

test('stages ramp from the rate so far, or jump', () => {
  const stages = [
    { duration: 10 * SECOND, target: 200, jump: false },
    { duration: 30 * SECOND, target: 200, jump: false },
    { duration: 20 * SECOND, target: 1000, jump: true },
    { duration: 10 * SECOND, target: 0, jump: false },
  ];
  const segments = stageSegments(100, stages);
  expect(segments.map(({ rate, endRate }) => [rate, endRate])).toEqual([
    [100, 200],
    [200, 200],
    [1000, 1000],
    [1000, 0],
  ]);
  expect(expectedArrivals(rateCurve(segments, 100 * SECOND))).toBeCloseTo(
    1500 + 6000 + 20_000 + 5000,
    6,
  );
});

test('a jump without length changes where the next ramp begins', () => {
  const segments = stageSegments(0, [
    { duration: 0, target: 500, jump: true },
    { duration: 10 * SECOND, target: 100, jump: false },
  ]);
  expect(expectedArrivals(rateCurve(segments, 10 * SECOND))).toBeCloseTo(3000, 6);
});
