/** The contract of every balancer over random histories, and what each promises. */
import { describe, expect, test } from 'vitest';
import { BALANCERS, type BalancerName } from '../../../packages/engine/src/flow/balancers/index.ts';
import type { Plane } from '../../../packages/engine/src/flow/columns.ts';
import { advance, loseWork } from '../../../packages/engine/src/flow/general-path.ts';
import { admitPod, withdrawPod } from '../../../packages/engine/src/flow/pods.ts';
import { createStream, indexBelow, nextInt32 } from '../../../packages/engine/src/kernel/random.ts';
import { FOREVER, type ListedRequest, listedArrivals, planeOf } from '../../fixtures/plane.ts';

interface Choice {
  readonly pod: number;
  readonly ready: readonly number[];
  /** Requests held by each ready pod before the choice. */
  readonly held: readonly number[];
}

const held = ({ pods }: Plane, pod: number) => pods.busy[pod] + pods.queueLength[pod];

/** Runs requests over pods that come and go, and writes down every choice. */
function history(name: BalancerName, seed: string, changes: boolean): Choice[] {
  const s = createStream(seed, 0, 'balancers');
  const below = (n: number) => indexBelow(nextInt32(s), n);
  let time = 0;
  const requests: ListedRequest[] = Array.from({ length: 2000 }, () => {
    time += below(5);
    const service = 1 + below(60);
    return { time, service, source: below(2), draw1: nextInt32(s), draw2: nextInt32(s) };
  });
  const shape = { pods: 5, slots: 2, queueLimit: 4, timeouts: [40, FOREVER], balancer: name };
  const choices: Choice[] = [];
  const plain = planeOf(shape, listedArrivals(requests));
  const plane: Plane = {
    ...plain,
    choose: (pods, draw1, draw2, arrivals, i) => {
      const ready = Array.from(pods.ready.subarray(0, pods.readyCount));
      const before = ready.map((pod) => held(plain, pod));
      const pod = plain.choose(pods, draw1, draw2, arrivals, i);
      choices.push({ pod, ready, held: before });
      return pod;
    },
  };
  let next = 5;
  for (let at = 0; at <= time; at += 20) {
    advance(plane, at);
    if (!changes) continue;
    const pod = below(next);
    const kind = below(10);
    if (kind < 3) admitPod(plane, next++);
    else if (kind < 5) withdrawPod(plane, pod);
    else if (kind === 5) {
      withdrawPod(plane, pod);
      loseWork(plane, pod, at);
    }
  }
  return choices;
}

const names = Object.keys(BALANCERS) as BalancerName[];
const SEEDS = Array.from({ length: 20 }, (_, i) => `history ${i}`);

test.each(names)('%s chooses a ready pod, whatever comes and goes', (name) => {
  for (const seed of SEEDS) {
    const choices = history(name, seed, true);
    expect(choices.length).toBeGreaterThan(1000);
    for (const { pod, ready } of choices) {
      if (!ready.includes(pod)) expect.fail(`${seed}: pod ${pod} of ${ready}`);
    }
  }
});

test.each(names)('%s has but one choice with one pod', (name) => {
  const plane = planeOf({ pods: 0, balancer: name }, listedArrivals([]));
  admitPod(plane, 3);
  expect(plane.choose(plane.pods, -1, -1, plane.arrivals, 0)).toBe(3);
  expect(plane.choose(plane.pods, 0, 0, plane.arrivals, 0)).toBe(3);
});

test('random: each pod as often as any other, one choice independent of the next', () => {
  const plane = planeOf({ pods: 6, balancer: 'random' }, listedArrivals([]));
  const s = createStream('random', 0, 'balancers');
  const n = 180_000;
  const pairs = new Map<string, number>();
  let last = 0;
  for (let i = 0; i < n; i++) {
    const pod = plane.choose(plane.pods, nextInt32(s), nextInt32(s, plane.arrivals, 0));
    const pair = `${last},${pod}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    last = pod;
  }
  const expected = n / 36;
  let chiSquare = 0;
  for (const count of pairs.values()) chiSquare += (count - expected) ** 2 / expected;
  expect(pairs.size).toBe(36);
  expect(chiSquare).toBeLessThan(77); // 35 degrees of freedom, once in 20 000
});

describe('round robin', () => {
  const plane = () => planeOf({ pods: 4, balancer: 'round-robin' }, listedArrivals([]));
  const turns = (p: Plane, n: number) =>
    Array.from({ length: n }, () => p.choose(p.pods, 0, 0, p.arrivals, 0));

  test('takes the pods in turn', () => {
    expect(turns(plane(), 9)).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0]);
  });

  test('goes on with the pod that would have been next when another leaves', () => {
    const earlier = plane();
    turns(earlier, 2);
    withdrawPod(earlier, 0);
    expect(turns(earlier, 4)).toEqual([2, 3, 1, 2]);
    const later = plane();
    turns(later, 2);
    withdrawPod(later, 3);
    expect(turns(later, 4)).toEqual([2, 0, 1, 2]);
    const next = plane();
    turns(next, 2);
    withdrawPod(next, 2);
    expect(turns(next, 4)).toEqual([3, 0, 1, 3]);
  });

  test('a new pod gets its turn in the same round', () => {
    const grown = plane();
    turns(grown, 3);
    admitPod(grown, 9);
    expect(turns(grown, 6)).toEqual([3, 9, 0, 1, 2, 3]);
  });

  test('withdrawing a pod that is not ready changes nothing', () => {
    const same = plane();
    turns(same, 3);
    withdrawPod(same, 77);
    expect(turns(same, 2)).toEqual([3, 0]);
  });

  test('between changes the counts of the pods differ by at most one', () => {
    for (const seed of SEEDS) {
      const choices = history('round-robin', seed, false);
      const counts = [0, 0, 0, 0, 0];
      for (const { pod } of choices) counts[pod]++;
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });
});

test('power of two: the shorter of two different pods, each pair as often as any other', () => {
  const n = 120_000;
  const s = createStream('power of two', 0, 'balancers');
  const plane = planeOf({ pods: 4, slots: 8, balancer: 'power-of-two' }, listedArrivals([]));
  // Held: 3, 0, 2, 1. Of the 6 pairs, pod 1 is in 3 and wins them all, pod 3 wins 2, pod 2 wins 1.
  [3, 0, 2, 1].forEach((busy, pod) => {
    plane.pods.busy[pod] = busy;
  });
  const wins = [0, 0, 0, 0];
  for (let i = 0; i < n; i++)
    wins[plane.choose(plane.pods, nextInt32(s), nextInt32(s), plane.arrivals, 0)]++;
  expect(wins[0]).toBe(0);
  [3, 1, 2].forEach((pairs, i) => {
    const share = pairs / 6;
    const error = Math.abs(wins[i + 1] - n * share);
    expect(error).toBeLessThan(4 * Math.sqrt(n * share * (1 - share)));
  });
});

test('power of two: waiting requests count like those in service', () => {
  const plane = planeOf({ pods: 2, slots: 1, balancer: 'power-of-two' }, listedArrivals([]));
  plane.pods.busy[0] = 1;
  plane.pods.busy[1] = 1;
  plane.pods.queueLength[0] = 1;
  expect(plane.choose(plane.pods, 0, 0, plane.arrivals, 0)).toBe(1);
  expect(plane.choose(plane.pods, -1, 0, plane.arrivals, 0)).toBe(1);
});

describe('least loaded', () => {
  test('is the minimum of a scan, whatever happened before', () => {
    for (const seed of SEEDS) {
      for (const { pod, ready, held: before } of history('least-loaded', seed, true)) {
        const chosen = before[ready.indexOf(pod)];
        if (chosen !== Math.min(...before)) expect.fail(`${seed}: ${chosen} of ${before}`);
      }
    }
  });

  test('ties are broken evenly', () => {
    const counts = new Map<number, number>();
    let ties = 0;
    for (const seed of SEEDS) {
      for (const { pod, ready, held: before } of history('least-loaded', seed, false)) {
        if (new Set(before).size !== 1) continue;
        ties++;
        const place = ready.indexOf(pod);
        counts.set(place, (counts.get(place) ?? 0) + 1);
      }
    }
    expect(ties).toBeGreaterThan(500);
    for (const count of counts.values()) {
      expect(Math.abs(count - ties / 5)).toBeLessThan(4 * Math.sqrt(ties * 0.16));
    }
  });
});
