/** What serverless pods cost. */
import { expect, test } from 'vitest';
import { podPerHour, podSeconds } from '../../../packages/engine/src/finance/pod-seconds.ts';

const SECOND = 1e6;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Fargate, us-east-1. */
const FARGATE = { cpuPerHour: 40_480, memoryPerHour: 4445, minimum: MINUTE, source: 'test' };

test('a pod of 1 vCPU and 4 GiB: 0.04048 + 4 × 0.004445 per hour', () => {
  expect(podPerHour(FARGATE, { cpu: 1000, memory: 4 * 2 ** 30 })).toBe(58_260);
  // ECI, 2 vCPU and 4 GiB: 0.00012252 per second.
  const eci = { cpuPerHour: 176_400, memoryPerHour: 22_068, minimum: 0, source: 'test' };
  expect(podPerHour(eci, { cpu: 2000, memory: 4 * 2 ** 30 })).toBe(122.52 * 3600);
});

test('by the second, rounded up, at least the minimum, within the scenario', () => {
  const plan = podSeconds(MINUTE);
  const billed = (from: number, to: number) => plan([{ from, to, count: 1 }], HOUR) / SECOND;
  expect(billed(0, 90.2 * SECOND)).toBe(91);
  expect(billed(0, 5 * SECOND)).toBe(60);
  expect(billed(-HOUR, 61 * SECOND)).toBe(61);
  expect(billed(HOUR - 70 * SECOND, 2 * HOUR)).toBe(70);
  expect(billed(5, 5)).toBe(0);
  expect(podSeconds(0)([{ from: 0, to: 1, count: 1 }], HOUR)).toBe(SECOND);
});
