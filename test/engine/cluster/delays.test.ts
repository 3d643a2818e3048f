import { expect, test } from 'vitest';
import { delayFrom, drawPod } from '../../../packages/engine/src/cluster/delays.ts';
import { createStream, nextNormal } from '../../../packages/engine/src/kernel/random.ts';
import { KS_LIMIT, kolmogorovSmirnov, normalCdf } from '../../fixtures/sample.ts';

test('a delay is its median at z = 0, and e^σ of it one deviation up', () => {
  const delay = { median: 20e6, sigma: 0.5 };
  expect(delayFrom(delay, 0)).toBe(20e6);
  expect(delayFrom(delay, 1)).toBe(Math.round(20e6 * Math.exp(0.5)));
  expect(delayFrom(delay, -2)).toBe(Math.round(20e6 * Math.exp(-1)));
});

test('no median is no delay; any other takes at least a µs', () => {
  expect(delayFrom({ median: 0, sigma: 1 }, 5)).toBe(0);
  expect(delayFrom({ median: 1, sigma: 1 }, -9)).toBe(1);
});

test('delays are lognormal', () => {
  const stream = createStream('delays', 0, 'x');
  const delay = { median: 5e6, sigma: 0.35 };
  const values = Array.from({ length: 50_000 }, () => delayFrom(delay, nextNormal(stream)));
  const cdf = (x: number) => normalCdf(Math.log(x / delay.median) / delay.sigma);
  expect(kolmogorovSmirnov(values, cdf)).toBeLessThan(KS_LIMIT);
});

test('every pod draws its own luck, the same in every run', () => {
  const drawn = () => {
    const stream = createStream('delays', 0, 'pods');
    return Array.from({ length: 50 }, () => drawPod(stream));
  };
  const pods = drawn();
  expect(drawn()).toEqual(pods);
  expect(new Set(pods.map((pod) => JSON.stringify(pod))).size).toBe(50);
  for (const { status, proxySync, backoff } of pods) {
    for (const share of [status, proxySync, backoff]) {
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThan(1);
    }
  }
});
