/** How long a node group is left alone after a failure. */
import { expect, test } from 'vitest';
import {
  BACKOFF_DEFAULTS,
  type GroupBackoff,
  isBackedOff,
  withFailure,
  withoutStale,
  withSuccess,
} from '../../../packages/engine/src/provisioning/group-backoff.ts';

const MINUTE = 60e6;
const NONE: GroupBackoff = new Map();

/** Failures of group a, at these minutes. */
const failedAt = (...minutes: readonly number[]) =>
  minutes.reduce(
    (state, minute) => withFailure(state, BACKOFF_DEFAULTS, 'a', minute * MINUTE),
    NONE,
  );
const until = (state: GroupBackoff) => (state.get('a')?.until ?? 0) / MINUTE;

test('5 minutes, the last instant included; other groups are free', () => {
  const state = failedAt(0);
  expect(isBackedOff(state, 'a', 5 * MINUTE)).toBe(true);
  expect(isBackedOff(state, 'a', 5 * MINUTE + 1)).toBe(false);
  expect(isBackedOff(state, 'b', 0)).toBe(false);
});

test('twice as long for each failure after it, up to 30 minutes', () => {
  expect(until(failedAt(0, 6))).toBe(16);
  expect(until(failedAt(0, 6, 17))).toBe(37);
  expect(until(failedAt(0, 6, 17, 38))).toBe(68);
  expect(until(failedAt(0, 6, 17, 38, 69))).toBe(99);
});

test('a failure meanwhile starts the same time anew', () => {
  expect(until(failedAt(0, 3))).toBe(8);
  expect(until(failedAt(0, 6, 10))).toBe(20);
});

test('success, or 3 hours without a failure, and the next one is the first again', () => {
  const twice = failedAt(0, 6);
  expect(withSuccess(twice, 'a').size).toBe(0);
  expect(withoutStale(twice, BACKOFF_DEFAULTS, 186 * MINUTE).size).toBe(1);
  expect(withoutStale(twice, BACKOFF_DEFAULTS, 186 * MINUTE + 1).size).toBe(0);
  expect(twice.size).toBe(1);
});
