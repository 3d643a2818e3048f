/** Bounds and policies on their own: each edge from both sides, and the policy that is named. */
import { describe, expect, it, test } from 'vitest';
import { DEFAULT_HPA_CONTROLLER } from '../../../packages/engine/src/scaling/hpa-controller.ts';
import { withDefaults } from '../../../packages/engine/src/scaling/hpa-defaults.ts';
import { limit, withScaleEvent } from '../../../packages/engine/src/scaling/hpa-limits.ts';
import type { HpaScaleEvent } from '../../../packages/engine/src/scaling/hpa-memory.ts';
import type {
  HpaRules,
  HpaScalingPolicy,
  HpaScalingRules,
} from '../../../packages/engine/src/scaling/hpa-spec.ts';
import { seconds } from './hpa-scenes.ts';

const NOW = seconds(1000);
const event = (change: number, age: number): HpaScaleEvent => ({
  change,
  time: NOW - seconds(age),
  outdated: false,
});
const podsIn = (value: number, periodSeconds = 60): HpaScalingPolicy => ({
  type: 'Pods',
  value,
  periodSeconds,
});
const percentIn = (value: number, periodSeconds = 60): HpaScalingPolicy => ({
  type: 'Percent',
  value,
  periodSeconds,
});

interface Setup {
  readonly min?: number;
  readonly max?: number;
  readonly up?: HpaScalingRules;
  readonly down?: HpaScalingRules;
  readonly upEvents?: readonly HpaScaleEvent[];
  readonly downEvents?: readonly HpaScaleEvent[];
}

function withBehavior(setup: Setup, current: number, replicas: number) {
  const { min = 1, max = 1000, up = {}, down = {}, upEvents = [], downEvents = [] } = setup;
  const behavior = { scaleUp: up, scaleDown: down };
  const spec = withDefaults({ minReplicas: min, maxReplicas: max, behavior });
  const events = { upEvents, downEvents };
  return limit(spec, DEFAULT_HPA_CONTROLLER, events, current, replicas, NOW);
}

function withoutBehavior(min: number, max: number, current: number, replicas: number) {
  const spec = withDefaults({ minReplicas: min, maxReplicas: max });
  const events = { upEvents: [], downEvents: [] };
  const { replicas: limited, reason } = limit(
    spec,
    DEFAULT_HPA_CONTROLLER,
    events,
    current,
    replicas,
    NOW,
  );
  return [limited, reason];
}

describe('up', () => {
  const policy = podsIn(4);
  const up = { policies: [policy] };

  it('to what the policy allows is within range, more is not', () => {
    expect(withBehavior({ up }, 10, 14)).toEqual({
      replicas: 14,
      reason: 'DesiredWithinRange',
      policy: null,
    });
    expect(withBehavior({ up }, 10, 15)).toEqual({ replicas: 14, reason: 'ScaleUpLimit', policy });
  });

  it('names the policy while maxReplicas leaves room, else maxReplicas', () => {
    expect(withBehavior({ up, max: 15 }, 10, 20).reason).toBe('ScaleUpLimit');
    const atMax = { replicas: 14, reason: 'TooManyReplicas', policy: null };
    expect(withBehavior({ up, max: 14 }, 10, 20)).toEqual(atMax);
    expect(withBehavior({ up, max: 13 }, 10, 20)).toEqual({ ...atMax, replicas: 13 });
  });

  it('does not look at minReplicas', () => {
    expect(withBehavior({ up, min: 20 }, 10, 12)).toMatchObject({ replicas: 12 });
  });

  it('never goes below what there is, even after a larger scale-up in the period', () => {
    const upEvents = [event(9, 10)];
    expect(withBehavior({ up, upEvents }, 10, 12)).toMatchObject({ replicas: 10, policy });
  });
});

describe('down', () => {
  const policy = podsIn(4);
  const down = { policies: [policy] };

  it('to what the policy allows is within range, less is not', () => {
    expect(withBehavior({ down }, 10, 6)).toEqual({
      replicas: 6,
      reason: 'DesiredWithinRange',
      policy: null,
    });
    expect(withBehavior({ down }, 10, 5)).toEqual({
      replicas: 6,
      reason: 'ScaleDownLimit',
      policy,
    });
  });

  it('names the policy while minReplicas leaves room, else minReplicas', () => {
    expect(withBehavior({ down, min: 5 }, 10, 1).reason).toBe('ScaleDownLimit');
    const atMin = { replicas: 6, reason: 'TooFewReplicas', policy: null };
    expect(withBehavior({ down, min: 6 }, 10, 1)).toEqual(atMin);
    expect(withBehavior({ down, min: 7 }, 10, 1)).toEqual({ ...atMin, replicas: 7 });
    expect(withBehavior({ down, min: 7 }, 10, 7)).toMatchObject({ reason: 'DesiredWithinRange' });
  });

  it('never goes above what there is', () => {
    const downEvents = [event(9, 10)];
    expect(withBehavior({ down, downEvents }, 10, 5)).toMatchObject({ replicas: 10, policy });
  });

  it('rounds a percentage toward zero', () => {
    expect(withBehavior({ down: { policies: [percentIn(40)] } }, 10, 1).replicas).toBe(6);
    expect(withBehavior({ down: { policies: [percentIn(45)] } }, 10, 1).replicas).toBe(5);
  });
});

test('staying is within range, wherever the bounds are', () => {
  const within = { replicas: 8, reason: 'DesiredWithinRange', policy: null };
  expect(withBehavior({ max: 5 }, 8, 8)).toEqual(within);
  expect(withBehavior({ min: 9 }, 8, 8)).toEqual(within);
});

describe('the count at the start of the period', () => {
  const up = { policies: [podsIn(4)] };
  const down = { policies: [podsIn(4)] };

  it('is what there is, less what was added and plus what was removed since', () => {
    const upEvents = [event(3, 10)];
    const downEvents = [event(2, 20)];
    // 10 − 3 + 2 = 9.
    expect(withBehavior({ up, upEvents, downEvents }, 10, 99).replicas).toBe(13);
    expect(withBehavior({ down, upEvents, downEvents }, 10, 1).replicas).toBe(5);
  });

  it('forgets what is exactly a period old, or older', () => {
    const events = (age: number) => ({ upEvents: [event(3, age)] });
    expect(withBehavior({ up, ...events(59.999999) }, 10, 99).replicas).toBe(11);
    expect(withBehavior({ up, ...events(60) }, 10, 99).replicas).toBe(14);
  });

  it('counts events that are marked as outdated all the same', () => {
    const upEvents = [{ ...event(3, 10), outdated: true }];
    expect(withBehavior({ up, upEvents }, 10, 99).replicas).toBe(11);
  });
});

describe('of several policies', () => {
  const small = podsIn(2);
  const large = podsIn(5);
  const limitsOf = (selectPolicy: 'Max' | 'Min', policies: HpaScalingPolicy[]) => {
    const rules = { selectPolicy, policies };
    const up = withBehavior({ up: rules }, 10, 99);
    const down = withBehavior({ down: rules }, 10, 1);
    return [up, down].map(({ replicas, policy }) => [replicas, policy]);
  };

  it.each([
    ['Max', 15, 5, large],
    ['Min', 12, 8, small],
  ] as const)('%s: up to %d, down to %d', (select, up, down, policy) => {
    for (const policies of [
      [small, large],
      [large, small],
    ]) {
      expect(limitsOf(select, policies)).toEqual([
        [up, policy],
        [down, policy],
      ]);
    }
  });

  it.each(['Max', 'Min'] as const)('%s: of equal ones the first is named', (select) => {
    const [first, second] = [podsIn(5), percentIn(50)];
    for (const policies of [
      [first, second],
      [second, first],
    ]) {
      for (const [, policy] of limitsOf(select, policies)) expect(policy).toBe(policies[0]);
    }
  });

  it('Min: of no policies, no limit; Max: none of them allows a step', () => {
    expect(limitsOf('Min', [])).toEqual([
      [99, null],
      [1, null],
    ]);
    expect(limitsOf('Max', [])).toEqual([
      [10, null],
      [10, null],
    ]);
  });

  it('Disabled: none', () => {
    const rules = { selectPolicy: 'Disabled', policies: [large] } as const;
    expect(withBehavior({ up: rules }, 10, 99)).toEqual({
      replicas: 10,
      reason: 'ScaleUpLimit',
      policy: null,
    });
    expect(withBehavior({ down: rules }, 10, 1)).toEqual({
      replicas: 10,
      reason: 'ScaleDownLimit',
      policy: null,
    });
  });
});

test.each([
  // min, max, current, proposal → replicas, reason
  [3, 99, 10, 2, 3, 'TooFewReplicas'],
  [3, 99, 10, 3, 3, 'DesiredWithinRange'],
  [1, 99, 1, 4, 4, 'DesiredWithinRange'],
  [1, 99, 1, 5, 4, 'ScaleUpLimit'],
  [1, 99, 10, 20, 20, 'DesiredWithinRange'],
  [1, 99, 10, 21, 20, 'ScaleUpLimit'],
  [1, 21, 10, 99, 20, 'ScaleUpLimit'],
  [1, 20, 10, 99, 20, 'TooManyReplicas'],
  [1, 15, 10, 99, 15, 'TooManyReplicas'],
  [1, 15, 10, 15, 15, 'DesiredWithinRange'],
])('without behavior: %d to %d, %d → %d: %d, %s', (min, max, current, proposal, to, reason) => {
  expect(withoutBehavior(min, max, current, proposal)).toEqual([to, reason]);
});

describe('a new scale event', () => {
  const rules: HpaRules = {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [podsIn(1, 60), podsIn(1, 30)],
    tolerance: null,
  };
  const added = { change: 7, time: NOW, outdated: false };
  const store = (...events: HpaScaleEvent[]) => withScaleEvent(events, rules, 7, NOW);

  it('is appended while nothing is older than the longest period', () => {
    expect(store()).toEqual([added]);
    expect(store(event(1, 60), event(2, 31))).toEqual([event(1, 60), event(2, 31), added]);
  });

  it('takes the slot of the last one that is older, and marks the others', () => {
    const [a, b, c] = [event(1, 90), event(2, 61), event(3, 5)];
    expect(store(a, b, c)).toEqual([{ ...a, outdated: true }, added, c]);
  });

  it('leaves marks as they are, and takes marked slots', () => {
    const marked = { ...event(1, 5), outdated: true };
    expect(store(event(2, 3), marked)).toEqual([event(2, 3), added]);
    const old = { ...event(1, 90), outdated: true };
    const stored = store(old, marked);
    expect(stored).toEqual([old, added]);
    expect(stored[0]).toBe(old);
  });
});
