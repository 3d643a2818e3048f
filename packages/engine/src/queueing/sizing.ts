/**
 * How many machines a planner orders for a known peak rate: the smallest number that satisfies
 * both rules.
 *
 * **Headroom.** slots × 1 ≥ arrival rate × (1 + headroom) × mean service time.
 *
 * **Latency.** A share 1 − attainment of the requests may be slower than the target. Half of this
 * budget is granted to slow service, half to long waits: with s the service time that only the
 * first half exceeds, P(wait > target − s) must be at most the second half. By Boole’s inequality
 * P(wait + service > target) ≤ P(service > s) + P(wait > target − s), so that both halves together
 * keep the promise. Where service alone uses the target up (target ≤ s) no number of machines can;
 * then the rule asks that no more than the second half waits at all.
 *
 * Assumptions, and which way they err:
 * - one pooled queue in front of all slots (Erlang C, M/G/c by Allen–Cunneen): optimistic, for real
 *   machines have a queue each; the headroom is there to pay for that;
 * - the steady state at the peak rate: pessimistic, for a short peak ends before its queue is long;
 * - lognormal service with the mean and cv given: pessimistic against exponential service.
 *
 * @source mgc.ts, erlang.ts; the split of the budget is a modelling choice (docs/model.md).
 */
import { lognormalQuantile } from './lognormal-quantile.ts';
import { type MgcQueue, mgc, mgcWaitTail } from './mgc.ts';

export interface FleetDemand {
  /** Requests/s at the peak. */
  readonly arrivalRate: number;
  /** Seconds. */
  readonly meanServiceTime: number;
  /** Coefficient of variation of the service time. */
  readonly cv: number;
  readonly slotsPerMachine: number;
  /** Share of capacity kept above the peak, 0.3 = 30 %. */
  readonly headroom: number;
  /** Seconds. */
  readonly latencyTarget: number;
  /** Share of requests within the target, 0..1. */
  readonly attainment: number;
}

/** The fleet, and every number that its size follows from; times in seconds. */
export interface FleetSize {
  readonly machines: number;
  readonly slots: number;
  /** Erlangs. */
  readonly offeredLoad: number;
  /** Of the slots, at the peak rate. */
  readonly utilization: number;
  readonly pWait: number;
  readonly meanWait: number;
  /** What the latency rule leaves for waiting; 0 = service alone uses the target up. */
  readonly waitBudget: number;
  /** Share of requests that may wait longer than this, and the share that does. */
  readonly allowedShare: number;
  readonly waitingShare: number;
  /** What each rule asks for on its own; the larger is `machines`. */
  readonly machinesForHeadroom: number;
  readonly machinesForLatency: number;
}

/** An attainment of 100 % cannot be promised under random arrivals; read as 99.99 %. */
const SMALLEST_MISS_SHARE = 1e-4;

/** Swallows the rounding noise of a product that is a whole number on paper. */
const ROUNDING = 1e-9;

export function sizePeakFleet(demand: FleetDemand): FleetSize {
  const { arrivalRate, meanServiceTime, cv, slotsPerMachine } = demand;
  const offeredLoad = arrivalRate * meanServiceTime;
  const allowedShare = Math.max(1 - demand.attainment, SMALLEST_MISS_SHARE) / 2;
  const slowService = lognormalQuantile(meanServiceTime, cv, 1 - allowedShare);
  const waitBudget = Math.max(0, demand.latencyTarget - slowService);
  const fleetOf = (machines: number): MgcQueue => ({
    arrivalRate,
    serviceRate: 1 / meanServiceTime,
    servers: machines * slotsPerMachine,
    cv,
  });

  const wanted = (offeredLoad * (1 + demand.headroom)) / slotsPerMachine;
  const machinesForHeadroom = Math.max(1, Math.ceil(wanted * (1 - ROUNDING)));
  const machinesForLatency = smallest(
    (machines) => mgcWaitTail(fleetOf(machines), waitBudget) <= allowedShare,
  );
  const machines = Math.max(machinesForHeadroom, machinesForLatency);
  const { utilization, pWait, meanWait } = mgc(fleetOf(machines));
  return {
    machines,
    slots: machines * slotsPerMachine,
    offeredLoad,
    utilization,
    pWait,
    meanWait,
    waitBudget,
    allowedShare,
    waitingShare: mgcWaitTail(fleetOf(machines), waitBudget),
    machinesForHeadroom,
    machinesForLatency,
  };
}

/** Smallest positive integer that is enough, where more is never worse: double, then halve. */
function smallest(enough: (count: number) => boolean): number {
  let high = 1;
  while (!enough(high)) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
