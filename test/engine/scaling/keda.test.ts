/** What KEDA does at a poll, case by case of its executor (scale_scaledobjects.go). */
import { describe, expect, test } from 'vitest';
import { decide } from '../../../packages/engine/src/scaling/hpa.ts';
import { DEFAULT_HPA_CONTROLLER } from '../../../packages/engine/src/scaling/hpa-controller.ts';
import { withDefaults } from '../../../packages/engine/src/scaling/hpa-defaults.ts';
import { hpaMemory } from '../../../packages/engine/src/scaling/hpa-memory.ts';
import { hpaPods, PHASE, READY } from '../../../packages/engine/src/scaling/hpa-observation.ts';
import {
  decideKeda,
  fallbackReplicas,
  type KedaPoll,
  type KedaSettings,
  kedaHpa,
  kedaMemory,
} from '../../../packages/engine/src/scaling/keda.ts';
import { isInside } from '../../../packages/engine/src/scaling/keda-triggers/cron.ts';
import { triggerKind } from '../../../packages/engine/src/scaling/keda-triggers/index.ts';

const SECOND = 1e6;
const SETTINGS: KedaSettings = {
  cooldownPeriod: 300 * SECOND,
  initialCooldownPeriod: 0,
  minReplicas: 0,
  maxReplicas: 100,
};
const QUIET: KedaPoll = { now: 1000 * SECOND, replicas: 5, isActive: false, isError: false };

const poll = (
  settings: Partial<KedaSettings>,
  observed: Partial<KedaPoll>,
  lastActive: number | null = null,
) => {
  const memory = { ...kedaMemory(0), lastActive };
  const {
    desired,
    reason,
    memory: after,
  } = decideKeda({ ...SETTINGS, ...settings }, { ...QUIET, ...observed }, memory);
  return { desired, key: reason.key, lastActive: after.lastActive };
};

describe('while a trigger is active', () => {
  test('zero becomes one, or the minimum', () => {
    const active = { isActive: true, replicas: 0 };
    expect(poll({}, active)).toEqual({
      desired: 1,
      key: 'keda.activated',
      lastActive: QUIET.now,
    });
    expect(poll({ minReplicas: 3 }, active).desired).toBe(3);
  });

  test('the idle count becomes the minimum', () => {
    const idle = { minReplicas: 4, idleReplicas: 0 };
    expect(poll(idle, { isActive: true, replicas: 0 }).desired).toBe(4);
    expect(poll(idle, { isActive: true, replicas: 2 }).desired).toBe(4);
    expect(poll(idle, { isActive: true, replicas: 9 }).desired).toBe(9);
  });

  test('what runs is left to the HPA, and the cooldown begins anew', () => {
    const seen = poll({}, { isActive: true });
    expect(seen).toEqual({ desired: 5, key: 'keda.active', lastActive: QUIET.now });
  });
});

describe('without an active trigger', () => {
  test('to zero once the cooldown has passed, not at its end', () => {
    const at = QUIET.now - 300 * SECOND;
    expect(poll({}, {}, at).desired).toBe(5);
    expect(poll({}, {}, at - 1)).toMatchObject({ desired: 0, key: 'keda.deactivated' });
  });

  test('to zero at once if none was ever active, but not before the initial cooldown', () => {
    expect(poll({}, {}).desired).toBe(0);
    const young = { initialCooldownPeriod: 1001 * SECOND };
    expect(poll(young, {})).toMatchObject({ desired: 5, key: 'keda.cooldown' });
    // It is over once a trigger has been active.
    expect(poll(young, {}, 600 * SECOND).desired).toBe(0);
  });

  test('a minimum above zero is left to the HPA, unless fewer run', () => {
    expect(poll({ minReplicas: 2 }, {}).key).toBe('keda.idle');
    expect(poll({ minReplicas: 8 }, {})).toMatchObject({ desired: 8, key: 'keda.raised' });
  });

  test('to the idle count, which is below the minimum', () => {
    expect(poll({ minReplicas: 3, idleReplicas: 0 }, {}).desired).toBe(0);
  });

  test('an error is no reason to rest, unless the fallback is zero', () => {
    const fallback = { failureThreshold: 3, replicas: 6, behavior: 'static' } as const;
    const error = { isError: true };
    expect(poll({ fallback }, error)).toMatchObject({ desired: 5, key: 'keda.fallback' });
    expect(poll({}, error)).toMatchObject({ desired: 5, key: 'keda.failing' });
    expect(poll({ minReplicas: 8 }, error).desired).toBe(5);
    expect(poll({ fallback: { ...fallback, replicas: 0 } }, error).desired).toBe(0);
  });

  test('beside an error an active trigger wakes, and puts off no cooldown', () => {
    const both = { isActive: true, isError: true };
    expect(poll({}, both, 7)).toEqual({ desired: 5, key: 'keda.active', lastActive: 7 });
    expect(poll({}, { ...both, replicas: 0 }).lastActive).toBe(QUIET.now);
  });
});

test('the fallback holds after more failures than the threshold, for each behaviour', () => {
  const of = (behavior: NonNullable<KedaSettings['fallback']>['behavior']) => ({
    ...SETTINGS,
    fallback: { failureThreshold: 3, replicas: 6, behavior },
  });
  expect(fallbackReplicas(of('static'), 3, 10)).toBeNull();
  expect(fallbackReplicas(of('static'), 4, 10)).toBe(6);
  expect(fallbackReplicas(of('currentReplicas'), 4, 10)).toBe(10);
  expect(fallbackReplicas(of('currentReplicasIfHigher'), 4, 10)).toBe(10);
  expect(fallbackReplicas(of('currentReplicasIfHigher'), 4, 2)).toBe(6);
  expect(fallbackReplicas(of('currentReplicasIfLower'), 4, 10)).toBe(6);
  expect(fallbackReplicas(SETTINGS, 99, 10)).toBeNull();
});

describe('the cron trigger', () => {
  const trigger = {
    kind: 'cron',
    start: '0 6 * * *',
    end: '0 20 * * *',
    timezone: 'Asia/Kolkata',
    desiredReplicas: 10,
  } as const;
  const at = (text: string) => ({ epoch: Date.parse(text) * 1000, utcOffset: 0 });

  test('holds from its start to its end, on the clock of its zone (keda.sh, example)', () => {
    expect(isInside(trigger, at('2026-01-01T05:59:59+05:30'))).toBe(false);
    expect(isInside(trigger, at('2026-01-01T06:00:00+05:30'))).toBe(true);
    expect(isInside(trigger, at('2026-01-01T19:59:59+05:30'))).toBe(true);
    expect(isInside(trigger, at('2026-01-01T20:00:00+05:30'))).toBe(false);
  });

  test('asks for its replicas inside, and for none outside', () => {
    const { answer } = triggerKind(trigger);
    const inside = at('2026-01-01T08:00:00+05:30');
    expect(answer(trigger, null, inside)).toEqual({ value: 10, active: true });
    const outside = at('2026-01-01T22:00:00+05:30');
    expect(answer(trigger, null, outside)).toEqual({ value: 0, active: false });
  });

  test.each([
    [46, 50, 46],
    [45, 50, 50],
    [40, 50, 50],
    [50, 50, 50],
  ])(
    'from %d to %d replicas the HPA makes it %d: its tolerance hides small steps',
    (from, desiredReplicas, expected) => {
      const spec = withDefaults(kedaHpa(SETTINGS, [{ ...trigger, desiredReplicas }]));
      const pods = hpaPods(from);
      pods.count = from;
      pods.phase.fill(PHASE.running);
      pods.ready.fill(READY.true);
      const { desired } = decide(
        spec,
        DEFAULT_HPA_CONTROLLER,
        {
          now: 0,
          specReplicas: from,
          statusReplicas: from,
          pods,
          readings: [{ kind: 'values', values: [desiredReplicas * 1000] }],
        },
        hpaMemory(),
      );
      expect(desired).toBe(expected);
    },
  );
});

test('CPU is active while pods use more than the activation value, and without pods not at all', () => {
  const trigger = { kind: 'cpu', value: 0.6, activationValue: 0.05 } as const;
  const isActive = (used: number | null) =>
    triggerKind(trigger).answer(trigger, used, { epoch: 0, utcOffset: 0 }).active;
  expect([null, 0, 0.059, 0.06].map(isActive)).toEqual([false, false, false, true]);
});

test('triggers on requests are active above their activation threshold', () => {
  const rate = {
    kind: 'request-rate',
    threshold: 100,
    activationThreshold: 5,
    useCachedMetrics: false,
    window: 120 * SECOND,
    resolution: 15 * SECOND,
  } as const;
  const time = { epoch: 0, utcOffset: 0 };
  expect(triggerKind(rate).answer(rate, 5, time).active).toBe(false);
  expect(triggerKind(rate).answer(rate, 5.1, time).active).toBe(true);
  const { metrics } = kedaHpa({ ...SETTINGS, minReplicas: 2 }, [
    rate,
    { kind: 'cpu', value: 0.6, activationValue: 0 },
  ]);
  expect(metrics?.map(({ target }) => target)).toEqual([
    { type: 'AverageValue', averageValue: 100_000 },
    { type: 'Utilization', averageUtilization: 60 },
  ]);
});
