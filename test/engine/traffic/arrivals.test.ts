import { expect, test } from 'vitest';
import {
  ARRIVALS,
  type ArrivalSpec,
  loadCurve,
} from '../../../packages/engine/src/traffic/index.ts';
import { expectedArrivals } from '../../../packages/engine/src/traffic/rate.ts';

const SECOND = 1e6;
const HORIZON = 100 * SECOND;

/** One load per entry of the registry, and the arrivals it promises within 100 s. */
const LOADS: Record<keyof typeof ARRIVALS, { load: ArrivalSpec; arrivals: number }> = {
  rate: { load: { rate: 40 }, arrivals: 4000 },
  stages: {
    load: {
      startRate: 10,
      stages: [{ duration: 50 * SECOND, target: 30, jump: false }],
    },
    arrivals: 1000 + 1500,
  },
  flashSale: {
    load: {
      flashSale: {
        base: 10,
        peak: 100,
        at: 50 * SECOND,
        surge: 10 * SECOND,
        plateau: 40 * SECOND,
        decay: 1 * SECOND,
      },
    },
    arrivals: 500 + 550 + 4000,
  },
  trace: { load: { trace: { binWidth: 10 * SECOND, counts: [7, 5] } }, arrivals: 12 + 40 },
};

test.each(Object.entries(LOADS))('%s', (_key, { load, arrivals }) => {
  expect(expectedArrivals(loadCurve(load, HORIZON))).toBeCloseTo(arrivals, 6);
});

test('each entry of the registry takes its own load only', () => {
  expect(Object.keys(LOADS)).toEqual(Object.keys(ARRIVALS));
  for (const [key, describe] of Object.entries(ARRIVALS)) {
    for (const [other, { load }] of Object.entries(LOADS)) {
      expect(describe(load) !== null, `${key} of ${other}`).toBe(key === other);
    }
  }
});
