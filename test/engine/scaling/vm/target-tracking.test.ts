/** Target tracking, by the examples of its documentation and a published experiment. */
import { expect, test } from 'vitest';
import {
  DEFAULT_TRACKING,
  targetTracking,
} from '../../../../packages/engine/src/scaling/vm/target-tracking.ts';
import { observe, pointsOf } from './scenes.ts';

const alarms = { outPoints: 3, inPoints: 15 };
const cpu = targetTracking({ ...DEFAULT_TRACKING, alarms });
const requests = targetTracking({
  metric: 'requests',
  target: 360,
  margin: 0.1,
  scaleIn: true,
  alarms,
});

test('1 VM at 4200 requests a minute against a target of 360 becomes 5, its max, in one step', () => {
  // jaycee6666/autoscaling-strategy-compare: 70 requests/s, min 1, max 5; ⌈4200 ÷ 360⌉ = 12.
  const points = pointsOf([4200, 4200, 4200], 1);
  const decision = requests(observe({ desired: 1, warm: 1, max: 5, points }));
  expect(decision.desired).toBe(5);
  expect(decision.grounds?.proposal).toBe(12);
  expect(decision.grounds?.limit?.kind).toBe('group-max');
});

test('its twin at 16 % of CPU against a target of 50 % never grows', () => {
  const points = pointsOf(new Array(15).fill(16), 1);
  expect(cpu(observe({ desired: 1, warm: 1, max: 5, points })).desired).toBe(1);
});

test('three points must breach, the newest ones, without a gap', () => {
  const decide = (...values: (number | null)[]) =>
    cpu(observe({ points: pointsOf(values, 10) })).desired;
  expect(decide(60, 60)).toBe(10);
  expect(decide(60, 60, 60)).toBe(12);
  expect(decide(60, 60, 50)).toBe(10);
  expect(decide(60, 60, null, 60)).toBe(10);
  expect(decide(40, 51, 51, 60)).toBe(12);
});

test('half a VM too few is one more, half a VM too many is none fewer', () => {
  // The guide: 1.5 instances to add are two, 1.5 to remove are one.
  const grow = cpu(observe({ points: pointsOf([57.5, 57.5, 57.5], 10) }));
  expect(grow.desired).toBe(12);
  const shrink = cpu(observe({ points: pointsOf(new Array(15).fill(42.5), 10) }));
  expect(shrink.desired).toBe(9);
});

test('it shrinks after 15 points of more than 10 % below the target, and not before', () => {
  const decide = (value: number, count: number) =>
    cpu(observe({ points: pointsOf(new Array(count).fill(value), 10) })).desired;
  expect(decide(20, 14)).toBe(10);
  expect(decide(20, 15)).toBe(4);
  expect(decide(45, 15)).toBe(10);
  expect(decide(44.9, 15)).toBe(9);
});

test('points of VMs that are gone ask for no more to go', () => {
  const points = pointsOf(new Array(15).fill(20), 10);
  expect(cpu(observe({ desired: 4, warm: 4, leaving: 6, points })).desired).toBe(4);
});

test('a scale-out in progress holds a scale-in, with its reason', () => {
  const points = pointsOf(new Array(15).fill(20), 10);
  const decision = cpu(observe({ desired: 12, launching: 2, points }));
  expect(decision.desired).toBe(12);
  expect(decision.reason.key).toBe('vm.scale-out-in-progress');
});

test('VMs on their way are not ordered twice', () => {
  const points = pointsOf([80, 80, 80], 10);
  const decision = cpu(observe({ desired: 16, launching: 6, points }));
  expect(decision.desired).toBe(16);
  expect(decision.reason.key).toBe('vm.waiting');
});

test('a policy that may not shrink does not', () => {
  const policy = targetTracking({ ...DEFAULT_TRACKING, scaleIn: false, alarms });
  expect(policy(observe({ points: pointsOf(new Array(15).fill(5), 10) })).desired).toBe(10);
});
