/**
 * M/G/1: Poisson arrivals, any service law, one server, first come first served, in the steady
 * state. The mean wait depends on the second moment of the service time, the variance of the wait
 * on the third. Unstable queues wait for Infinity.
 *
 * @source F. Pollaczek 1930, A. Y. Khinchine 1932; L. Kleinrock, “Queueing Systems” vol. 1, 1975,
 *   sections 5.6 and 5.7.
 */
import type { SteadyState } from './mmc.ts';

export interface Mg1Queue {
  readonly arrivalRate: number;
  /** E[S], E[S²], E[S³] of the service time in seconds. */
  readonly moments: readonly [first: number, second: number, third: number];
}

export interface Mg1SteadyState extends SteadyState {
  readonly waitVariance: number;
}

export function mg1(queue: Mg1Queue): Mg1SteadyState {
  const { arrivalRate, moments } = queue;
  const [mean, second, third] = moments;
  const utilization = Math.min(1, arrivalRate * mean);
  const idle = 1 - utilization;
  const meanWait = (arrivalRate * second) / (2 * idle);
  const meanLatency = meanWait + mean;
  return {
    utilization,
    pWait: utilization,
    meanWait,
    waitVariance: meanWait * meanWait + (arrivalRate * third) / (3 * idle),
    meanLatency,
    queueLength: arrivalRate * meanWait,
    inSystem: arrivalRate * meanLatency,
  };
}
