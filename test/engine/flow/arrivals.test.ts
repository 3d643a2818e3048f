import { expect, test } from 'vitest';
import type { Arrivals } from '../../../packages/engine/src/flow/columns.ts';
import { LAWS } from '../../../packages/engine/src/service/index.ts';
import { drawnArrivals, steady } from '../../fixtures/plane.ts';

const HORIZON = 20e6;
const law = LAWS.exponential({ mean: 40_000 });

interface Row {
  readonly time: number;
  readonly service: number;
  readonly source: number;
  readonly draws: readonly number[];
}

function rowsOf(arrivals: Arrivals): Row[] {
  const rows: Row[] = [];
  for (;;) {
    arrivals.refill(arrivals);
    if (arrivals.end === 0) return rows;
    for (let i = 0; i < arrivals.end; i++) {
      rows.push({
        time: arrivals.time[i],
        service: arrivals.service[i],
        source: arrivals.source[i],
        draws: [arrivals.draws[2 * i], arrivals.draws[2 * i + 1]],
      });
    }
  }
}

const drawn = (...rates: number[]) =>
  rowsOf(
    drawnArrivals({ seed: 'arrivals', law, curves: rates.map((rate) => steady(rate, HORIZON)) }),
  );

test('several loads are merged by time, and each keeps its own arrivals', () => {
  const merged = drawn(300, 50, 120);
  merged.forEach((row, i) => {
    expect(row.time).toBeGreaterThanOrEqual(merged[i - 1]?.time ?? 0);
  });
  const first = drawn(300).map((row) => row.time);
  expect(merged.filter((row) => row.source === 0).map((row) => row.time)).toEqual(first);
  expect(new Set(merged.map((row) => row.source))).toEqual(new Set([0, 1, 2]));
});

test('the n-th request draws the same work and luck at any rate', () => {
  const slow = drawn(100);
  const fast = drawn(400);
  expect(slow.length).toBeGreaterThan(1800);
  slow.forEach(({ service, draws }, i) => {
    expect([service, draws]).toEqual([fast[i].service, fast[i].draws]);
  });
});

test('no load draws nothing, and asking again draws nothing again', () => {
  const arrivals = drawnArrivals({ seed: 'arrivals', law, curves: [steady(0, HORIZON)] });
  expect(rowsOf(arrivals)).toEqual([]);
  expect(rowsOf(arrivals)).toEqual([]);
});
