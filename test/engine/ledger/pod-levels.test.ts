import { describe, expect, it } from 'vitest';
import { podLevels } from '../../../packages/engine/src/ledger/pod-levels.ts';

const pod = (life: { wanted: number; [stage: string]: number }) => ({
  service: 'shop',
  ordinal: 0,
  ...life,
});

describe('the states of the pods', () => {
  it('follow a pod through its life', () => {
    const life = pod({ wanted: 10, bound: 20, started: 30, routed: 40, draining: 70, gone: 80 });
    expect(podLevels([life], 10, 100)).toEqual({
      shop: {
        at: [10, 20, 30, 40, 70, 80],
        pending: [1, 1, 0, 0, 0, 0],
        unbound: [1, 0, 0, 0, 0, 0],
        starting: [0, 0, 1, 0, 0, 0],
        ready: [0, 0, 0, 1, 0, 0],
        draining: [0, 0, 0, 0, 1, 0],
      },
    });
  });

  it('end for a pod that is removed before it is ready', () => {
    const life = pod({ wanted: 10, bound: 20, draining: 30, gone: 30 });
    expect(podLevels([life], 10, 100).shop).toMatchObject({ at: [10, 20, 30], pending: [1, 1, 0] });
  });

  it('begin at 0 for pods that were there before', () => {
    const life = pod({ wanted: -500, bound: -500, started: -500, routed: -500 });
    expect(podLevels([life, life], 10, 100).shop).toMatchObject({ at: [0], ready: [2] });
  });

  it('are one row for all changes within a row of the series, and none for what cancels out', () => {
    const quick = pod({ wanted: 11, bound: 12, started: 13, routed: 14 });
    const short = pod({ wanted: 31, gone: 32 });
    expect(podLevels([quick, short], 10, 100).shop).toMatchObject({ at: [20], ready: [1] });
  });

  it('stop at the end of the run', () => {
    const life = pod({ wanted: 91, bound: 95, started: 105 });
    expect(podLevels([life], 10, 97).shop).toMatchObject({ at: [97], pending: [1], unbound: [0] });
  });

  it('are kept apart by service', () => {
    const other = { ...pod({ wanted: 0 }), service: 'other' };
    expect(Object.keys(podLevels([pod({ wanted: 0 }), other], 10, 100))).toEqual(['shop', 'other']);
  });
});
