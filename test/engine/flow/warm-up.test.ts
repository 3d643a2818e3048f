/** Warm-up: how slow a new pod is, what makes it fast, and who is born into saturation. */
import { describe, expect, test } from 'vitest';
import { advance, loseWork } from '../../../packages/engine/src/flow/general-path.ts';
import {
  admitPod,
  busyTime,
  restartPod,
  setPodSpeed,
  usedForWarmUp,
  withdrawPod,
} from '../../../packages/engine/src/flow/pods.ts';
import type { WarmUpSpec } from '../../../packages/engine/src/flow/warm-up.ts';
import { FOREVER, type ListedRequest, listedArrivals, planeOf } from '../../fixtures/plane.ts';

const SECOND = 1_000_000;

/** Two slots of half a core each, on a pod of one core. */
const warmUp: WarmUpSpec = {
  ...{ work: 10 * SECOND, factor: 2.4, firstRequests: 0, firstFactor: 8, floor: 0.05 },
  ...{ cores: 1, coresPerSlot: 0.5 },
};

function requests(times: readonly number[], service: number): ListedRequest[] {
  return times.map((time) => ({ time, service, source: 0, draw1: 0, draw2: 0 }));
}

function planeWith(spec: WarmUpSpec, list: readonly ListedRequest[], more = {}) {
  return planeOf({ pods: 0, slots: 2, warmUp: spec, ...more }, listedArrivals(list));
}

/** Slot time of every request, served one after another by a pod that is new at 0. */
function serviceTimes(spec: WarmUpSpec, gap: number, count: number): number[] {
  const times = Array.from({ length: count }, (_, i) => i * gap);
  const plane = planeWith(spec, requests(times, 100_000));
  admitPod(plane, 0, 0);
  return times.map((time) => {
    const before = plane.pods.booked[0];
    advance(plane, time + 1);
    return plane.pods.booked[0] - before;
  });
}

describe('a new pod', () => {
  test('works off its backlog with the CPU that requests leave, and a floor', () => {
    const plane = planeWith(warmUp, requests([0, 0], 1000 * SECOND));
    admitPod(plane, 0, 0);
    // Both slots are busy: the floor alone, 5 % of a core.
    advance(plane, 2 * SECOND);
    expect(usedForWarmUp(plane, 0, 2 * SECOND) / SECOND).toBeCloseTo(0.1, 4);
    loseWork(plane, 0, 2 * SECOND);
    // Idle: all of it, and the floor.
    expect(usedForWarmUp(plane, 0, 4 * SECOND) / SECOND).toBeCloseTo(2.2, 4);
    expect(usedForWarmUp(plane, 0, 100 * SECOND)).toBe(10 * SECOND);
  });

  test('is slower by what is left of it', () => {
    // 1.05 core-s per second while it is idle; 0.55 while one slot works.
    const times = serviceTimes({ ...warmUp, floor: 0.05 }, 2 * SECOND, 7);
    expect(times[0]).toBe(240_000);
    const left = 1 - (0.55 * 0.24 + 1.05 * 1.76) / 10;
    expect(times[1]).toBe(Math.round(100_000 * (1 + 1.4 * left)));
    expect(times[6]).toBe(100_000);
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  test('is slowest in its first requests, however long it was idle', () => {
    const times = serviceTimes({ ...warmUp, firstRequests: 3 }, 30 * SECOND, 5);
    expect(times).toEqual([800_000, 800_000, 800_000, 100_000, 100_000]);
  });

  test('uses CPU for as long as its requests take', () => {
    const plane = planeWith(warmUp, requests([0], 100_000));
    admitPod(plane, 0, 0);
    advance(plane, SECOND);
    expect(busyTime(plane, 0, SECOND)).toBe(240_000);
  });
});

test('a pod that is there from the start is warm, and so is one that comes back', () => {
  const plane = planeWith({ ...warmUp, firstRequests: 9 }, requests([0, SECOND], 100_000));
  admitPod(plane, 0);
  advance(plane, SECOND);
  withdrawPod(plane, 0);
  admitPod(plane, 0, SECOND);
  advance(plane, 2 * SECOND);
  expect(plane.pods.booked[0]).toBe(200_000);
  expect(usedForWarmUp(plane, 0, 2 * SECOND)).toBe(0);
});

test('a restarted pod is cold again', () => {
  const plane = planeWith(warmUp, requests([50 * SECOND, 60 * SECOND], 100_000));
  admitPod(plane, 0, 0);
  advance(plane, 55 * SECOND);
  expect(plane.pods.booked[0]).toBe(100_000);
  loseWork(plane, 0, 55 * SECOND);
  restartPod(plane, 0, 60 * SECOND);
  advance(plane, 61 * SECOND);
  expect(plane.pods.booked[0]).toBe(340_000);
  expect(usedForWarmUp(plane, 0, 100 * SECOND)).toBe(20 * SECOND);
});

test('on a slow pod everything is slow, its compiler too', () => {
  const plane = planeWith(warmUp, requests([SECOND], 100_000), { variableSpeed: true });
  admitPod(plane, 0, 0);
  setPodSpeed(plane, 0, 0.5, 0);
  advance(plane, 3 * SECOND);
  const left = 1 - 0.525 / 10;
  const work = Math.round(100_000 * (1 + 1.4 * left));
  expect(plane.pods.booked[0]).toBe(work);
  expect(plane.window.totals[1]).toBe(2 * work);
});

describe('born into saturation', () => {
  // A warm pod serves 20 requests/s, a cold one 8.3. Clients wait 2 s at most.
  const offered = 15;
  const list = requests(
    Array.from({ length: 60 * offered }, (_, i) => Math.round((i * SECOND) / offered)),
    100_000,
  );
  const goodput = (queueLimit: number, born: number, timeouts = [2 * SECOND]) => {
    const plane = planeWith(
      { ...warmUp, work: 20 * SECOND },
      list.map((request) => ({ ...request, time: request.time + 30 * SECOND })),
      { queueLimit, timeouts, latencyObjective: 2 * SECOND },
    );
    admitPod(plane, 0, born);
    advance(plane, 100 * SECOND);
    return plane.counts[1] / list.length;
  };

  test('a pod never gets warm, and its queue keeps it so', () => {
    expect(goodput(1000, 30 * SECOND)).toBeLessThan(0.2);
  });

  test('a pod that had time before the load serves all of it', () => {
    expect(goodput(1000, 0)).toBe(1);
  });

  test('a short queue keeps goodput up, but not the pod cool', () => {
    expect(goodput(10, 30 * SECOND)).toBeGreaterThan(3 * goodput(1000, 30 * SECOND));
  });

  test('and where clients wait for ever, nearly all are late', () => {
    expect(goodput(1e6, 30 * SECOND, [FOREVER])).toBeLessThan(0.2);
  });
});
