/** The recommender of the Vertical Pod Autoscaler, by its formulas (its estimator.go). */
import { expect, test } from 'vitest';
import {
  addUsage,
  BUCKETS,
  bucketStart,
  cpuUsage,
  usageQuantile,
} from '../../../packages/engine/src/ledger/cpu-usage.ts';
import { recommendCpu } from '../../../packages/engine/src/scaling/cpu-recommendation.ts';
import fc from '../../fixtures/fast-check.ts';

const MINUTE = 60e6;
const DAY = 1440 * MINUTE;

/** A sample a minute for some days, of one pod that requests a core. */
function steady(cores: number, days: number) {
  const usage = cpuUsage();
  for (let time = 0; time <= days * DAY; time += MINUTE) addUsage(usage, time, cores, 1);
  return usage;
}

test('buckets grow by 5 %', () => {
  expect(bucketStart(0)).toBe(0);
  expect(bucketStart(1)).toBeCloseTo(0.001, 12);
  expect(bucketStart(2)).toBeCloseTo(0.00205, 12);
  expect(BUCKETS).toBe(Math.ceil(Math.log((1000 * 0.05) / 0.001 + 1) / Math.log(1.05)) + 1);
});

test('target: the 90th percentile and 15 %', () => {
  const usage = cpuUsage();
  for (let i = 0; i < 100; i++) addUsage(usage, i * MINUTE, i % 10 === 0 ? 0.8 : 0.2, 1);
  const advice = recommendCpu(usage, 1000);
  // The end of the bucket of 0.2 cores is at most 5 % above it.
  expect(advice?.target).toBeGreaterThanOrEqual(Math.round(0.2 * 1.15 * 1000));
  expect(advice?.target).toBeLessThanOrEqual(Math.round((0.2 * 1.05 + 0.001) * 1.15 * 1000));
});

test('bounds: a day of history doubles the upper one, a week adds a seventh', () => {
  const day = recommendCpu(steady(0.5, 1), 1000);
  const week = recommendCpu(steady(0.5, 7), 1000);
  expect((day?.upper ?? 0) / (day?.target ?? 1)).toBeCloseTo(2, 2);
  expect((week?.upper ?? 0) / (week?.target ?? 1)).toBeCloseTo(1 + 1 / 7, 2);
  expect((day?.lower ?? 0) / (day?.target ?? 1)).toBeCloseTo(1.001 ** -2, 2);
});

test('an hour of history: × 25 and × 0.95', () => {
  const hour = recommendCpu(steady(0.5, 1 / 24), 1000);
  expect((hour?.upper ?? 0) / (hour?.target ?? 1)).toBeCloseTo(25, 1);
  expect((hour?.lower ?? 0) / (hour?.target ?? 1)).toBeCloseTo((1 + 0.024) ** -2, 2);
});

test('old samples fade: half their weight a day', () => {
  const usage = cpuUsage();
  for (let i = 0; i < 100; i++) addUsage(usage, 0, 2, 1);
  for (let i = 0; i < 30; i++) addUsage(usage, 6 * DAY, 0.1, 1);
  // 100 ÷ 2⁶ = 1.6 of 31.6: the tenth on top is new.
  expect(usageQuantile(usage, 0.9)).toBeLessThan(0.11);
});

test('never below 25m; nothing sampled, nothing said', () => {
  expect(recommendCpu(steady(0.001, 1), 100)?.target).toBe(25);
  expect(recommendCpu(cpuUsage(), 100)).toBeNull();
});

test('a quantile is at most a bucket above the sample that it is', () => {
  const samples = fc.array(fc.double({ min: 0.002, max: 50, noNaN: true }), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(samples, fc.constantFrom(0.5, 0.9, 0.95), (cores, share) => {
      const usage = cpuUsage();
      for (const value of cores) addUsage(usage, 0, value, 1);
      const sorted = [...cores].sort((a, b) => a - b);
      const exact = sorted[Math.ceil(share * cores.length - 1e-9) - 1];
      const quantile = usageQuantile(usage, share);
      expect(quantile).toBeGreaterThanOrEqual(exact * (1 - 1e-9));
      expect(quantile).toBeLessThanOrEqual(exact * 1.05 + 0.0011);
    }),
    { numRuns: 60 },
  );
});
