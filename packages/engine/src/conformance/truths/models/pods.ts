/** Several equal servers with a queue each, behind a balancer. */

import { BALANCERS } from '../../../flow/balancers/index.ts';
import { EXPONENTIAL } from '../laws.ts';
import { steadyPlan } from '../steady.ts';
import { numberOf, skip, type Truth, type TruthPlan } from '../truth.ts';

const exponential = ({ params }: Truth) => EXPONENTIAL(1 / numberOf(params, 'mu'));

/** Every server sees each n-th request: Erlang gaps. */
export function dealt(truth: Truth): TruthPlan {
  const pods = numberOf(truth.params, 'n');
  return steadyPlan({
    truth,
    arrivalRate: numberOf(truth.params, 'lambdaTotal'),
    service: exponential(truth),
    slots: 1,
    pods,
    balancer: 'round-robin',
    perServer: true,
  });
}

export function shortestQueue(truth: Truth): TruthPlan {
  return steadyPlan({
    truth,
    arrivalRate: numberOf(truth.params, 'lambdaTotal'),
    service: exponential(truth),
    slots: 1,
    pods: numberOf(truth.params, 'n'),
    balancer: 'least-loaded',
  });
}

/** One choice needs no limit: each server is an M/M/1 queue, however many there are. */
const ONE_CHOICE_SERVERS = 10;
/** Near enough to infinitely many: what is missing falls with their number, and grows with ρ. */
const manyServers = (rho: number) => Math.ceil(Math.max(200, Math.min(5000, 10 / (1 - rho))));

export function choices(truth: Truth): TruthPlan {
  const d = numberOf(truth.params, 'd');
  const balancer = BALANCER_OF[d];
  if (balancer === undefined || !Object.hasOwn(BALANCERS, balancer)) {
    return skip(`there is no balancer that takes the best of ${d} pods`);
  }
  const perServer = numberOf(truth.params, 'lambdaPerServer');
  const rho = perServer / numberOf(truth.params, 'mu');
  const pods = d === 1 ? ONE_CHOICE_SERVERS : manyServers(rho);
  return steadyPlan({
    truth,
    arrivalRate: perServer * pods,
    service: exponential(truth),
    slots: 1,
    pods,
    balancer,
    ...(d === 1 ? {} : { relaxation: CHOICE_RELAXATION / (1 - rho) }),
  });
}

/** With a choice long queues are rare: the start is forgotten in ~1 ÷ (1 − ρ) services, not its square. */
const CHOICE_RELAXATION = 3;

const BALANCER_OF: Readonly<Record<number, string>> = { 1: 'random', 2: 'power-of-two' };
