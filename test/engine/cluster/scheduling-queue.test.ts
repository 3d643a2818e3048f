import { describe, expect, test } from 'vitest';
import { runCycles } from '../../../packages/engine/src/cluster/scheduling-cycle.ts';
import {
  dequeuePod,
  enqueuePod,
  flushPool,
  noticeRoom,
  noticeUsable,
} from '../../../packages/engine/src/cluster/scheduling-queue.ts';
import type { Pod, World } from '../../../packages/engine/src/cluster/world.ts';
import fc from '../../fixtures/fast-check.ts';
import { addNode, addPod, GIB, worldOf } from './world.ts';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
/** 100 pods/s. */
const CYCLE = 10_000;
const REQUESTS = { cpuRequest: 500, memoryRequest: GIB };

/** Lets the scheduler's own events act until `until`. */
function run(world: World, until: number): void {
  while (world.calendar.nextTime <= until) {
    const now = world.calendar.nextTime;
    const event = world.calendar.next();
    if (event.kind === 'cycle') runCycles(world, now);
    else if (event.kind === 'flush') flushPool(world, now);
  }
}

function created(world: World, entry: number): Pod {
  const pod = addPod(world);
  pod.life.created = 0;
  enqueuePod(world, pod, entry);
  return pod;
}

describe('the server', () => {
  test('takes up one pod after another, each for 1 ÷ throughput', () => {
    const world = worldOf(REQUESTS);
    addNode(world);
    const pods = [5, 5, 40_000].map((entry) => created(world, entry));
    run(world, SECOND);
    expect(pods.map(({ life }) => life.bound)).toEqual([5 + CYCLE, 5 + 2 * CYCLE, 40_000 + CYCLE]);
  });

  test('tries every pod when it would, though cycles of no hope are done ahead', () => {
    const entries = fc.array(fc.integer({ min: 0, max: 300_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(entries, (times) => {
        const world = worldOf(REQUESTS);
        const pods = times.map((entry) => created(world, entry));
        run(world, SECOND);
        let end = Number.NEGATIVE_INFINITY;
        const order = [...pods].sort(
          (a, b) => a.scheduling.entry - b.scheduling.entry || a.id - b.id,
        );
        for (const { scheduling } of order) {
          end = Math.max(end, scheduling.entry) + CYCLE;
          expect(scheduling).toMatchObject({ place: 'parked', attempts: 1, failedAt: end });
        }
      }),
      { numRuns: 40 },
    );
  });

  test('binds and parks pods as one cycle at a time does', () => {
    const entries = fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 40 });
    const outcome = (times: readonly number[], nodes: number, isOneByOne: boolean) => {
      const world = worldOf(REQUESTS);
      for (let i = 0; i < nodes; i++) addNode(world);
      // Something else that happens all the time lets no cycle be done ahead.
      for (let at = 0; isOneByOne && at <= SECOND; at += 1000) {
        world.calendar.schedule(at, { kind: 'resync' });
      }
      const pods = times.map((entry) => created(world, entry));
      run(world, SECOND);
      return pods.map(({ node, life, scheduling }) => {
        const { place, attempts, failedAt } = scheduling;
        return { node: node?.id, bound: life.bound, place, attempts, failedAt };
      });
    };
    fc.assert(
      fc.property(entries, fc.integer({ min: 0, max: 6 }), (times, nodes) => {
        expect(outcome(times, nodes, false)).toEqual(outcome(times, nodes, true));
      }),
      { numRuns: 40 },
    );
  });

  test('binds no pod after the end of the scenario', () => {
    const world = worldOf(REQUESTS);
    addNode(world);
    const { horizon } = world;
    const pods = [created(world, horizon - 1.5 * CYCLE), created(world, horizon - CYCLE)];
    run(world, horizon);
    expect(pods.map(({ node }) => node !== null)).toEqual([true, false]);
  });

  test('does no cycle ahead of something that may change its outcome', () => {
    const world = worldOf(REQUESTS);
    created(world, 0);
    const later = created(world, 20_000);
    world.calendar.schedule(15_000, { kind: 'resync' });
    runCycles(world, take(world));
    expect(later.scheduling.place).not.toBe('parked');
    expect(take(world)).toBe(15_000);
    const node = addNode(world);
    run(world, SECOND);
    expect(later).toMatchObject({ node, life: { bound: 20_000 + CYCLE } });
  });

  test('forgets a pod that is deleted while it waits', () => {
    const world = worldOf(REQUESTS);
    addNode(world);
    const [first, second] = [created(world, 0), created(world, 0)];
    dequeuePod(world, first);
    run(world, SECOND);
    expect(first.life.bound).toBeUndefined();
    expect(second.life.bound).toBe(CYCLE);
  });
});

/** Time of the next event, which is taken from the calendar. */
function take(world: World): number {
  const at = world.calendar.nextTime;
  world.calendar.next();
  return at;
}

describe('a pod that no node takes', () => {
  /** Fails at 10 ms, and waits in the pool. */
  function parked(world: World): Pod {
    const pod = created(world, 0);
    run(world, CYCLE);
    expect(pod.scheduling).toMatchObject({ place: 'parked', attempts: 1, failedAt: CYCLE });
    expect(pod.unschedulableSince).toBe(CYCLE);
    return pod;
  }

  test('rests 1, 2, 4, 8, 10, 10 s after its failed attempts', () => {
    const world = worldOf(REQUESTS);
    const pod = parked(world);
    const node = addNode(world);
    const rests: number[] = [];
    for (let attempt = 0; attempt < 6; attempt++) {
      const before = pod.scheduling.failedAt;
      node.cpu = 500;
      noticeRoom(world, node, before);
      node.cpu = 0;
      run(world, before + 20 * SECOND);
      rests.push((pod.scheduling.failedAt - CYCLE - before) / SECOND);
    }
    expect(rests).toEqual([1, 2, 4, 8, 10, 10]);
    expect(pod.unschedulableSince).toBe(CYCLE);
  });

  test('is tried at once when its back-off is over', () => {
    const world = worldOf(REQUESTS);
    const pod = parked(world);
    const node = addNode(world);
    noticeRoom(world, node, 7 * SECOND);
    run(world, 8 * SECOND);
    expect(pod.life.bound).toBe(7 * SECOND + CYCLE);
    expect(pod.unschedulableSince).toBeNull();
    expect(world.deployments[0]).toMatchObject({ parked: [], unschedulable: [] });
  });

  test('is left alone by events that cannot help it', () => {
    const world = worldOf(REQUESTS);
    const pod = parked(world);
    noticeRoom(world, addNode(world, { cpu: 499 }), SECOND);
    noticeUsable(world, addNode(world, { podsFree: 0 }), SECOND);
    noticeRoom(world, addNode(world, { state: 'removing' }), SECOND);
    expect(pod.scheduling.place).toBe('parked');
  });

  test('is tried on a new node after between a tenth of its back-off and all of it', () => {
    const world = worldOf(REQUESTS);
    const pod = parked(world);
    noticeUsable(world, addNode(world), 100 * SECOND);
    run(world, 102 * SECOND);
    // The draw of these pods is the middle.
    expect(pod.life.bound).toBe(100.55 * SECOND + CYCLE);
  });

  test('is tried again after 5 minutes in the pool, whatever happened', () => {
    const world = worldOf(REQUESTS);
    const pod = parked(world);
    run(world, 5 * MINUTE);
    expect(pod.scheduling.attempts).toBe(1);
    run(world, 11 * MINUTE);
    expect(pod.scheduling).toMatchObject({ attempts: 3, failedAt: 10 * MINUTE + 3 * CYCLE });
  });
});
