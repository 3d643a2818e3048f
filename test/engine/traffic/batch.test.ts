import { describe, expect, test } from 'vitest';
import { batch } from '../../../packages/engine/src/traffic/batch.ts';
import type { ProcessSpec } from '../../../packages/engine/src/traffic/process.ts';
import { rateCurve } from '../../../packages/engine/src/traffic/rate.ts';
import {
  arrivalsOf,
  constant,
  countsOf,
  differences,
  expectDispersion,
  expectOrder,
  expectTheRate,
  operational,
  VARYING,
  VARYING_END,
} from '../../fixtures/point-process.ts';
import { exponentialCdf, KS_LIMIT, kolmogorovSmirnov, momentsOf } from '../../fixtures/sample.ts';

const FIXED: ProcessSpec = { kind: 'batch', meanSize: 20, sizes: 'fixed' };
const GEOMETRIC: ProcessSpec = { kind: 'batch', meanSize: 5 };

/** Instants with the number of requests that share each. */
function batchesOf(times: readonly number[]): { at: number[]; size: number[] } {
  const at: number[] = [];
  const size: number[] = [];
  for (const time of times) {
    if (at.at(-1) === time) size[size.length - 1]++;
    else {
      at.push(time);
      size.push(1);
    }
  }
  return { at, size };
}

test('a fixed batch arrives as one: all its requests share an instant', () => {
  const { size } = batchesOf(arrivalsOf(batch, FIXED, constant(200, 500)));
  expect(size.length).toBeGreaterThan(4500);
  // 10 batches/s: two within the same µs are possible, and rare.
  expect(size.filter((n) => n !== 20).length).toBeLessThan(3);
  expect(size.every((n) => n % 20 === 0)).toBe(true);
});

test('geometric sizes, from 1 on', () => {
  const { size } = batchesOf(arrivalsOf(batch, GEOMETRIC, constant(50, 3000)));
  const { mean, variance, n } = momentsOf(size);
  expect(Math.abs(mean - 5)).toBeLessThan(4.5 * Math.sqrt(variance / n));
  for (const k of [1, 2, 3, 10]) {
    const p = 0.2 * 0.8 ** (k - 1);
    const share = size.filter((s) => s === k).length / n;
    expect(Math.abs(share - p), `size ${k}`).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / n));
  }
});

test('batches of one are the Poisson process', () => {
  const { size } = batchesOf(arrivalsOf(batch, { kind: 'batch', meanSize: 1 }, constant(10, 100)));
  expect(Math.max(...size)).toBe(1);
});

test('batches come as a Poisson process along the rate', () => {
  const curve = rateCurve(VARYING, VARYING_END);
  const gaps = Array.from({ length: 8 }, (_, replication) => {
    const { at } = batchesOf(arrivalsOf(batch, FIXED, curve, replication));
    return differences(operational(VARYING, at)).map((mass) => mass / 20);
  });
  expect(kolmogorovSmirnov(gaps.flat(), exponentialCdf)).toBeLessThan(KS_LIMIT);
});

describe.each([
  [FIXED, 20],
  [GEOMETRIC, 9],
] as const)('%o', (spec, index) => {
  test('keeps the rate in every segment', () => expectTheRate(batch, spec, 200));

  test('times are in order, and do not depend on the blocks', () => expectOrder(batch, spec));

  test('its counts have the index of dispersion E[B²] ÷ E[B] in any window', () => {
    expect(batch.dispersion(spec, { rate: 100, window: 1e6 })).toBe(index);
    const times = arrivalsOf(batch, spec, constant(100, 4000), 5);
    for (const window of [1e6, 4e6]) expectDispersion(countsOf(times, window, 4000e6), index);
  });
});
