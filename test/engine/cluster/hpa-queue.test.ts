/** The HPA controller's work queue, round by round, worked out by hand; times in seconds. */
import { describe, expect, test } from 'vitest';
import {
  delayKey,
  dueKey,
  finishSync,
  resync,
  syncQueue,
} from '../../../packages/engine/src/cluster/hpa-queue.ts';
import { runCell } from '../../../packages/engine/src/run-cell.ts';
import type { HpaControllerSpec } from '../../../packages/engine/src/scenario/schema.ts';
import { kubernetes, loadOf, SECOND, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';
import { worldOf } from './world.ts';

interface Case {
  /** When each HPA is due first. */
  readonly due: readonly number[];
  readonly workers?: number;
  /** Of a reconcile. */
  readonly takes: number;
  /** When the informer delivers everything again, for the first time. */
  readonly resyncAt?: number;
  readonly until: number;
}

/** When the reconciles of each HPA ended. */
function endings({ due, workers = 5, takes, resyncAt, until }: Case): readonly number[][] {
  const base = worldOf();
  const { hpaController } = base.model;
  const controller = { ...hpaController, concurrentSyncs: workers, syncDuration: takes * SECOND };
  const model = { ...base.model, hpaController: controller };
  const world = { ...base, model, syncs: syncQueue([], due.length, base.syncs.order) };
  const { calendar, syncs } = world;
  const ended = due.map((): number[] => []);
  syncs.keys.forEach((key, i) => {
    delayKey(world, key, due[i] * SECOND);
  });
  if (resyncAt !== undefined) calendar.schedule(resyncAt * SECOND, { kind: 'resync' });
  while (calendar.nextTime <= until * SECOND) {
    const now = calendar.nextTime;
    const event = calendar.next();
    if (event.kind === 'resync') {
      resync(world, now);
    } else if (event.kind === 'sync') {
      const counts = takes === 0 && event.key.due === now;
      dueKey(world, event.key, now);
      if (counts) ended[syncs.keys.indexOf(event.key)].push(now / SECOND);
    } else if (event.kind === 'synced') {
      finishSync(world, event.key, now);
      ended[syncs.keys.indexOf(event.key)].push(now / SECOND);
    }
    expect(syncs.busy).toBeLessThanOrEqual(workers);
  }
  return ended;
}

test('reconciles that take no time come every period', () => {
  expect(endings({ due: [3], takes: 0, until: 60 })).toEqual([[3, 18, 33, 48]]);
});

test('else every period and duration', () => {
  expect(endings({ due: [3], takes: 1, until: 60 })).toEqual([[4, 20, 36, 52]]);
});

test('five workers take five at a time', () => {
  const ended = endings({ due: Array(10).fill(0), takes: 3, until: 30 });
  expect(ended.slice(0, 5)).toEqual(Array(5).fill([3, 21]));
  expect(ended.slice(5)).toEqual(Array(5).fill([6, 24]));
});

test('with more work than workers a round takes as long as the work', () => {
  // 10 × 3 s by one worker: 30 s, not 18.
  const ended = endings({ due: Array(10).fill(0), workers: 1, takes: 3, until: 90 });
  expect(ended[0]).toEqual([3, 33, 63]);
  expect(ended[9]).toEqual([30, 60, 90]);
});

describe('a delivery by the informer', () => {
  test('while the HPA is delayed changes nothing', () => {
    expect(endings({ due: [3], takes: 1, resyncAt: 10, until: 36 })).toEqual([[4, 20, 36]]);
  });

  test('during its reconcile makes the next one due a period later, not a period after it', () => {
    // Due at 3.5 + 15; the deliveries after that find it delayed.
    expect(endings({ due: [3], takes: 1, resyncAt: 3.5, until: 50 })).toEqual([[4, 19.5, 35.5]]);
  });

  test('of an HPA in the queue is one turn, not two', () => {
    // Both wait behind one worker; the second is delivered at 1 and due at 16, in its own delay.
    const ended = endings({ due: [0, 0], workers: 1, takes: 4, resyncAt: 1, until: 31 });
    expect(ended).toEqual([
      [4, 20],
      [8, 24],
    ]);
  });

  test('in a reconcile longer than the period it follows at once', () => {
    expect(endings({ due: [0], takes: 20, resyncAt: 1, until: 60 })).toEqual([[20, 40, 60]]);
  });
});

describe('in a run', () => {
  function syncs(changes: Partial<HpaControllerSpec>) {
    const base = scenarioOf({
      seconds: 300,
      load: [loadOf({ rate: 10 })],
      services: [serviceOf()],
      strategies: [kubernetes({ name: 'hpa', autoscaler: 'hpa' })],
    });
    const scenario = { ...base, hpaController: { ...base.hpaController, ...changes } };
    const { decisions } = runCell(scenario, 'hpa', 0);
    return decisions.reduce((sum, { run }) => sum + (run?.syncs ?? 0), 0);
  }

  test('other HPAs take no time from one whose reconciles take none', () => {
    expect(syncs({})).toBe(20);
    expect(syncs({ otherHpas: 1000 })).toBe(20);
  });

  test('1 000 of them at 100 ms, five at a time, make a round of 20 s', () => {
    const crowded = syncs({ otherHpas: 1000, syncDuration: SECOND / 10 });
    // A round more or less, as it stands in the queue.
    expect(crowded).toBeGreaterThanOrEqual(14);
    expect(crowded).toBeLessThanOrEqual(16);
    expect(syncs({ otherHpas: 1000, syncDuration: SECOND / 10, concurrentSyncs: 50 })).toBe(20);
  });
});
