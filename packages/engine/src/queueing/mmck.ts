/**
 * M/M/c/K: as M/M/c, with room for K requests in all (c in service, K − c waiting); an arrival that
 * finds K is rejected. Waits are over accepted requests. It has a steady state at any load.
 *
 * The probabilities are summed as multiples of that of the state “c in system”, whose share of the
 * states 0…c is Erlang B: so nothing overflows below c, and above saturation the sum runs from the
 * full end.
 *
 * @source D. Gross, J. F. Shortle, J. M. Thompson, C. M. Harris, “Fundamentals of Queueing
 *   Theory”, 4th ed. 2008, section 2.5.
 */
import { erlangB } from './erlang.ts';
import type { MmcQueue } from './mmc.ts';

export interface MmckQueue extends MmcQueue {
  /** K: requests in service and waiting, at most; at least the number of servers. */
  readonly places: number;
}

/** Times in seconds, of accepted requests; lengths are means over time. */
export interface LimitedSteadyState {
  readonly utilization: number;
  readonly pEmpty: number;
  /** Probability that an arrival is rejected. */
  readonly pBlock: number;
  /** Accepted requests/s. */
  readonly throughput: number;
  readonly meanWait: number;
  readonly meanLatency: number;
  readonly queueLength: number;
  readonly inSystem: number;
}

export function mmck(queue: MmckQueue): LimitedSteadyState {
  const { arrivalRate, serviceRate, servers, places } = queue;
  const load = arrivalRate / serviceRate;
  const { pBlock, queueLength } = waitingRoom(servers, places - servers, load);
  const throughput = arrivalRate * (1 - pBlock);
  const meanWait = queueLength / throughput;
  return {
    utilization: throughput / (servers * serviceRate),
    pEmpty: emptyShare(servers, places, load),
    pBlock,
    throughput,
    meanWait,
    meanLatency: meanWait + 1 / serviceRate,
    queueLength,
    inSystem: queueLength + throughput / serviceRate,
  };
}

/** Sums over the states c…K, in the direction in which the terms fall. */
function waitingRoom(servers: number, room: number, load: number) {
  const ratio = load / servers;
  const falling = ratio <= 1;
  const step = falling ? ratio : 1 / ratio;
  let term = 1;
  let total = 0;
  let waiting = 0;
  let atServers = 1;
  let atLimit = 1;
  for (let state = 0; state <= room; state++) {
    total += term;
    waiting += term * (falling ? state : room - state);
    if (state === room) {
      if (falling) atLimit = term;
      else atServers = term;
    }
    term *= step;
  }
  // States 0…c−1, as a multiple of the state c.
  total += atServers * (1 / erlangB(servers, load) - 1);
  return { pBlock: atLimit / total, queueLength: waiting / total };
}

function emptyShare(servers: number, places: number, load: number): number {
  let term = 1;
  let total = 1;
  for (let state = 1; state <= places; state++) {
    term *= load / Math.min(state, servers);
    total += term;
  }
  return 1 / total;
}
