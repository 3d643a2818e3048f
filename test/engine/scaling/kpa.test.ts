/** The KPA's decisions, worked by hand from the rules of its source. */
import { describe, expect, it, test } from 'vitest';
import {
  KPA_DEFAULTS,
  kpaSpec,
  panicWindow,
} from '../../../packages/engine/src/scaling/kpa-spec.ts';
import { decisionsOf, desiredOf, SECOND, settingsWith, specWith } from './kpa-scenes.ts';

describe('target and total', () => {
  it.each([
    ['100 concurrent requests, of which 70 % are aimed for', {}, 70, 100],
    ['200 requests/s, of which 70 %', { metric: 'rps' as const }, 140, 200],
    ['the limit of a container', { containerConcurrency: 10 }, 7, 10],
    ['a target of its own', { target: 20 }, 14, 20],
    ['never above the limit', { target: 20, containerConcurrency: 10 }, 7, 10],
    [
      'the limit counts requests at once',
      { metric: 'rps' as const, containerConcurrency: 1 },
      140,
      200,
    ],
    ['never nothing', { target: 0.001 }, 0.01, 0.001],
  ])('%s', (_what, changes, target, total) => {
    const spec = kpaSpec(settingsWith(changes));
    expect(spec.target).toBeCloseTo(target, 12);
    expect(spec.total).toBe(total);
  });

  it('the panic window has whole seconds', () => {
    expect(panicWindow(KPA_DEFAULTS)).toBe(6 * SECOND);
    expect(panicWindow(settingsWith({ stableWindow: 66 * SECOND }))).toBe(7 * SECOND);
    expect(panicWindow(settingsWith({ panicWindowShare: 0.01 }))).toBe(SECOND);
  });
});

describe('stable', () => {
  test('⌈average ÷ target⌉ pods', () => {
    const spec = specWith({ target: 10 });
    expect(desiredOf(spec, 1, [[2, 5, 50]])).toEqual([5]);
    expect(desiredOf(spec, 1, [[2, 5, 50.1]])).toEqual([6]);
    expect(desiredOf(spec, 1, [[2, 1, 0]])).toEqual([0]);
  });

  test('the panic average alone changes nothing below the threshold', () => {
    expect(desiredOf(specWith(), 1, [[2, 4, 4, 7]])).toEqual([4]);
  });

  /** The example in the comment of autoscaler.go: rate 1.1, 2 pods, load of 3. */
  test('a small scale-up rate still allows one pod more', () => {
    expect(desiredOf(specWith({ maxScaleUpRate: 1.1 }), 1, [[2, 2, 3, 1]])).toEqual([3]);
  });

  test('rates limit a decision by the ready pods; none counts as one', () => {
    expect(desiredOf(specWith({ maxScaleUpRate: 10 }), 1, [[2, 2, 1000, 1]])).toEqual([20]);
    expect(desiredOf(specWith({ maxScaleUpRate: 10 }), 0, [[2, 0, 1000, 1]])).toEqual([10]);
    expect(desiredOf(specWith({ maxScaleDownRate: 2 }), 1, [[2, 9, 1]])).toEqual([4]);
  });

  test('a revision without a route may go down at once', () => {
    expect(desiredOf(specWith({ reachable: false }), 1, [[2, 9, 1]])).toEqual([1]);
  });

  test('the activation scale holds while there is load', () => {
    const spec = specWith({ activationScale: 5 });
    expect(
      desiredOf(spec, 0, [
        [2, 1, 1],
        [4, 1, 7, 1],
        [6, 1, 0],
      ]),
    ).toEqual([5, 7, 0]);
    expect(desiredOf(specWith({ activationScale: 1 }), 0, [[2, 1, 1]])).toEqual([1]);
  });

  test('without data there is no decision, and nothing is forgotten', () => {
    const [first, none, uncounted, again] = decisionsOf(specWith(), 1, [
      [2, 1, 9],
      [4, 1],
      [6, null, 9],
      [8, 9, 3],
    ]);
    expect(none).toMatchObject({ desired: null, excessBurstCapacity: null, facts: null });
    expect(uncounted?.desired).toBeNull();
    expect(uncounted?.memory).toEqual(first?.memory);
    expect(again?.desired).toBe(9);
  });
});

describe('panic', () => {
  test('begins at twice what the ready pods are for', () => {
    const [below, at] = decisionsOf(specWith(), 1, [
      [2, 2, 1, 3],
      [4, 2, 1, 4],
    ]);
    expect(below?.memory.panicSince).toBeNull();
    expect(at).toMatchObject({ desired: 4, memory: { panicSince: 4 * SECOND, maxPanicPods: 4 } });
  });

  test('takes the larger of both windows and never a pod away', () => {
    expect(
      desiredOf(specWith(), 1, [
        [2, 1, 2, 8],
        [4, 8, 3, 5],
        [6, 8, 10, 5],
        [8, 8, 1, 1],
      ]),
    ).toEqual([8, 8, 10, 10]);
  });

  test('ends when more than a stable window has passed since the load was over', () => {
    const looks = [
      [2, 1, 2, 8],
      [10, 4, 2, 8],
      [70, 8, 4, 4],
      [70.001, 8, 4, 4],
    ] as const;
    const decisions = decisionsOf(specWith({ stableWindow: 60 * SECOND }), 1, looks);
    expect(decisions.map(({ desired }) => desired)).toEqual([8, 8, 8, 4]);
    expect(decisions.at(-1)?.memory).toMatchObject({ panicSince: null, maxPanicPods: 0 });
  });

  test('is where an autoscaler begins that meets more than one pod', () => {
    expect(desiredOf(specWith(), 5, [[2, 5, 1]])).toEqual([5]);
    expect(desiredOf(specWith(), 1, [[2, 5, 1]])).toEqual([2]);
    expect(desiredOf(specWith(), null, [[2, 5, 1]])).toEqual([2]);
  });
});

describe('scale-down delay', () => {
  const spec = specWith({ scaleDownDelay: 10 * SECOND, maxScaleDownRate: 1000 });

  test('the most of the last seconds counts, in steps of two', () => {
    expect(
      desiredOf(spec, 1, [
        [2, 4, 4],
        [4, 4, 1],
        [11.9, 4, 1],
        [12, 4, 1],
        [14, 1, 6, 1],
      ]),
    ).toEqual([4, 4, 4, 1, 6]);
  });

  test('nobody waits for a revision without a route', () => {
    const looks = [
      [2, 4, 4],
      [4, 4, 1],
    ] as const;
    expect(desiredOf({ ...spec, reachable: false }, 1, looks)).toEqual([4, 1]);
  });
});

describe('excess burst capacity', () => {
  const ebc = (targetBurstCapacity: number, readyPods: number, panic: number) =>
    decisionsOf(specWith({ total: 10, targetBurstCapacity }), 1, [[2, readyPods, 1, panic]])[0]
      ?.excessBurstCapacity;

  test('what the pods can take, less the burst and the load of the panic window', () => {
    expect(ebc(20, 5, 7.5)).toBe(22);
    expect(ebc(20, 2, 7.5)).toBe(-8);
    expect(ebc(20, 0, 0)).toBe(-20);
  });

  test('0 = activator only at zero, below 0 = always in the path', () => {
    expect(ebc(0, 2, 100)).toBe(0);
    expect(ebc(-1, 100, 0)).toBe(-1);
  });
});
