import { expect, test } from 'vitest';
import type { Arrivals } from '../../../packages/engine/src/flow/arrival-columns.ts';
import { drawArrivals } from '../../../packages/engine/src/flow/arrivals.ts';
import { createStream } from '../../../packages/engine/src/kernel/random.ts';
import { LAWS } from '../../../packages/engine/src/service/index.ts';
import { PROCESSES } from '../../../packages/engine/src/traffic/index.ts';
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

test('loads of any process are merged; at one instant in the order of the loads', () => {
  const stream = (path: string) => createStream('mixed', 0, path);
  const curve = steady(100, HORIZON);
  const specs = [
    { kind: 'deterministic' },
    { kind: 'batch', meanSize: 3, sizes: 'fixed' },
    { kind: 'deterministic' },
  ] as const;
  const rows = rowsOf(
    drawArrivals({
      processes: specs.map((spec, i) =>
        PROCESSES[spec.kind].create(spec, curve, stream(`arrivals/${i}`)),
      ),
      law,
      serviceStream: stream('service'),
      balancerStream: stream('balancer'),
    }),
  );
  const bySource = [0, 1, 2].map((source) => rows.filter((row) => row.source === source));
  // The last falls on the horizon itself, where the curve ends.
  expect(bySource[0].map((row) => row.time)).toEqual(
    Array.from({ length: 1999 }, (_, i) => (i + 1) * 10_000),
  );
  expect(bySource[2].map((row) => row.time)).toEqual(bySource[0].map((row) => row.time));
  expect(bySource[1].length).toBeGreaterThan(1600);
  bySource[1].forEach((row, i) => {
    expect(row.time).toBe(bySource[1][i - (i % 3)].time);
  });
  rows.forEach((row, i) => {
    const before = rows[i - 1];
    if (before === undefined || before.time < row.time) return;
    expect([before.time, before.source <= row.source]).toEqual([row.time, true]);
  });
});
