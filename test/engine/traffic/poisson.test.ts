import { describe, expect, test } from 'vitest';
import { createStream } from '../../../packages/engine/src/kernel/random.ts';
import { flashSaleSegments } from '../../../packages/engine/src/traffic/flash-sale.ts';
import { poisson, poissonProcess } from '../../../packages/engine/src/traffic/poisson.ts';
import {
  expectedArrivals,
  type RateCurve,
  type RateSegment,
  rateCurve,
} from '../../../packages/engine/src/traffic/rate.ts';
import { exponentialCdf, KS_LIMIT, kolmogorovSmirnov, momentsOf } from '../../fixtures/sample.ts';

const SECOND = 1e6;

/** All arrival times, drawn in blocks of odd sizes. */
function arrivalsOf(curve: RateCurve, replication: number, block = 97): number[] {
  const process = poissonProcess(curve, createStream('poisson', replication, 'arrivals'));
  const out = new Float64Array(block + 3);
  const times: number[] = [];
  for (;;) {
    const end = process.fill(out, 3, block + 3);
    times.push(...out.subarray(3, end));
    if (end < block + 3) return times;
  }
}

const HORIZON = 40 * SECOND;
const CURVES: [name: string, segments: RateSegment[]][] = [
  ['a constant rate', [{ duration: HORIZON, rate: 250, endRate: 250 }]],
  ['a ramp up from nothing', [{ duration: HORIZON, rate: 0, endRate: 500 }]],
  ['a ramp down to nothing', [{ duration: HORIZON, rate: 500, endRate: 0 }]],
  [
    'steps with a pause',
    [
      { duration: 10 * SECOND, rate: 100, endRate: 100 },
      { duration: 10 * SECOND, rate: 0, endRate: 0 },
      { duration: 20 * SECOND, rate: 450, endRate: 450 },
    ],
  ],
  [
    'a flash sale',
    flashSaleSegments({
      base: 20,
      peak: 900,
      at: 10 * SECOND,
      surge: 2 * SECOND,
      plateau: 5 * SECOND,
      decay: 4 * SECOND,
    }),
  ],
];

/** Expected arrivals until a time, from the description, not from the inverse. */
function cumulative(segments: readonly RateSegment[], time: number): number {
  return expectedArrivals(rateCurve(segments, time));
}

describe.each(CURVES)('%s', (_name, segments) => {
  const curve = rateCurve(segments, HORIZON);
  const mean = expectedArrivals(curve);
  const runs = Array.from({ length: 400 }, (_, replication) => arrivalsOf(curve, replication));

  test('the number of arrivals in each slice is Poisson: its mean, its dispersion 1', () => {
    const slices = 8;
    for (let k = 0; k < slices; k++) {
      const from = (HORIZON * k) / slices;
      const to = (HORIZON * (k + 1)) / slices;
      const expected = cumulative(segments, to) - (from === 0 ? 0 : cumulative(segments, from));
      const counts = runs.map((times) => times.filter((t) => t >= from && t < to).length);
      const seen = momentsOf(counts);
      const message = `slice ${k}`;
      expect(Math.abs(seen.mean - expected), message).toBeLessThanOrEqual(
        4 * Math.sqrt(expected / seen.n),
      );
      if (expected < 5) continue;
      // χ² with n − 1 degrees of freedom.
      const dispersion = seen.variance / seen.mean;
      expect(Math.abs(dispersion - 1), message).toBeLessThan(4 * Math.sqrt(2 / seen.n));
    }
  });

  test('given their number, the arrivals are spread as the rate says', () => {
    const times = runs.slice(0, 20).flat();
    const cdf = (t: number) => (t <= 0 ? 0 : cumulative(segments, t) / mean);
    expect(kolmogorovSmirnov(times, cdf)).toBeLessThan(KS_LIMIT);
  });

  test('in operational time the gaps are unit exponentials', () => {
    const gaps = runs.slice(0, 5).flatMap((times) => {
      const passed = times.map((t) => (t <= 0 ? 0 : cumulative(segments, t)));
      return passed.map((mass, i) => mass - (i === 0 ? 0 : passed[i - 1]));
    });
    expect(kolmogorovSmirnov(gaps, exponentialCdf)).toBeLessThan(KS_LIMIT);
  });

  test('times are whole, never fall, lie within the horizon, and do not depend on the blocks', () => {
    for (const times of runs.slice(0, 20)) {
      times.forEach((time, i) => {
        if (!Number.isInteger(time) || time < (times[i - 1] ?? 0) || time > HORIZON) {
          expect.fail(`arrival ${i} at ${time} after ${times[i - 1]}`);
        }
      });
    }
    expect(arrivalsOf(curve, 3, 1000)).toEqual(runs[3]);
  });
});

test('the same exponentials meet another rate: common random numbers', () => {
  const slow = arrivalsOf(rateCurve([{ duration: HORIZON, rate: 100, endRate: 100 }], HORIZON), 1);
  const fast = arrivalsOf(rateCurve([{ duration: HORIZON, rate: 200, endRate: 200 }], HORIZON), 1);
  slow.forEach((time, i) => {
    expect(Math.abs(fast[i] - time / 2)).toBeLessThanOrEqual(1);
  });
});

test('a gap of exactly zero before a segment without arrivals draws no arrival there', () => {
  // This state’s first 32 bits are all zero, and so is the exponential made of them.
  for (const segments of [
    [
      { duration: 10 * SECOND, rate: 0, endRate: 0 },
      { duration: 10 * SECOND, rate: 50, endRate: 50 },
    ],
    [{ duration: 20 * SECOND, rate: 0, endRate: 50 }],
  ]) {
    const process = poissonProcess(rateCurve(segments, 20 * SECOND), Int32Array.of(0, 1, 0, 0));
    const out = new Float64Array(100);
    const end = process.fill(out, 0, 100);
    expect(end).toBeGreaterThan(0);
    out.subarray(0, end).forEach((time, i) => {
      expect(Number.isInteger(time), `arrival ${i} at ${time}`).toBe(true);
    });
  }
});

test('nothing is drawn after the end, and the index of dispersion is 1', () => {
  const stream = createStream('end', 0, 'arrivals');
  const process = poissonProcess(rateCurve([], HORIZON), stream);
  const out = new Float64Array(8);
  expect(process.fill(out, 2, 8)).toBe(2);
  const drawn = [...stream];
  expect(process.fill(out, 2, 8)).toBe(2);
  expect([...stream]).toEqual(drawn);
  expect(poisson.dispersion({ kind: 'poisson' }, { rate: 5, window: SECOND })).toBe(1);
});
