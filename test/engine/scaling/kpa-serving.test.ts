/** Bounds, the activator, and the way to zero, step by step. */
import { describe, expect, test } from 'vitest';
import {
  activatorInPath,
  initialExcessBurst,
  type KpaRevision,
  scaleOf,
  stateAfter,
} from '../../../packages/engine/src/scaling/kpa-serving.ts';
import { SECOND, settingsWith } from './kpa-scenes.ts';

const revision = (changes: Partial<KpaRevision>): KpaRevision => ({
  state: 'active',
  since: 0,
  initialized: true,
  proxySince: null,
  activatorAnswers: false,
  ...changes,
});

const scale = (
  desired: number | null,
  changes: Partial<KpaRevision> = {},
  now = 0,
  settings: Parameters<typeof settingsWith>[0] = {},
) => scaleOf(settingsWith(settings), desired, revision(changes), now * SECOND);

describe('bounds', () => {
  test.each([
    [3, {}, 3],
    [3, { minScale: 5 }, 5],
    [9, { maxScale: 5 }, 5],
    [0, { minScale: 2 }, 2],
  ])('%s within %j is %s', (desired, settings, replicas) => {
    expect(scale(desired, {}, 0, settings)).toMatchObject({ want: replicas, replicas });
  });

  test('the initial scale counts until it is reached', () => {
    const settings = { initialScale: 4 };
    expect(scale(1, { initialized: false }, 0, settings).replicas).toBe(4);
    expect(scale(1, {}, 0, settings).replicas).toBe(1);
  });

  test('before the first decision only what is activating gets its least scale', () => {
    expect(scale(null)).toEqual({ want: null, replicas: null, again: null });
    const young = { state: 'activating' as const };
    expect(scale(null, young, 0, { minScale: 3 }).replicas).toBe(3);
    expect(scale(null, young).replicas).toBeNull();
  });
});

describe('to zero', () => {
  test('not where it is switched off', () => {
    expect(scale(0, {}, 999, { scaleToZero: false }).replicas).toBe(1);
  });

  test('one pod until it has been active for a stable window, then inactive', () => {
    expect(scale(0, {}, 59)).toEqual({ want: 1, replicas: 1, again: 60 * SECOND });
    expect(scale(0, {}, 60)).toEqual({ want: 0, replicas: null, again: null });
  });

  test('inactive: not before the activator answers, looked at every second', () => {
    const inactive = { state: 'inactive' as const, since: 60 * SECOND };
    expect(scale(0, inactive, 100)).toEqual({ want: 0, replicas: null, again: 101 * SECOND });
    const always = { targetBurstCapacity: -1 };
    expect(scale(0, inactive, 100, always).replicas).toBe(0);
  });

  test('then after the grace period, or sooner if the activator was there before', () => {
    const inactive = {
      state: 'inactive' as const,
      since: 60 * SECOND,
      activatorAnswers: true,
      proxySince: 61 * SECOND,
    };
    expect(scale(0, inactive, 89)).toEqual({ want: 0, replicas: null, again: 91 * SECOND });
    expect(scale(0, inactive, 90).replicas).toBe(0);
    expect(scale(0, { ...inactive, proxySince: 40 * SECOND }, 70).replicas).toBe(0);
  });

  test('the last pod is kept for the retention, whatever the activator does', () => {
    const inactive = {
      state: 'inactive' as const,
      since: 60 * SECOND,
      activatorAnswers: true,
      proxySince: 0,
    };
    const settings = { scaleToZeroPodRetention: 100 * SECOND };
    expect(scale(0, inactive, 159, settings)).toMatchObject({
      replicas: null,
      again: 160 * SECOND,
    });
    expect(scale(0, inactive, 160, settings).replicas).toBe(0);
  });

  test('a revision that never becomes ready is given up after its deadline', () => {
    const stuck = { state: 'activating' as const };
    expect(scale(0, stuck, 609).replicas).toBeNull();
    expect(scale(0, stuck, 610).replicas).toBe(0);
  });
});

describe('state', () => {
  const stateOf = (state: KpaRevision['state'], want: number | null, ready: number, minScale = 0) =>
    stateAfter(settingsWith({ minScale }), revision({ state }), want, ready, 5 * SECOND);

  test('as in the table of kpa.go', () => {
    expect(stateOf('active', 0, 3).state).toBe('inactive');
    expect(stateOf('inactive', 2, 0).state).toBe('activating');
    expect(stateOf('inactive', 2, 1).state).toBe('active');
    expect(stateOf('active', 2, 1, 2).state).toBe('activating');
    expect(stateOf('inactive', null, 0).state).toBe('inactive');
    expect(stateOf('activating', null, 0).state).toBe('activating');
    expect(stateOf('active', null, 0).state).toBe('activating');
    expect(stateOf('inactive', null, 1).state).toBe('inactive');
    expect(stateOf('activating', null, 1).state).toBe('active');
  });

  test('its time begins with it', () => {
    expect(stateOf('active', 2, 2).since).toBe(0);
    expect(stateOf('active', 0, 2).since).toBe(5 * SECOND);
  });
});

test('requests go through the activator at zero, and without room for a burst', () => {
  expect(activatorInPath(0, 10, 'active')).toBe(true);
  expect(activatorInPath(3, -1, 'active')).toBe(true);
  expect(activatorInPath(3, 0, 'active')).toBe(false);
  expect(activatorInPath(null, 0, 'inactive')).toBe(true);
  expect(activatorInPath(null, 0, 'activating')).toBe(false);
});

test('before the first decision the initial pods are counted on', () => {
  const total = 25;
  expect(initialExcessBurst({ total, targetBurstCapacity: 42 }, 2)).toBe(8);
  expect(initialExcessBurst({ total, targetBurstCapacity: 0 }, 2)).toBe(0);
  expect(initialExcessBurst({ total, targetBurstCapacity: -1 }, 2)).toBe(-1);
});
