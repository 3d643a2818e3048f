import { expect, test } from 'vitest';
import { flashSaleSegments } from '../../../packages/engine/src/traffic/flash-sale.ts';
import {
  expectedArrivals,
  peakRate,
  rateAt,
  rateCurve,
} from '../../../packages/engine/src/traffic/rate.ts';

const SECOND = 1e6;
const SALE = {
  base: 200,
  peak: 9000,
  at: 600 * SECOND,
  surge: 5 * SECOND,
  plateau: 120 * SECOND,
  decay: 60 * SECOND,
};
const HORIZON = 3600 * SECOND;
const curve = rateCurve(flashSaleSegments(SALE), HORIZON);

/** The rate as the scenario describes it. */
function described(second: number): number {
  const since = second - 600;
  if (since < 0) return 200;
  if (since < 5) return 200 + (8800 * since) / 5;
  if (since < 125) return 9000;
  return 200 + 8800 * Math.exp(-(since - 125) / 60);
}

test('the curve follows the description within 0.005 % of the surge until 12 decay times', () => {
  for (let second = 0; second < 725 + 12 * 60; second += 0.7) {
    const error = Math.abs(rateAt(curve, second * SECOND) - described(second));
    expect(error, `${second} s`).toBeLessThan(5.01e-5 * 8800);
  }
});

test('afterwards it is back at the base', () => {
  for (const second of [725 + 721, 2000, 3599]) {
    expect(rateAt(curve, second * SECOND)).toBeCloseTo(200, 9);
  }
});

test('expected arrivals are the area under the description', () => {
  const exact = 200 * 3600 + 8800 * (2.5 + 120 + 60 * -Math.expm1(-12));
  expect(Math.abs(expectedArrivals(curve) / exact - 1)).toBeLessThan(1e-4);
});

test('the peak is the peak, the sale may begin at once and without a surge', () => {
  expect(peakRate(curve)).toBeCloseTo(9000, 9);
  const sudden = rateCurve(flashSaleSegments({ ...SALE, at: 0, surge: 0, plateau: 0 }), HORIZON);
  expect(rateAt(sudden, 0)).toBeCloseTo(9000, 9);
  expect(rateAt(sudden, 60 * SECOND)).toBeCloseTo(200 + 8800 / Math.E, 6);
});
