import { describe, expect, test } from 'vitest';
import {
  hyperexponential,
  unitBranches,
} from '../../../packages/engine/src/traffic/hyperexponential.ts';
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
import { KS_LIMIT, kolmogorovSmirnov, momentsOf } from '../../fixtures/sample.ts';

const BALANCED = { kind: 'hyperexponential', cv: 2 };
const WRITTEN = { kind: 'hyperexponential', p: 0.9, mean1: 10, mean2: 200 };

test('a cv of 2 gives the balanced means of H2/M/1 with a squared cv of 4', () => {
  // Conformance case h2m1-rho0.8: rates 1.41967733539 and 0.180322664607 at λ = 0.8.
  const { p, mean1, mean2 } = unitBranches(BALANCED);
  expect(p).toBeCloseTo(0.887298334621, 12);
  expect(0.8 / mean1).toBeCloseTo(1.41967733539, 11);
  expect(0.8 / mean2).toBeCloseTo(0.180322664607, 12);
  expect(hyperexponential.dispersion(BALANCED, { rate: 1, window: 1e6 })).toBeCloseTo(4, 12);
});

test('of means that are written only the ratio counts', () => {
  const { p, mean1, mean2 } = unitBranches(WRITTEN);
  expect(p * mean1 + (1 - p) * mean2).toBeCloseTo(1, 12);
  expect(mean2 / mean1).toBeCloseTo(20, 12);
  expect(unitBranches({ ...WRITTEN, mean1: 1, mean2: 20 }).mean2).toBeCloseTo(mean2, 12);
});

describe.each([BALANCED, WRITTEN])('%o', (spec) => {
  const { p, mean1, mean2 } = unitBranches(spec);
  const tail = (x: number) => p * Math.exp(-x / mean1) + (1 - p) * Math.exp(-x / mean2);

  test('gaps in operational time have the law', () => {
    const gaps = [0, 1, 2].flatMap((replication) => {
      const curve = rateCurve(VARYING, VARYING_END);
      return differences(
        operational(VARYING, arrivalsOf(hyperexponential, spec, curve, replication)),
      );
    });
    expect(kolmogorovSmirnov(gaps, (x) => (x <= 0 ? 0 : 1 - tail(x)))).toBeLessThan(KS_LIMIT);
  });

  test('in equilibrium the first gap has the mean (1 + cv²) ÷ 2', () => {
    const firsts = Array.from(
      { length: 2000 },
      (_, r) => arrivalsOf(hyperexponential, spec, constant(100, 5), r)[0] ?? 5e6,
    );
    const index = hyperexponential.dispersion(spec, { rate: 100, window: 1e6 });
    const { mean, variance, n } = momentsOf(firsts);
    expect(Math.abs(mean - 5000 * (1 + index))).toBeLessThan(4.5 * Math.sqrt(variance / n));
  });

  test('keeps the rate in every segment', () => expectTheRate(hyperexponential, spec, 150));

  test('times are in order, and do not depend on the blocks', () =>
    expectOrder(hyperexponential, spec));

  test('its counts in long windows have the index of dispersion', () => {
    const times = arrivalsOf(hyperexponential, spec, constant(500, 4000), 3);
    const index = hyperexponential.dispersion(spec, { rate: 500, window: 4e6 });
    expectDispersion(countsOf(times, 4e6, 4000e6), index);
  });
});
