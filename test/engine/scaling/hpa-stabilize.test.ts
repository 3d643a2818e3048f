/** Windows on their own: which remembered proposals count, and which one is named. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_HPA_CONTROLLER } from '../../../packages/engine/src/scaling/hpa-controller.ts';
import { withDefaults } from '../../../packages/engine/src/scaling/hpa-defaults.ts';
import type { HpaRecommendation } from '../../../packages/engine/src/scaling/hpa-memory.ts';
import {
  stabilizationWindows,
  stabilize,
} from '../../../packages/engine/src/scaling/hpa-stabilize.ts';
import { hpa50, seconds } from './hpa-scenes.ts';

const NOW = seconds(10_000);
/** A proposal of `replicas`, `age` seconds ago. */
const ago = (age: number, replicas: number): HpaRecommendation => ({
  replicas,
  time: NOW - seconds(age),
});
const now = (replicas: number) => ago(0, replicas);

/** Without behavior, or with windows of `[up, down]` seconds. */
function stable(
  windows: readonly [number, number] | null,
  list: readonly HpaRecommendation[],
  current: number,
  proposal: number,
) {
  const rules = (stabilizationWindowSeconds: number) => ({ stabilizationWindowSeconds });
  const behavior =
    windows === null
      ? {}
      : { behavior: { scaleUp: rules(windows[0]), scaleDown: rules(windows[1]) } };
  const spec = withDefaults(hpa50(behavior));
  return stabilize(spec, DEFAULT_HPA_CONTROLLER, list, current, proposal, NOW);
}

describe('windows', () => {
  const windowsOf = (behavior: object | undefined, downscaleStabilization = seconds(300.7)) =>
    stabilizationWindows(withDefaults(hpa50(behavior === undefined ? {} : { behavior })), {
      ...DEFAULT_HPA_CONTROLLER,
      downscaleStabilization,
    });

  it('without behavior: that of the cluster, on the way down alone', () => {
    expect(windowsOf(undefined)).toEqual({ up: 0, down: seconds(300.7) });
  });

  it('with behavior: whole seconds, its own or those of the cluster', () => {
    expect(windowsOf({})).toEqual({ up: 0, down: seconds(300) });
    const scaleUp = { stabilizationWindowSeconds: 20 };
    const scaleDown = { stabilizationWindowSeconds: 0 };
    expect(windowsOf({ scaleUp, scaleDown })).toEqual({ up: seconds(20), down: 0 });
  });
});

describe('without behavior', () => {
  it('the largest of the window counts, exactly as old as it included', () => {
    expect(stable(null, [ago(300, 9)], 5, 4)).toEqual({
      replicas: 9,
      reason: 'ScaleDownStabilized',
      recommendations: [ago(300, 9), now(4)],
      decisive: ago(300, 9),
    });
    expect(stable(null, [ago(300.000001, 9)], 5, 4)).toEqual({
      replicas: 4,
      reason: 'ReadyForNewScale',
      recommendations: [now(4)],
      decisive: null,
    });
  });

  it('the newest of equal ones is named, wherever it stands', () => {
    const [older, newer] = [ago(200, 9), ago(100, 9)];
    for (const list of [
      [older, newer],
      [newer, older],
      [ago(150, 7), newer, older, ago(10, 8)],
    ]) {
      expect(stable(null, list, 5, 4).decisive).toEqual(newer);
    }
  });

  it('a proposal as large as any is held back by none', () => {
    expect(stable(null, [ago(10, 9)], 5, 9)).toMatchObject({
      replicas: 9,
      reason: 'ReadyForNewScale',
      decisive: null,
    });
    expect(stable(null, [ago(10, 8)], 5, 9)).toMatchObject({ replicas: 9, decisive: null });
  });

  it('of two of the same instant the first is named', () => {
    const list = [ago(100, 9), { ...ago(100, 9) }];
    expect(stable(null, list, 5, 4).decisive).toBe(list[0]);
  });

  it('the slot of the last outdated one is used again', () => {
    const list = [ago(400, 1), ago(350, 2), ago(20, 3)];
    expect(stable(null, list, 5, 4).recommendations).toEqual([ago(400, 1), now(4), ago(20, 3)]);
  });
});

describe('with behavior', () => {
  it('stays at the current count between the least and the most of the windows', () => {
    expect(stable([60, 60], [ago(30, 3)], 5, 8)).toMatchObject({
      replicas: 5,
      reason: 'ScaleUpStabilized',
      decisive: ago(30, 3),
    });
    expect(stable([60, 60], [ago(30, 9)], 5, 4)).toMatchObject({
      replicas: 5,
      reason: 'ScaleDownStabilized',
      decisive: ago(30, 9),
    });
  });

  it('goes up to the least of the up window', () => {
    const list = [ago(50, 9), ago(30, 7), ago(10, 8)];
    expect(stable([60, 0], list, 5, 12)).toMatchObject({
      replicas: 7,
      reason: 'ScaleUpStabilized',
      decisive: ago(30, 7),
    });
  });

  it('goes down to the most of the down window', () => {
    const list = [ago(50, 2), ago(30, 4), ago(10, 3)];
    expect(stable([0, 60], list, 8, 1)).toMatchObject({
      replicas: 4,
      reason: 'ScaleDownStabilized',
      decisive: ago(30, 4),
    });
  });

  it('a proposal exactly as old as its window is out', () => {
    expect(stable([60, 0], [ago(60, 6)], 5, 12)).toMatchObject({ replicas: 12, decisive: null });
    expect(stable([60, 0], [ago(59.999999, 6)], 5, 12)).toMatchObject({ replicas: 6 });
    expect(stable([0, 60], [ago(60, 4)], 5, 1)).toMatchObject({ replicas: 1, decisive: null });
    expect(stable([0, 60], [ago(59.999999, 4)], 5, 1)).toMatchObject({ replicas: 4 });
  });

  it('a slot is free once both windows have passed it, and not exactly then', () => {
    const slots = (windows: readonly [number, number], age: number) =>
      stable(windows, [ago(age, 5)], 5, 5).recommendations.length;
    expect(slots([60, 30], 60)).toBe(2);
    expect(slots([60, 30], 61)).toBe(1);
    expect(slots([60, 30], 40)).toBe(2);
    expect(slots([30, 60], 60)).toBe(2);
    expect(slots([30, 60], 61)).toBe(1);
    expect(slots([30, 60], 40)).toBe(2);
  });

  it('the newest of equal ones is named, the proposal of now outdoes them', () => {
    const [older, newer] = [ago(50, 7), ago(20, 7)];
    for (const list of [
      [older, newer],
      [newer, older],
    ]) {
      expect(stable([60, 0], list, 5, 12).decisive).toEqual(newer);
      expect(stable([0, 60], list, 9, 1).decisive).toEqual(newer);
      expect(stable([60, 60], list, 5, 7)).toMatchObject({ replicas: 7, decisive: null });
    }
    const same = [ago(20, 7), { ...ago(20, 7) }];
    expect(stable([60, 0], same, 5, 12).decisive).toBe(same[0]);
    expect(stable([0, 60], same, 9, 1).decisive).toBe(same[0]);
  });

  it('what lies the other way does not count', () => {
    expect(stable([60, 60], [ago(30, 9)], 5, 8)).toMatchObject({ replicas: 8, decisive: null });
    expect(stable([60, 60], [ago(30, 2)], 5, 4)).toMatchObject({ replicas: 4, decisive: null });
  });

  it('asking for as many as there are can only be held from below', () => {
    // Down to 3 was proposed half a minute ago; the up window would rather have 3.
    expect(stable([60, 0], [ago(30, 3)], 5, 5)).toMatchObject({
      replicas: 5,
      reason: 'ReadyForNewScale',
      decisive: null,
    });
  });
});
