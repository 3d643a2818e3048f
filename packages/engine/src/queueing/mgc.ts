/**
 * M/G/c, approximately: the exact M/M/c with its wait stretched by (1 + cv²) ÷ 2, where cv is the
 * coefficient of variation of the service time. The probability of waiting is kept; the wait of
 * those who wait stays exponential, with the stretched mean. Exact for exponential service, and for
 * the mean of M/G/1; within a few percent of the mean of M/D/c from a load of 0.5 of the capacity
 * on; the far tail of very variable service (cv above 2) is heavier than this.
 *
 * @source A. O. Allen, “Probability, Statistics and Queueing Theory”, 2nd ed. 1990, section 5.3.5
 *   (Allen–Cunneen); G. Bolch, S. Greiner, H. de Meer, K. S. Trivedi, “Queueing Networks and Markov
 *   Chains”, 2nd ed. 2006, section 6.3.6.
 */
import { type MmcQueue, mmc, mmcWaitTail, type SteadyState } from './mmc.ts';

export interface MgcQueue extends MmcQueue {
  /** Coefficient of variation of the service time: 0 = constant, 1 = exponential. */
  readonly cv: number;
}

const stretch = (queue: MgcQueue) => (1 + queue.cv * queue.cv) / 2;

export function mgc(queue: MgcQueue): SteadyState {
  const exponential = mmc(queue);
  const meanWait = exponential.meanWait * stretch(queue);
  const meanLatency = meanWait + 1 / queue.serviceRate;
  return {
    ...exponential,
    meanWait,
    meanLatency,
    queueLength: queue.arrivalRate * meanWait,
    inSystem: queue.arrivalRate * meanLatency,
  };
}

/** P(wait > time): the tail of M/M/c, read at the time shrunk by the stretch. */
export function mgcWaitTail(queue: MgcQueue, time: number): number {
  return mmcWaitTail(queue, time / stretch(queue));
}
