import { expect, test } from 'vitest';
import { createStream } from '../../../packages/engine/src/kernel/random.ts';
import { batch } from '../../../packages/engine/src/traffic/batch.ts';
import { routedProcess, routePart } from '../../../packages/engine/src/traffic/routed.ts';
import { constant, drain } from '../../fixtures/point-process.ts';

const ROUTE = { web: 0.2, idle: 0, api: 0.5, pay: 0.3 };
const SPEC = { kind: 'batch', meanSize: 30, sizes: 'fixed' } as const;

const whole = () =>
  batch.create(SPEC, constant(600, 100), createStream('routed', 0, 'arrivals/load'));
const routed = (service: string, block = 97) =>
  drain(
    routedProcess(whole(), routePart(ROUTE, service), createStream('routed', 0, 'route/load')),
    block,
  );

test('the parts of a route lie side by side and fill [0, 1)', () => {
  expect(routePart(ROUTE, 'web')).toEqual({ low: 0, high: 0.2 });
  expect(routePart(ROUTE, 'api')).toEqual({ low: 0.2, high: 0.7 });
  expect(routePart(ROUTE, 'pay')).toEqual({ low: 0.7, high: 1 });
  for (const none of ['idle', 'unknown']) {
    const { low, high } = routePart(ROUTE, none);
    expect(high - low).toBe(0);
  }
});

test('every request goes to exactly one service, in proportion', () => {
  const all = drain(whole());
  const parts = ['web', 'api', 'pay'].map((service) => routed(service));
  expect(parts.flat().sort((a, b) => a - b)).toEqual(all);
  const { length: n } = all;
  [0.2, 0.5, 0.3].forEach((p, i) => {
    const share = parts[i].length / n;
    expect(Math.abs(share - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / n));
  });
});

test('a batch of the load reaches its services at the same instant', () => {
  const web = new Set(routed('web'));
  const shared = [...new Set(routed('api'))].filter((time) => web.has(time));
  // 0.8³⁰: a batch of 30 without a request for web comes once in 800.
  expect(shared.length).toBeGreaterThan(0.98 * new Set(drain(whole())).size);
});

test('the blocks do not matter', () => {
  for (const block of [1, 5, 3000]) expect(routed('api', block)).toEqual(routed('api'));
});
