import { expect, test } from 'vitest';
import { mg1 } from '../../../packages/engine/src/queueing/mg1.ts';
import { mgc, mgcWaitTail } from '../../../packages/engine/src/queueing/mgc.ts';
import { mmc, mmcWaitTail } from '../../../packages/engine/src/queueing/mmc.ts';
import { number, truthsOf } from './truths.ts';

const queue = { arrivalRate: 7.2, serviceRate: 1, servers: 9 };

test('exponential service: the approximation is exact', () => {
  expect(mgc({ ...queue, cv: 1 })).toEqual(mmc(queue));
  expect(mgcWaitTail({ ...queue, cv: 1 }, 0.4)).toBe(mmcWaitTail(queue, 0.4));
});

test('one server: the mean wait is Pollaczek and Khinchine’s', () => {
  for (const cv of [0, 0.5, 2]) {
    const approximate = mgc({ arrivalRate: 0.7, serviceRate: 1, servers: 1, cv });
    // The third moment does not enter the mean.
    const exact = mg1({ arrivalRate: 0.7, moments: [1, 1 + cv * cv, 1] });
    expect(approximate.meanWait).toBeCloseTo(exact.meanWait, 12);
    expect(approximate.inSystem).toBeCloseTo(exact.inSystem, 12);
  }
});

test.each(truthsOf('M/D/c FCFS'))(
  'constant service: within 4 % of the exact mean: $id',
  (truth) => {
    const approximate = mgc({
      arrivalRate: number(truth, 'lambda_'),
      serviceRate: 1,
      servers: number(truth, 'c'),
      cv: 0,
    });
    const exact = truth.results.Wq as number;
    expect(Math.abs(approximate.meanWait - exact) / exact).toBeLessThan(0.04);
  },
);
