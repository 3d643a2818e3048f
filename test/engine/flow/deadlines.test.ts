/** Time-outs and patience: which comes when, and what they cost in memory; µs. */
import { expect, test } from 'vitest';
import { LATE, SERVED, TIMED_OUT_COUNT } from '../../../packages/engine/src/flow/columns.ts';
import { advance } from '../../../packages/engine/src/flow/general-path.ts';
import {
  createPatienceQueue,
  joinPatience,
  leavePatience,
} from '../../../packages/engine/src/flow/patience-queue.ts';
import { createStream, indexBelow, nextInt32 } from '../../../packages/engine/src/kernel/random.ts';
import { type ListedRequest, listedArrivals, planeOf } from '../../fixtures/plane.ts';

const request = (time: number, service: number, patience?: number): ListedRequest => ({
  ...{ time, service, source: 0, draw1: 0, draw2: 0 },
  ...(patience === undefined ? {} : { patience }),
});

test('patience ends a wait, never a service; the time-out ends both for the client', () => {
  const list = [request(0, 100), request(1, 100), request(2, 10)];
  const plane = planeOf({ patience: [100], timeouts: [150] }, listedArrivals(list));
  advance(plane, 10_000);
  // The second starts at 100, one µs before its patience is over, and times out at 151; the third
  // leaves at 102.
  expect(plane.counts[SERVED] + plane.counts[LATE]).toBe(1);
  expect(plane.counts[TIMED_OUT_COUNT]).toBe(2);
  expect(plane.pods.booked[0]).toBe(200);
});

test('a slot that is free at the instant at which patience ends still serves', () => {
  const list = [request(0, 100), request(10, 5)];
  const plane = planeOf({ patience: [90] }, listedArrivals(list));
  advance(plane, 10_000);
  expect(plane.counts[SERVED]).toBe(2);
});

test('drawn patience: the one who came later may leave earlier', () => {
  const list = [request(0, 100), request(1, 10, 90), request(2, 10, 20), request(3, 10, 500)];
  const plane = planeOf({ patience: ['drawn'] }, listedArrivals(list));
  advance(plane, 50);
  expect([plane.counts[TIMED_OUT_COUNT], plane.pods.queueLength[0]]).toEqual([1, 2]);
  advance(plane, 10_000);
  expect([plane.counts[TIMED_OUT_COUNT], plane.counts[SERVED]]).toEqual([2, 2]);
});

test('more kinds of clients than a byte can count: loads and calls with time-outs of their own', () => {
  const list = [request(0, 1000), { ...request(1, 10), source: 300 }];
  const timeouts = Array.from({ length: 301 }, (_, source) => 5000 - source);
  const plane = planeOf({ timeouts, patience: timeouts.map(() => 'drawn') }, listedArrivals(list));
  advance(plane, 500);
  expect(plane.requests.source[plane.pods.queueFirst[0]]).toBe(300);
  expect(plane.deadlines.next).toBe(4701);
});

test('memory follows the requests that are there, however long the time-out is', () => {
  const s = createStream('memory', 0, 'deadlines');
  let time = 0;
  const list = Array.from({ length: 40_000 }, () => {
    time += indexBelow(nextInt32(s), 20);
    return request(time, 1 + indexBelow(nextInt32(s), 18), 1 + indexBelow(nextInt32(s), 500));
  });
  const year = 366 * 86_400e6;
  for (const patience of ['drawn' as const, null, 1000]) {
    const plane = planeOf({ patience: [patience], timeouts: [year] }, listedArrivals(list));
    advance(plane, time + 1000);
    expect(plane.counts[SERVED]).toBeGreaterThan(30_000);
    expect(plane.requests.capacity).toBe(1024);
    for (const ring of plane.deadlines.rings) expect(ring.rows.length).toBe(1024);
  }
});

test('the queue of drawn patience against a sorted array', () => {
  const s = createStream('patience', 0, 'deadlines');
  const below = (n: number) => indexBelow(nextInt32(s), n);
  const queue = createPatienceQueue(8);
  const sorted: { row: number; instant: number; source: number; joined: number }[] = [];
  let joined = 0;
  for (let step = 0; step < 20_000; step++) {
    if (below(2) === 0 && sorted.length < 300) {
      const row = below(400);
      if (sorted.some((entry) => entry.row === row)) continue;
      const entry = { row, instant: below(50), source: below(3), joined: joined++ };
      sorted.push(entry);
      sorted.sort((a, b) => a.instant - b.instant || a.source - b.source || a.joined - b.joined);
      joinPatience(queue, row, entry.instant, entry.source);
    } else {
      // The first, another, or one that is not there.
      const row = below(3) === 0 ? (sorted[0]?.row ?? 0) : below(400);
      leavePatience(queue, row);
      const at = sorted.findIndex((entry) => entry.row === row);
      if (at >= 0) sorted.splice(at, 1);
    }
    if (queue.length !== sorted.length) expect.fail(`step ${step}`);
    if (queue.length > 0 && queue.rows[0] !== sorted[0].row) expect.fail(`step ${step}`);
  }
});
