/** A service's own queue: who waits in it, who takes from it, and how pods pull from it. */
import { describe, expect, test } from 'vitest';
import type { HoldPort } from '../../../packages/engine/src/flow/data-plane.ts';
import { createGeneralPlane } from '../../../packages/engine/src/flow/general-plane.ts';
import type { HoldSpec } from '../../../packages/engine/src/flow/hold.ts';
import { createSample, sampledRequests } from '../../../packages/engine/src/flow/sample.ts';
import { createStream, nextInt32 } from '../../../packages/engine/src/kernel/random.ts';
import {
  type ListedRequest,
  listedArrivals,
  type PlaneShape,
  specOf,
} from '../../fixtures/plane.ts';

const activator: HoldSpec = { limit: 10_000, inPath: false, perPod: 1 };

function listed(times: readonly number[], service = 10): ListedRequest[] {
  const s = createStream('hold', 0, 'draws');
  return times.map((time) => ({
    ...{ time, service, source: 0, draw1: nextInt32(s), draw2: nextInt32(s) },
  }));
}

function plane(shape: PlaneShape, list: readonly ListedRequest[]) {
  const made = createGeneralPlane(specOf(shape, listedArrivals(list)));
  return { plane: made, hold: made.hold as HoldPort };
}

/** offered, served + late, timed out, rejected, failed. */
function counts({ counts: c }: { counts: Float64Array }): number[] {
  return [c[0], c[1] + c[2], c[3], c[4], c[5]];
}

describe('out of the path', () => {
  test('it holds what comes while no pod is ready, and hands it over in order', () => {
    const sample = createSample(10, createStream('hold', 0, 'sample'));
    const { plane: p, hold } = plane({ hold: activator, sample }, listed([1, 2, 3, 4]));
    expect(hold.firstArrival()).toBe(Number.POSITIVE_INFINITY);
    p.advance(100);
    p.settle(100);
    expect([hold.length(), hold.firstArrival(), p.waiting(), p.inFlight()]).toEqual([4, 1, 4, 4]);
    p.admit(0, 100);
    expect(hold.length()).toBe(3);
    p.advance(200);
    p.settle(200);
    expect(counts(p)).toEqual([4, 4, 0, 0, 0]);
    const starts = sampledRequests(sample, 200).map(({ start, pod }) => [start, pod]);
    expect(starts).toEqual([
      [100, 0],
      [110, 0],
      [120, 0],
      [130, 0],
    ]);
  });

  test('it is full, and clients lose patience in it, as in any queue', () => {
    const shape = { hold: { ...activator, limit: 2 }, timeouts: [50] };
    const { plane: p, hold } = plane(shape, listed([1, 2, 3, 60]));
    p.advance(55);
    p.settle(55);
    expect(counts(p)).toEqual([3, 0, 2, 1, 0]);
    expect(hold.length()).toBe(0);
    p.advance(70);
    expect(hold.firstArrival()).toBe(60);
  });

  test('nobody overtakes those that wait; then requests go straight to the pods', () => {
    const { plane: p, hold } = plane({ hold: activator }, listed([1, 2, 105, 200, 201]));
    p.advance(100);
    p.admit(0, 100);
    p.advance(106);
    // The third waits behind the second; the last waits at the pod.
    expect(hold.length()).toBe(2);
    p.advance(202);
    expect([hold.length(), p.outstanding(0, 202)]).toEqual([0, 2]);
  });

  test('a pod with a closed port takes nothing from it', () => {
    const { plane: p, hold } = plane({ hold: activator }, listed([10, 20]));
    p.admit(0);
    p.refuse(0, 5);
    p.advance(50);
    expect([hold.length(), p.readyCount()]).toEqual([2, 0]);
    p.restart(0, 50);
    p.advance(100);
    p.settle(100);
    expect(counts(p)).toEqual([2, 2, 0, 0, 0]);
  });
});

describe('in the path', () => {
  test('a pod holds no more than its concurrency', () => {
    const shape = { slots: 4, hold: { ...activator, inPath: true, perPod: 3 } };
    const { plane: p, hold } = plane(shape, listed(Array(10).fill(5), 100));
    p.admit(0);
    p.admit(1);
    p.advance(6);
    expect([p.outstanding(0, 6), p.outstanding(1, 6), hold.length()]).toEqual([3, 3, 4]);
    // Of departures at one instant those of pod 0 come first, and it takes three at once.
    p.advance(106);
    expect([p.outstanding(0, 106), p.outstanding(1, 106), hold.length()]).toEqual([3, 1, 0]);
  });

  // Free slots pull: M/D-like c(t) with one queue. All of 6 requests of 100 µs are there at 0; a
  // second and third server come at 150. One server: starts 0, 100; then three at a time.
  test('servers that are added to one queue begin at once', () => {
    const sample = createSample(6, createStream('pull', 0, 'sample'));
    const shape = { sample, hold: { ...activator, inPath: true } };
    const { plane: p } = plane(shape, listed(Array(6).fill(1), 100));
    p.admit(0);
    p.advance(150);
    p.admit(1, 150);
    p.admit(2, 150);
    p.advance(1000);
    const starts = sampledRequests(sample, 1000).map(({ start }) => start);
    expect(starts).toEqual([1, 101, 150, 150, 201, 250]);
  });
});

test('a crash of the only pod brings back the queue, and everybody is counted once', () => {
  const times = Array.from({ length: 200 }, (_, i) => 7 * i);
  const { plane: p, hold } = plane(
    { slots: 2, hold: activator, timeouts: [300] },
    listed(times, 13),
  );
  p.admit(0);
  p.advance(400);
  p.refuse(0, 400);
  p.lose(0, 400);
  p.withdraw(0);
  p.advance(800);
  expect(hold.length()).toBeGreaterThan(0);
  p.restart(0, 800);
  p.admit(0, 800);
  p.advance(5000);
  p.settle(5000);
  const [offered, ...fates] = counts(p);
  expect(fates.reduce((sum, count) => sum + count)).toBe(offered);
  expect(fates.every((count, i) => (i === 2 ? count === 0 : count > 0))).toBe(true);
  expect([p.inFlight(), hold.length()]).toEqual([0, 0]);
});
