import { expect, test } from 'vitest';
import {
  type MmcQueue,
  mmc,
  mmcLatencyTail,
  mmcWaitQuantile,
  mmcWaitTail,
} from '../../../packages/engine/src/queueing/mmc.ts';
import { expectAgreement, number, type Truth, truthsOf } from './truths.ts';

const truths = [...truthsOf('M/M/1 FCFS'), ...truthsOf('M/M/c FCFS')];
const queueOf = (truth: Truth): MmcQueue => ({
  arrivalRate: number(truth, 'lambda_'),
  serviceRate: number(truth, 'mu'),
  servers: number(truth, 'c') ?? 1,
});

type Quantiles = Readonly<Record<string, number>>;
const quantilesOf = (truth: Truth, name: string) =>
  Object.entries(truth.results[name] as unknown as Quantiles).map(
    ([label, value]) => [Number(`0.${label.slice(1)}`), value] as const,
  );

test.each(truths)('means: $id', (truth) => {
  expectAgreement({ ...mmc(queueOf(truth)) }, truth, {
    utilization: 'utilization',
    pWait: 'pWait',
    Wq: 'meanWait',
    W: 'meanLatency',
    Lq: 'queueLength',
    L: 'inSystem',
  });
});

test.each(truths)('distribution of wait and latency: $id', (truth) => {
  const queue = queueOf(truth);
  for (const [share, wait] of quantilesOf(truth, 'waitQuantiles')) {
    // The file rounds a quantile to 12 digits, and 1 − share cancels up to three of ours.
    expect(Math.abs(mmcWaitQuantile(queue, share) - wait)).toBeLessThanOrEqual(1e-9 * wait);
    if (wait > 0) expect(mmcWaitTail(queue, wait)).toBeCloseTo(1 - share, 10);
  }
  for (const [share, latency] of quantilesOf(truth, 'sojournQuantiles')) {
    expect(mmcLatencyTail(queue, latency)).toBeCloseTo(1 - share, 10);
  }
});

test('where the spare rate meets the service rate, the latency tail has no gap', () => {
  // c = 2, μ = 1, λ = 1: spare rate 1 = μ; the neighbours take the other branch.
  const at = (arrivalRate: number) =>
    mmcLatencyTail({ arrivalRate, serviceRate: 1, servers: 2 }, 1.7);
  expect(at(1)).toBeCloseTo((at(1 - 1e-6) + at(1 + 1e-6)) / 2, 9);
});

test('an overloaded queue has no steady state', () => {
  const queue = { arrivalRate: 5, serviceRate: 1, servers: 4 };
  expect(mmc(queue)).toMatchObject({ utilization: 1, pWait: 1, meanWait: Infinity });
  expect(mmcWaitTail(queue, 1e6)).toBe(1);
  expect(mmcLatencyTail(queue, 1e6)).toBe(1);
  expect(mmcWaitQuantile(queue, 0.5)).toBe(Infinity);
});
