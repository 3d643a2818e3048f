import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cyclicChain, mmpp } from '../../../packages/engine/src/traffic/mmpp.ts';
import type { ProcessSpec } from '../../../packages/engine/src/traffic/process.ts';
import { rateCurve } from '../../../packages/engine/src/traffic/rate.ts';
import {
  arrivalsOf,
  constant,
  countsOf,
  expectDispersion,
  expectOrder,
  expectTheRate,
  VARYING,
  VARYING_END,
} from '../../fixtures/point-process.ts';
import { exponentialCdf, KS_LIMIT, kolmogorovSmirnov } from '../../fixtures/sample.ts';

const SECOND = 1e6;
/** The conformance case: 50/s and 500/s, each for 20 s on average. */
const TWO: ProcessSpec = {
  kind: 'mmpp',
  factors: [50, 500],
  sojourns: [20 * SECOND, 20 * SECOND],
};
const THREE: ProcessSpec = {
  kind: 'mmpp',
  factors: [1, 0, 6],
  sojourns: [0.4 * SECOND, 0.2 * SECOND, 0.1 * SECOND],
};

test('factors are scaled to the mean 1 over the chain', () => {
  const { factor } = cyclicChain(TWO);
  expect([...factor].map((f) => 275 * f)).toEqual([expect.closeTo(50, 9), expect.closeTo(500, 9)]);
  // Shares 4/7, 2/7, 1/7 of the time: the mean of 1, 0, 6 is 10/7.
  expect([...cyclicChain(THREE).factor]).toEqual([0.7, 0, 4.2].map((f) => expect.closeTo(f, 12)));
});

describe('index of dispersion', () => {
  interface Truth {
    readonly id: string;
    readonly results: { indexOfDispersion: Record<string, number>; idcLimit: number };
  }
  const path = new URL('../../conformance/queueing-truths.json', import.meta.url);
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { cases: readonly Truth[] };
  const truth = cases.find(({ id }) => id === 'mmpp2-50-500-0.05-0.05') as Truth;

  test.each(Object.entries(truth.results.indexOfDispersion))('within %s s', (seconds, index) => {
    const seen = mmpp.dispersion(TWO, { rate: 275, window: Number(seconds) * SECOND });
    expect(Math.abs(seen / index - 1)).toBeLessThan(1e-10);
  });

  test('in the limit', () => {
    const seen = mmpp.dispersion(TWO, { rate: 275, window: Number.POSITIVE_INFINITY });
    expect(Math.abs(seen / truth.results.idcLimit - 1)).toBeLessThan(1e-10);
    expect(mmpp.dispersion(TWO, { rate: 275, window: 1e9 * SECOND })).toBeCloseTo(seen, 3);
  });

  test('two equal states are Poisson, a short window is', () => {
    const equal = { ...THREE, factors: [2, 2, 2] };
    expect(mmpp.dispersion(equal, { rate: 99, window: 7 * SECOND })).toBeCloseTo(1, 12);
    expect(mmpp.dispersion(TWO, { rate: 275, window: 0 })).toBe(1);
    // By Taylor: 1 + λ·v·t·(1 − rt/3) for small t, v = 0.25 · (450/275)², r = 0.1/s.
    const short = mmpp.dispersion(TWO, { rate: 275, window: 1000 });
    const first = 275 * 0.001 * 0.25 * (450 / 275) ** 2;
    expect(short - 1).toBeCloseTo(first * (1 - (0.1 * 0.001) / 3), 8);
  });

  test('two states written as four, twice around, are the same process', () => {
    const factors = [50, 500, 50, 500];
    const sojourns = [20, 20, 20, 20].map((s) => s * SECOND);
    for (const window of [1, 10, 60, Number.POSITIVE_INFINITY]) {
      const at = { rate: 275, window: window * SECOND };
      const seen = mmpp.dispersion({ kind: 'mmpp', factors, sojourns }, at);
      expect(Math.abs(seen / mmpp.dispersion(TWO, at) - 1)).toBeLessThan(1e-9);
    }
  });

  test.each([0.1, 1, 10])('three states, by simulation, within %f s', (seconds) => {
    const times = arrivalsOf(mmpp, THREE, constant(60, 4000), 1);
    const at = { rate: 60, window: seconds * SECOND };
    const counts = countsOf(times, at.window, 4000 * SECOND);
    // Every tenth window where they are short against the chain: nearly independent.
    const apart = counts.filter((_, i) => seconds > 5 || i % 10 === 0);
    expectDispersion(apart, mmpp.dispersion(THREE, at));
  });

  test.each([1, 10, 60])('the conformance case, by simulation, within %i s', (seconds) => {
    const counts = Array.from({ length: 1500 }, (_, replication) => {
      return arrivalsOf(mmpp, TWO, constant(275, seconds), replication, 2048).length;
    });
    expectDispersion(counts, truth.results.indexOfDispersion[seconds]);
  });
});

test('the first state is the stationary one', () => {
  // Shares of the states at time 0, seen in the arrivals of the first ms at a high rate.
  const counts = Array.from(
    { length: 1500 },
    (_, replication) => arrivalsOf(mmpp, THREE, constant(100_000, 0.001), replication).length,
  );
  const silent = counts.filter((n) => n === 0).length / counts.length;
  const busy = counts.filter((n) => n > 200).length / counts.length;
  // 2/7 without arrivals, 1/7 with about 420, within 1 ms of changes of state (below 1 %).
  expect(Math.abs(silent - 2 / 7)).toBeLessThan(4.5 * Math.sqrt(0.2041 / 1500) + 0.01);
  expect(Math.abs(busy - 1 / 7)).toBeLessThan(4.5 * Math.sqrt(0.1225 / 1500) + 0.01);
});

test('with equal factors the gaps are those of a Poisson process, whatever the chain does', () => {
  const equal = { kind: 'mmpp', factors: [3, 3], sojourns: [20_000, 50_000] };
  const times = arrivalsOf(mmpp, equal, constant(100, 200));
  const gaps = times.slice(1).map((time, i) => (time - times[i]) / 10_000);
  expect(kolmogorovSmirnov(gaps, exponentialCdf)).toBeLessThan(KS_LIMIT);
});

test('keeps the rate in every segment', () => expectTheRate(mmpp, THREE, 300));

test('times are in order, and do not depend on the blocks', () => expectOrder(mmpp, THREE));

test('the chain goes on while the rate is 0', () => {
  const curve = rateCurve(VARYING, VARYING_END);
  const times = arrivalsOf(mmpp, THREE, curve, 2);
  expect(times.filter((t) => t > 20 * SECOND && t < 25 * SECOND)).toEqual([]);
  expect(times.some((t) => t > 25 * SECOND)).toBe(true);
});
