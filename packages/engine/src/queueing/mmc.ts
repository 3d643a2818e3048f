/**
 * M/M/c: Poisson arrivals, exponential service, c servers, one first-come-first-served queue
 * without limit, in the steady state. c = 1 is the M/M/1 queue. An unstable queue (arrival rate ≥
 * c × service rate) has no steady state: its means are Infinity and every arrival waits.
 *
 * @source D. Gross, J. F. Shortle, J. M. Thompson, C. M. Harris, “Fundamentals of Queueing
 *   Theory”, 4th ed. 2008, section 2.3.
 */
import { exp, log } from '../kernel/elementary.ts';
import { erlangC } from './erlang.ts';

/** Rates in requests/s; `serviceRate` is that of one server. */
export interface MmcQueue {
  readonly arrivalRate: number;
  readonly serviceRate: number;
  readonly servers: number;
}

/** Times in seconds; `inSystem` and `queueLength` are means over time. */
export interface SteadyState {
  readonly utilization: number;
  /** Probability that an arrival waits. */
  readonly pWait: number;
  readonly meanWait: number;
  readonly meanLatency: number;
  readonly queueLength: number;
  readonly inSystem: number;
}

/** Rate at which the wait of those who wait ends: spare service rate of the whole system. */
const spareRate = (queue: MmcQueue) => queue.servers * queue.serviceRate - queue.arrivalRate;

const pWait = (queue: MmcQueue) => erlangC(queue.servers, queue.arrivalRate / queue.serviceRate);

/** Steady-state means; times and lengths are tied by Little’s law. */
export function mmc(queue: MmcQueue): SteadyState {
  const { arrivalRate, serviceRate, servers } = queue;
  const spare = spareRate(queue);
  const waiting = pWait(queue);
  const meanWait = spare > 0 ? waiting / spare : Number.POSITIVE_INFINITY;
  const meanLatency = meanWait + 1 / serviceRate;
  return {
    utilization: Math.min(1, arrivalRate / (servers * serviceRate)),
    pWait: waiting,
    meanWait,
    meanLatency,
    queueLength: arrivalRate * meanWait,
    inSystem: arrivalRate * meanLatency,
  };
}

/** P(wait > time): those who wait do so for an exponential time with the spare rate. */
export function mmcWaitTail(queue: MmcQueue, time: number): number {
  const spare = spareRate(queue);
  return spare > 0 ? pWait(queue) * exp(-spare * time) : 1;
}

/** The wait that a share of all arrivals does not exceed; 0 where they need not wait. */
export function mmcWaitQuantile(queue: MmcQueue, share: number): number {
  const waiting = pWait(queue);
  if (share <= 1 - waiting) return 0;
  const spare = spareRate(queue);
  return spare > 0 ? log(waiting / (1 - share)) / spare : Number.POSITIVE_INFINITY;
}

/** P(latency > time): the wait and an independent exponential service, added. */
export function mmcLatencyTail(queue: MmcQueue, time: number): number {
  const spare = spareRate(queue);
  if (spare <= 0) return 1;
  const { serviceRate } = queue;
  const waiting = pWait(queue);
  const served = exp(-serviceRate * time);
  const gap = spare - serviceRate;
  // As both rates meet, the difference quotient below is 0/0; its limit is an Erlang(2) tail.
  if (Math.abs(gap) < 1e-9 * serviceRate) return served * (1 + waiting * serviceRate * time);
  const both = (spare * served - serviceRate * exp(-spare * time)) / gap;
  return (1 - waiting) * served + waiting * both;
}
