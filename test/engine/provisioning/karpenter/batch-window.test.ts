/** Windows: 1 s after the newest pod, 10 s at most. */
import { expect, test } from 'vitest';
import {
  closesAt,
  nominationTime,
  withPods,
} from '../../../../packages/engine/src/provisioning/karpenter/batch-window.ts';
import { SECOND } from './cloud.ts';

const SPEC = { idle: SECOND, longest: 10 * SECOND };

test('closes 1 s after the newest pod', () => {
  const window = withPods({ opened: 0, newest: 0 }, [0, 0.4 * SECOND]);
  expect(closesAt(window, SPEC)).toBe(1.4 * SECOND);
});

test('pods that waited before it opened do not keep it open', () => {
  const window = withPods({ opened: 5 * SECOND, newest: 5 * SECOND }, [0, 3 * SECOND]);
  expect(closesAt(window, SPEC)).toBe(6 * SECOND);
});

test('a trickle of pods keeps it open for 10 s and no longer', () => {
  let window = { opened: 0, newest: 0 };
  for (let time = 0; time < closesAt(window, SPEC); time += 0.9 * SECOND) {
    window = withPods(window, [time]);
  }
  expect(closesAt(window, SPEC)).toBe(10 * SECOND);
});

test('a node is kept for its pods for twice the longest window, 10 s at least', () => {
  expect(nominationTime(SPEC)).toBe(20 * SECOND);
  expect(nominationTime({ idle: SECOND, longest: 2 * SECOND })).toBe(10 * SECOND);
});
