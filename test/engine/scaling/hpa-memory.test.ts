/** Which entries of the memory survive: slots are reused, not pruned. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_HPA_CONTROLLER } from '../../../packages/engine/src/scaling/hpa-controller.ts';
import { withDefaults } from '../../../packages/engine/src/scaling/hpa-defaults.ts';
import { limit, withScaleEvent } from '../../../packages/engine/src/scaling/hpa-limits.ts';
import { stabilize } from '../../../packages/engine/src/scaling/hpa-stabilize.ts';
import { hpa50, seconds } from './hpa-scenes.ts';

const rules = (periodSeconds: number) => ({
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max' as const,
  policies: [{ type: 'Pods' as const, value: 4, periodSeconds }],
  tolerance: null,
});
const event = (at: number, change: number, outdated = false) => ({
  time: seconds(at),
  change,
  outdated,
});

describe('scale events', () => {
  it('overwrites the last outdated entry and marks the others', () => {
    const before = [event(0, 1), event(10, 2), event(60, 3)];
    const after = withScaleEvent(before, rules(30), 4, seconds(70));
    expect(after).toEqual([event(0, 1, true), event(70, 4), event(60, 3)]);
    expect(before).toEqual([event(0, 1), event(10, 2), event(60, 3)]);
  });

  it('keeps an entry exactly as old as the longest period', () => {
    expect(withScaleEvent([event(40, 1)], rules(30), 4, seconds(70))).toHaveLength(2);
  });

  it('still counts a marked entry where the other direction looks further back', () => {
    const { behavior, ...rest } = withDefaults(hpa50());
    expect(behavior).toBeNull();
    const spec = { ...rest, behavior: { scaleUp: rules(10), scaleDown: rules(100) } };
    const events = { upEvents: [event(0, 5, true)], downEvents: [] };
    // 10 − 5 added since − 4: down to 1; without the marked event only to 6.
    const now = seconds(50);
    expect(limit(spec, DEFAULT_HPA_CONTROLLER, events, 10, 0, now).replicas).toBe(1);
    const none = { upEvents: [], downEvents: [] };
    expect(limit(spec, DEFAULT_HPA_CONTROLLER, none, 10, 0, now).replicas).toBe(6);
  });
});

describe('recommendations', () => {
  const at = (time: number, replicas: number) => ({ time: seconds(time), replicas });

  it('does not grow at a steady pace', () => {
    const spec = withDefaults(hpa50());
    let list: readonly { time: number; replicas: number }[] = [];
    for (let time = 0; time <= 3600; time += 15) {
      const done = stabilize(spec, DEFAULT_HPA_CONTROLLER, list, 5, 5, seconds(time));
      list = done.recommendations;
    }
    // From 300 s ago to now, both included: what is older has been overwritten.
    expect(list).toHaveLength(21);
  });

  it('reuses only what is outdated for both windows', () => {
    const scaleUp = { stabilizationWindowSeconds: 600 };
    const spec = withDefaults(hpa50({ behavior: { scaleUp } }));
    const list = [at(0, 1), at(100, 2), at(500, 3)];
    const later = stabilize(spec, DEFAULT_HPA_CONTROLLER, list, 3, 4, seconds(650));
    expect(later.recommendations).toEqual([at(650, 4), at(100, 2), at(500, 3)]);
    expect(later).toMatchObject({ replicas: 3, reason: 'ScaleUpStabilized' });
  });
});
