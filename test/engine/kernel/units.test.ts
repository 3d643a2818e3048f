import { expect, test } from 'vitest';
import {
  MICROSECONDS_PER_HOUR,
  MICROSECONDS_PER_SECOND,
  roundDelay,
} from '../../../packages/engine/src/kernel/units.ts';

test.each([
  [0, 1],
  [0.2, 1],
  [1.49, 1],
  [1.5, 2],
  [12_345.6, 12_346],
])('a delay of %d µs takes %d', (drawn, rounded) => {
  expect(roundDelay(drawn)).toBe(rounded);
});

test('an hour has 3 600 seconds', () => {
  expect(MICROSECONDS_PER_HOUR).toBe(3600 * MICROSECONDS_PER_SECOND);
});
