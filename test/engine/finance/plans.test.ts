/** What the price plans bill: their contract over the registry, and worked examples. */
import { expect, test } from 'vitest';
import { PLANS, type PlanName } from '../../../packages/engine/src/finance/index.ts';
import type { Usage } from '../../../packages/engine/src/finance/plan.ts';
import { podSeconds } from '../../../packages/engine/src/finance/pod-seconds.ts';
import fc from '../../fixtures/fast-check.ts';

const SECOND = 1e6;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const usage = (from: number, to: number, count = 1): Usage => ({ from, to, count });
const usages = fc.array(
  fc
    .tuple(fc.integer({ min: -1000, max: 5000 }), fc.integer({ min: 0, max: 4000 }))
    .map(([from, length]) => usage(from * SECOND, (from + length) * SECOND)),
  { maxLength: 20 },
);
const names = Object.keys(PLANS) as PlanName[];

test.each(names)('%s: never less than the time used, nothing for nothing', (name) => {
  const plan = PLANS[name];
  expect(plan([], HOUR)).toBe(0);
  fc.assert(
    fc.property(usages, fc.integer({ min: 1, max: 6000 }), (leases, seconds) => {
      const until = seconds * SECOND;
      const used = leases.reduce(
        (sum, { from, to }) => sum + Math.max(0, Math.min(to, until) - Math.max(from, 0)),
        0,
      );
      expect(plan(leases, until)).toBeGreaterThanOrEqual(used);
    }),
  );
});

test.each(names)('%s: one more lease never costs less, nor does a longer time', (name) => {
  const plan = PLANS[name];
  fc.assert(
    fc.property(usages, fc.integer({ min: 1, max: 6000 }), (leases, seconds) => {
      const until = seconds * SECOND;
      expect(plan(leases.slice(1), until)).toBeLessThanOrEqual(plan(leases, until));
      expect(plan(leases, until)).toBeLessThanOrEqual(plan(leases, until + HOUR));
    }),
  );
});

test.each(names)(
  '%s: machines that run throughout cost in two halves what they cost in one',
  (name) => {
    const always = [usage(0, DAY), usage(0, DAY), usage(0, DAY)];
    const half = always.map(({ from, to }) => usage(from, to / 2));
    expect(2 * PLANS[name](half, DAY / 2)).toBe(PLANS[name](always, DAY));
    expect(PLANS[name](always, DAY)).toBe(3 * DAY);
  },
);

const PER_POD = podSeconds(30 * SECOND);

test.each([
  ...names.map((name) => [name, PLANS[name]] as const),
  ['pod-seconds', PER_POD] as const,
])('%s: leases that are alike cost as much together as one by one', (_name, plan) => {
  fc.assert(
    fc.property(usages, fc.integer({ min: 1, max: 4 }), (leases, count) => {
      const together = leases.map(({ from, to }) => usage(from, to, count));
      const single = leases.flatMap((lease) => Array.from({ length: count }, () => lease));
      expect(plan(together, HOUR)).toBe(plan(single, HOUR));
    }),
  );
});

test('on-demand: by the second, rounded up, at least a minute per lease', () => {
  const billed = (...leases: Usage[]) => PLANS['on-demand'](leases, HOUR);
  expect(billed(usage(0, 1))).toBe(MINUTE);
  expect(billed(usage(0, MINUTE))).toBe(MINUTE);
  expect(billed(usage(0, MINUTE + 1))).toBe(61 * SECOND);
  expect(billed(usage(10.25 * SECOND, 100 * SECOND))).toBe(90 * SECOND);
  expect(billed(usage(0, 10 * SECOND), usage(20 * SECOND, 30 * SECOND))).toBe(2 * MINUTE);
});

test('on-demand: what lies outside the time in question is not billed', () => {
  const billed = (...leases: Usage[]) => PLANS['on-demand'](leases, HOUR);
  expect(billed(usage(-DAY, 5 * MINUTE))).toBe(5 * MINUTE);
  expect(billed(usage(50 * MINUTE, DAY))).toBe(10 * MINUTE);
  expect(billed(usage(HOUR, DAY))).toBe(0);
  expect(billed(usage(-DAY, 0))).toBe(0);
});

test('on-demand: leases are billed one by one', () => {
  fc.assert(
    fc.property(usages, (leases) => {
      const single = leases.reduce((sum, lease) => sum + PLANS['on-demand']([lease], HOUR), 0);
      expect(PLANS['on-demand'](leases, HOUR)).toBe(single);
    }),
  );
});

test('spot is billed like on-demand', () => {
  fc.assert(
    fc.property(usages, (leases) => {
      expect(PLANS.spot(leases, HOUR)).toBe(PLANS['on-demand'](leases, HOUR));
    }),
  );
});

test.each(['reserved-1y', 'reserved-3y'] as const)(
  '%s: the most machines at once, for the whole time',
  (name) => {
    const billed = (...leases: Usage[]) => PLANS[name](leases, DAY);
    expect(billed(usage(0, DAY))).toBe(DAY);
    expect(billed(usage(3 * HOUR, 4 * HOUR))).toBe(DAY);
    expect(billed(usage(0, HOUR), usage(HOUR, 2 * HOUR))).toBe(DAY);
    expect(billed(usage(0, HOUR + 1), usage(HOUR, 2 * HOUR))).toBe(2 * DAY);
    expect(billed(usage(0, 9 * HOUR), usage(1 * HOUR, 3 * HOUR), usage(2 * HOUR, 8 * HOUR))).toBe(
      3 * DAY,
    );
  },
);

test.each(['reserved-1y', 'reserved-3y'] as const)('%s agrees with a scan', (name) => {
  fc.assert(
    fc.property(usages, (leases) => {
      const starts = leases.map(({ from }) => Math.max(0, from));
      const most = starts.map(
        (at) => leases.filter(({ from, to }) => from <= at && at < to).length,
      );
      expect(PLANS[name](leases, DAY)).toBe(DAY * Math.max(0, ...most));
    }),
  );
});
