import { expect, test } from 'vitest';
import { mmc } from '../../../packages/engine/src/queueing/mmc.ts';
import { mmck } from '../../../packages/engine/src/queueing/mmck.ts';
import { expectAgreement, number, truthsOf } from './truths.ts';

test.each(truthsOf('M/M/c/K (K = total places, arrivals finding K are rejected)'))(
  '$id',
  (truth) => {
    const state = mmck({
      arrivalRate: number(truth, 'lambda_'),
      serviceRate: number(truth, 'mu'),
      servers: number(truth, 'c'),
      places: number(truth, 'K'),
    });
    expectAgreement({ ...state }, truth, {
      pBlock: 'pBlock',
      throughput: 'throughput',
      L: 'inSystem',
      Lq: 'queueLength',
      Wq: 'meanWait',
      W: 'meanLatency',
      utilization: 'utilization',
      pEmpty: 'pEmpty',
    });
  },
);

test('with room for everyone it is M/M/c', () => {
  const queue = { arrivalRate: 9, serviceRate: 1, servers: 10 };
  const limited = mmck({ ...queue, places: 2000 });
  expect(limited.pBlock).toBeLessThan(1e-80);
  expect(limited.meanWait).toBeCloseTo(mmc(queue).meanWait, 12);
  expect(limited.inSystem).toBeCloseTo(mmc(queue).inSystem, 10);
});

test('far above saturation the full end is exact, and nothing overflows', () => {
  const state = mmck({ arrivalRate: 1e6, serviceRate: 1, servers: 2, places: 5000 });
  expect(state.pBlock).toBeCloseTo(1 - 2e-6, 12);
  expect(state.inSystem).toBeCloseTo(5000, 4);
});
