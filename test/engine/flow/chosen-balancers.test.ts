/** What weighted, sticky and power of d promise; their contract is in balancers.test.ts. */
import { expect, test } from 'vitest';
import type { Plane } from '../../../packages/engine/src/flow/columns.ts';
import { admitPod, withdrawPod } from '../../../packages/engine/src/flow/pods.ts';
import { createStream, nextInt32 } from '../../../packages/engine/src/kernel/random.ts';
import { listedArrivals, type PlaneShape, planeOf } from '../../fixtures/plane.ts';

const planeWith = (shape: PlaneShape) => planeOf(shape, listedArrivals([]));

/** Chooses n times; how often each pod is chosen. */
function choices(plane: Plane, n: number, seed = 'choices'): number[] {
  const s = createStream(seed, 0, 'balancers');
  const counts = new Array<number>(8).fill(0);
  for (let i = 0; i < n; i++) {
    plane.arrivals.moreDraws[0] = nextInt32(s);
    counts[plane.choose(plane.pods, nextInt32(s), nextInt32(s), plane.arrivals, 0)]++;
  }
  return counts;
}

test('weighted: in proportion to the weights of the pods that are ready', () => {
  const plane = planeWith({ pods: 4, balancer: 'weighted', weights: [1, 2, 5] });
  const n = 90_000;
  // Pod 3 has the weight of place 0 again.
  const shares = [1, 2, 5, 1].map((weight) => weight / 9);
  choices(plane, n)
    .slice(0, 4)
    .forEach((count, pod) => {
      const sigma = Math.sqrt(n * shares[pod] * (1 - shares[pod]));
      expect(Math.abs(count - n * shares[pod])).toBeLessThan(4.5 * sigma);
    });
  withdrawPod(plane, 2);
  expect(choices(plane, 1000)[2]).toBe(0);
});

test('power of three: all pods seen when there are three, the least loaded wins', () => {
  const plane = planeWith({ pods: 3, balancer: 'power-of-two', choices: 3 });
  plane.pods.busy.set([2, 1, 3]);
  expect(choices(plane, 500)).toEqual([0, 500, 0, 0, 0, 0, 0, 0]);
});

test('power of three: three different pods, each set as likely as any other', () => {
  const plane = planeWith({ pods: 5, balancer: 'power-of-two', choices: 3 });
  plane.pods.busy.set([0, 1, 2, 3, 4]);
  const n = 60_000;
  const counts = choices(plane, n);
  // Of the 10 sets of three, 6 hold pod 0, 3 have pod 1 as their least, 1 has pod 2.
  const shares = [0.6, 0.3, 0.1, 0, 0];
  shares.forEach((share, pod) => {
    const sigma = Math.sqrt(n * share * (1 - share));
    expect(Math.abs(counts[pod] - n * share)).toBeLessThanOrEqual(4.5 * sigma);
  });
});

test('sticky: a connection stays with its pod until the pod goes', () => {
  const plane = planeWith({ pods: 2, balancer: 'sticky', sticky: { connections: 4 } });
  const pinned = () => Array.from(plane.pods.stickiness?.pod ?? []);
  choices(plane, 200);
  const before = pinned();
  // New pods get nothing from connections that stand.
  admitPod(plane, 2);
  expect(choices(plane, 200, 'again')[2]).toBe(0);
  expect(pinned()).toEqual(before);
  withdrawPod(plane, 0);
  choices(plane, 200, 'once more');
  expect(pinned()).not.toContain(0);
  expect(pinned().filter((_, i) => before[i] === 1)).toEqual(before.filter((pod) => pod === 1));
});

test('sticky: connections are opened anew after their number of requests, or their time', () => {
  const once = planeWith({ pods: 4, balancer: 'sticky', sticky: { connections: 1, requests: 1 } });
  expect(choices(once, 400).filter((count) => count > 60).length).toBe(4);
  const sticky = { connections: 1, lifetime: 100 };
  const brief = planeWith({ pods: 4, balancer: 'sticky', sticky });
  const opened = brief.pods.stickiness?.opened ?? [];
  for (const [time, expected] of [
    [0, 0],
    [99, 0],
    [100, 100],
    [150, 100],
    [200, 200],
  ]) {
    brief.arrivals.time[0] = time;
    brief.choose(brief.pods, 7, 9, brief.arrivals, 0);
    expect(opened[0]).toBe(expected);
  }
});
