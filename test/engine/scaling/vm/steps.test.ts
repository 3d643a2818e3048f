/**
 * Step and simple scaling, by the worked example of the EC2 Auto Scaling guide
 * (doc_source/as-scaling-simple-step.md): 10 VMs, ±0 % between 40 and 60, ±10 % from there, ±30 %
 * from 70 and 30.
 */
import { expect, test } from 'vitest';
import { adjusted } from '../../../../packages/engine/src/scaling/vm/adjustment.ts';
import { scheduled } from '../../../../packages/engine/src/scaling/vm/scheduled.ts';
import { simpleScaling } from '../../../../packages/engine/src/scaling/vm/simple-scaling.ts';
import { stepScaling } from '../../../../packages/engine/src/scaling/vm/step-scaling.ts';
import { MINUTE, observe, pointsOf } from './scenes.ts';

const steps = {
  metric: 'cpu' as const,
  adjustment: 'percent' as const,
  out: [
    { at: 60, change: 10 },
    { at: 70, change: 30 },
  ],
  in: [
    { at: 40, change: 10 },
    { at: 30, change: 30 },
  ],
  alarms: { outPoints: 1, inPoints: 1 },
};
const step = stepScaling(steps);

function decide(value: number, changes: Parameters<typeof observe>[0]) {
  const { warm = 10 } = changes ?? {};
  return step(observe({ desired: warm, points: pointsOf([value], warm), ...changes })).desired;
}

test('60 adds 10 % of 10, 70 then 30 % of 11, rounded down', () => {
  expect(decide(59.9, { warm: 10 })).toBe(10);
  expect(decide(60, { warm: 10 })).toBe(11);
  expect(decide(70, { warm: 11 })).toBe(14);
});

test('40 takes 10 % of 14, 30 then 30 % of 13, rounded down', () => {
  expect(decide(40, { warm: 14 })).toBe(13);
  expect(decide(30, { warm: 13 })).toBe(10);
});

test('while a VM warms up, 62 adds nothing and 70 adds two', () => {
  const warming = { warm: 10, desired: 11, launching: 1 };
  expect(decide(62, warming)).toBe(11);
  expect(decide(70, warming)).toBe(13);
});

test('while VMs leave, the same alarm takes no more, and none at all while others warm up', () => {
  expect(decide(35, { warm: 9, desired: 9, leaving: 1 })).toBe(9);
  expect(decide(35, { warm: 10, desired: 11, launching: 1 })).toBe(11);
});

test('percentages above 1 VM are rounded down, below they are one', () => {
  expect(adjusted(127, 'percent', 10, 1)).toBe(127 + 12);
  expect(adjusted(4, 'percent', 10, 1)).toBe(5);
  expect(adjusted(4, 'percent', 10, -1)).toBe(3);
  expect(adjusted(30, 'percent', 10, -1)).toBe(27);
  expect(adjusted(3, 'change', 5, 1)).toBe(8);
  expect(adjusted(3, 'change', 5, -1)).toBe(0);
  expect(adjusted(3, 'exact', 5, 1)).toBe(5);
});

test('simple scaling waits for its own activity, and then for the cooldown', () => {
  const policy = simpleScaling({
    ...steps,
    adjustment: 'change',
    out: [{ at: 70, change: 2 }],
    in: [],
    cooldown: 5 * MINUTE,
  });
  const points = pointsOf([80], 10);
  const at = (changes: Parameters<typeof observe>[0]) => policy(observe({ points, ...changes }));
  expect(at({}).desired).toBe(12);
  expect(at({ isActive: true }).desired).toBe(10);
  expect(at({ lastActivity: 96 * MINUTE })).toMatchObject({
    desired: 10,
    reason: { key: 'vm.cooldown' },
  });
  expect(at({ lastActivity: 95 * MINUTE }).desired).toBe(12);
});

test('without a policy the capacity stays, within its bounds', () => {
  expect(scheduled()(observe({ desired: 10, min: 12 })).desired).toBe(12);
  expect(scheduled()(observe({ points: pointsOf([100, 100, 100], 10) })).desired).toBe(10);
});
