/** Slow start: how much each balancer sends to a pod that it has known but for a while. */
import { describe, expect, test } from 'vitest';
import { furtherDraw } from '../../../packages/engine/src/flow/balancers/gradual.ts';
import type { BalancerName } from '../../../packages/engine/src/flow/balancers/index.ts';
import type { Plane } from '../../../packages/engine/src/flow/columns.ts';
import { advance } from '../../../packages/engine/src/flow/general-path.ts';
import { admitPod, withdrawPod } from '../../../packages/engine/src/flow/pods.ts';
import { createSlowStart, shareOf } from '../../../packages/engine/src/flow/slow-start.ts';
import { createStream, nextInt32 } from '../../../packages/engine/src/kernel/random.ts';
import {
  type ListedRequest,
  listedArrivals,
  type PlaneShape,
  planeOf,
} from '../../fixtures/plane.ts';

const DURATION = 1_000_000;
const slowStart = { duration: DURATION, aggression: 1, minimum: 0.1 };
const REQUESTS = 40_000;

/** Requests that begin at once and end before the next: what the balancer alone makes of them. */
function requestsAt(time: number): ListedRequest[] {
  const s = createStream('gradual', 0, 'draws');
  return Array.from({ length: REQUESTS }, (_, i) => ({
    ...{ time: time + (i & 1), service: 1, source: 0 },
    ...{ draw1: nextInt32(s), draw2: nextInt32(s), draw3: nextInt32(s) },
  }));
}

/** Share of the requests that the last of five pods gets at an age; the others are old. */
function shareOfNew(age: number, shape: PlaneShape): number {
  const time = 10 * DURATION;
  const list = requestsAt(time).map((request, i) => ({ ...request, time: time + 10 * i }));
  // Ages differ by no more than this over the requests.
  const plane = planeOf({ pods: 4, slots: 1, ...shape }, listedArrivals(list));
  admitPod(plane, 4, time - age);
  const seen = chosenOf(plane, list);
  return seen[4] / REQUESTS;
}

function chosenOf(plane: Plane, list: readonly ListedRequest[]): Float64Array {
  advance(plane, (list.at(-1)?.time ?? 0) + 10);
  return plane.pods.booked;
}

const long = { ...slowStart, duration: 1e9 };

describe('the share of a new pod', () => {
  test('rises from the least to the whole', () => {
    const state = createSlowStart(slowStart, 2);
    state.since[1] = 500;
    const at = (age: number) => shareOf(state, 1, 500 + age);
    expect([0, 1, 100_000, 250_000, 999_999].map(at)).toEqual([0.1, 0.1, 0.1, 0.25, 0.999999]);
    expect([DURATION, 5 * DURATION].map(at)).toEqual([1, 1]);
    // It has always been there.
    expect(shareOf(state, 0, 0)).toBe(1);
  });

  test('rises faster at first with more aggression', () => {
    const eager = createSlowStart({ ...slowStart, aggression: 2 }, 1);
    eager.since[0] = 0;
    expect(shareOf(eager, 0, 250_000)).toBeCloseTo(0.5, 12);
    expect(shareOf(eager, 0, 810_000)).toBeCloseTo(0.9, 12);
  });

  // Of weights 1, 1, 1, 1 and s the last has s ÷ (4 + s). Four standard errors of 40 000 draws.
  test.each<[BalancerName, number]>([
    ['random', 0.25],
    ['random', 0.5],
    ['round-robin', 0.25],
    ['round-robin', 0.5],
  ])('%s: in proportion to its share %d', (balancer, share) => {
    const part = share / (4 + share);
    const measured = shareOfNew(share * 1e9, { balancer, slowStart: long });
    const error = Math.sqrt((part * (1 - part)) / REQUESTS);
    expect(Math.abs(measured - part)).toBeLessThan(4 * error);
  });

  test('weighted: in proportion to its share of its weight', () => {
    // Pods 0 to 4 have the weights 1, 3, 1, 3, 2.
    const shape = { balancer: 'weighted', weights: [1, 3, 1, 3, 2], slowStart: long } as const;
    const part = 1 / (1 + 3 + 1 + 3 + 1);
    const measured = shareOfNew(0.5e9, shape);
    const error = Math.sqrt((part * (1 - part)) / REQUESTS);
    expect(Math.abs(measured - part)).toBeLessThan(4 * error);
  });

  test('round robin: a pod with a quarter takes every fourth of its turns', () => {
    const plane = planeOf(
      { pods: 2, slots: 1, queueLimit: 0, balancer: 'round-robin', slowStart: long },
      listedArrivals(
        requestsAt(0.25e9)
          .slice(0, 18)
          .map((r, i) => ({ ...r, time: 0.25e9 + i })),
      ),
    );
    admitPod(plane, 2, 0);
    const order: number[] = [];
    const watched: Plane = {
      ...plane,
      choose: (...args) => {
        const pod = plane.choose(...args);
        order.push(pod);
        return pod;
      },
    };
    advance(watched, 0.25e9 + 18);
    expect(order.join('')).toBe('010101012'.repeat(2));
  });

  test('power of two: a pod counts as if it held more, in proportion', () => {
    const choose = (heldByOld: number, share: number) => {
      // Both pods are drawn whatever the draws are; the old one holds requests that go on.
      const old = Array.from({ length: heldByOld }, () => ({ time: 0, service: 2e9 }));
      const list = [...old, { time: share * 1e9 + 1, service: 1 }].map((request) => ({
        ...request,
        ...{ source: 0, draw1: 0, draw2: 0 },
      }));
      const shape = { pods: 1, slots: 50, balancer: 'power-of-two', slowStart: long } as const;
      const plane = planeOf(shape, listedArrivals(list));
      advance(plane, 1);
      admitPod(plane, 1, 1);
      advance(plane, share * 1e9 + 2);
      return plane.pods.booked[1];
    };
    // (0 + 1) ÷ 0.25 = 4 against held + 1: at a tie the one drawn first, the old one.
    expect(choose(2, 0.25)).toBe(0);
    expect(choose(3, 0.25)).toBe(0);
    expect(choose(4, 0.25)).toBe(1);
    expect(choose(1, 0.6)).toBe(1);
  });

  test('power of three compares three', () => {
    const three = { balancer: 'power-of-two', choices: 3, slots: 1 } as const;
    // Nobody holds anything: a new pod is chosen only if no old one is among the three: never.
    expect(shareOfNew(0.5e9, { ...three, slowStart: long })).toBe(0);
    expect(shareOfNew(2e9, { ...three, slowStart: long })).toBeCloseTo(0.2, 1);
  });
});

test.each<BalancerName>(['random', 'round-robin', 'power-of-two', 'weighted'])(
  '%s chooses as ever once all pods are known for long, and when all are equally new to it',
  (balancer) => {
    const list = requestsAt(0).map((request, i) => ({ ...request, time: 10 * DURATION + 5 * i }));
    const shape = { slots: 1, pods: 5, balancer, weights: [1, 2] } as const;
    const plain = planeOf(shape, listedArrivals(list));
    const gradual = planeOf({ ...shape, slowStart }, listedArrivals(list));
    expect(chosenOf(gradual, list).slice(0, 5)).toEqual(chosenOf(plain, list).slice(0, 5));
  },
);

test('a pod that comes back starts slowly again', () => {
  const plane = planeOf({ pods: 1, balancer: 'random', slowStart }, listedArrivals([]));
  admitPod(plane, 1, 0);
  withdrawPod(plane, 1);
  admitPod(plane, 1, 7 * DURATION);
  const state = plane.pods.slowStart as NonNullable<typeof plane.pods.slowStart>;
  expect(shareOf(state, 1, 7 * DURATION)).toBe(0.1);
});

test('the further draws of a request are uniform and independent of the first', () => {
  const s = createStream('further', 0, 'draws');
  const n = 20_000;
  const sums = { first: 0, square: 0, product: 0 };
  for (let i = 0; i < n; i++) {
    const draw = nextInt32(s);
    const [u, v] = [furtherDraw(draw, 2) / 2 ** 32 - 0.5, furtherDraw(draw, 3) / 2 ** 32 - 0.5];
    sums.first += u;
    sums.square += u * u;
    sums.product += u * v;
  }
  // Uniform on ±1/2: mean 0, variance 1/12; of a product of two 1/144. Four standard errors.
  expect(Math.abs(sums.first / n)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
  expect(Math.abs(sums.square / n - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / n));
  expect(Math.abs(sums.product / n)).toBeLessThan(4 * Math.sqrt(1 / 144 / n));
});
