/** Requests that share the CPU of a pod, worked out by hand; µs. The oracle does the rest. */
import { expect, test } from 'vitest';
import { advance, loseWork } from '../../../packages/engine/src/flow/general-path.ts';
import { busyTime } from '../../../packages/engine/src/flow/pods.ts';
import type { ProcessorSpec } from '../../../packages/engine/src/flow/processor.ts';
import { listedArrivals, planeOf } from '../../fixtures/plane.ts';

const PERIOD = 100_000;

function shared(processor: ProcessorSpec, list: readonly (readonly [number, number])[], slots = 8) {
  const requests = list.map(([time, service]) => ({
    time,
    service,
    source: 0,
    draw1: 0,
    draw2: 0,
  }));
  return planeOf({ slots, processor }, listedArrivals(requests));
}

/** Number, sum and largest of the latencies. */
const latencies = (plane: ReturnType<typeof planeOf>) => Array.from(plane.window.totals);

test('two requests share one core: the later one slows the earlier one down', () => {
  const plane = shared({ servers: 1 }, [
    [0, 100],
    [50, 100],
  ]);
  advance(plane, 10_000);
  // 50 alone, 100 each at half speed, then 50 alone.
  expect(latencies(plane)).toEqual([2, 150 + 150, 150]);
  expect(busyTime(plane, 0, 10_000)).toBe(200);
});

test('as many as the limit carries are at full speed', () => {
  const plane = shared({ servers: 2 }, [
    [0, 100],
    [0, 60],
  ]);
  advance(plane, 10_000);
  expect(latencies(plane)).toEqual([2, 160, 100]);
});

test('a limit need not be whole, and a completion is on the next whole µs', () => {
  const plane = shared({ servers: 1.5 }, [
    [0, 100],
    [0, 100],
  ]);
  advance(plane, 10_000);
  // Speed 3/4: done after 133.3 µs.
  expect(latencies(plane)).toEqual([2, 268, 134]);
  expect(busyTime(plane, 0, 10_000)).toBe(200);
});

test('less than one core slows even one request down', () => {
  const plane = shared({ servers: 0.25 }, [[0, 100]]);
  advance(plane, 399);
  expect(busyTime(plane, 0, 200)).toBe(50);
  advance(plane, 10_000);
  expect(latencies(plane)).toEqual([1, 400, 400]);
});

test('more than the slots wait, and get their share only then', () => {
  const plane = shared(
    { servers: 1 },
    [
      [0, 100],
      [0, 100],
      [0, 10],
    ],
    2,
  );
  advance(plane, 10_000);
  expect(latencies(plane)).toEqual([3, 200 + 200 + 210, 210]);
  expect(plane.waits.totals[1]).toBe(200);
});

test('cfs: full speed until the quota is used, then none until the next period', () => {
  const plane = shared({ servers: 1, period: PERIOD }, [
    [0, 80_000],
    [0, 80_000],
  ]);
  advance(plane, 70_000);
  expect(busyTime(plane, 0, 70_000)).toBe(100_000);
  advance(plane, 1e9);
  // 50 ms each, 50 ms of nothing, 30 ms each.
  expect(latencies(plane)).toEqual([2, 260_000, 130_000]);
});

test('cfs: what a period leaves of its quota is lost', () => {
  const plane = shared({ servers: 0.5, period: PERIOD }, [[90_000, 80_000]]);
  advance(plane, 1e9);
  // 10 ms before the period ends, 50 ms in the next, 20 ms in the one after.
  expect(latencies(plane)).toEqual([1, 130_000, 130_000]);
});

test('in no period is more CPU used than the limit allows', () => {
  const list = Array.from({ length: 300 }, (_, i) => [i * 1700, 1 + ((i * 7919) % 9000)] as const);
  for (const processor of [{ servers: 1.3 }, { servers: 1.3, period: PERIOD }]) {
    const plane = shared(processor, list, 100);
    let before = 0;
    for (let end = PERIOD; end <= 30 * PERIOD; end += PERIOD) {
      advance(plane, end);
      const used = busyTime(plane, 0, end);
      expect(used - before).toBeLessThanOrEqual(1.3 * PERIOD + 1e-6);
      before = used;
    }
    expect(before).toBe(list.reduce((sum, [, service]) => sum + service, 0));
  }
});

test('work that is lost with its pod counts up to that instant', () => {
  const plane = shared({ servers: 1 }, [
    [0, 100],
    [0, 300],
  ]);
  advance(plane, 120);
  loseWork(plane, 0, 120);
  expect(busyTime(plane, 0, 120)).toBe(120);
  expect(busyTime(plane, 0, 5000)).toBe(120);
  expect(plane.departures.nextTime).toBe(Number.POSITIVE_INFINITY);
});

test('a pod that is never idle for days keeps every tick', () => {
  // Two requests of 20 hours and short ones on the way: virtual time starts again in between.
  const hour = 3_600_000_000;
  const plane = shared({ servers: 3 }, [
    [0, 20 * hour],
    [10, 20 * hour],
    [15 * hour, 100],
  ]);
  advance(plane, 50 * hour);
  expect(latencies(plane)).toEqual([3, 40 * hour + 100, 20 * hour]);
  expect(busyTime(plane, 0, 50 * hour)).toBe(40 * hour + 100);
});
