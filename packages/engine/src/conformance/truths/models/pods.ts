/** Several equal servers with a queue each, behind a balancer. */

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

/** Pods that a scenario's balancer compares at most. */
const CHOICES_MAX = 8;
/** One choice needs no limit: each server is an M/M/1 queue, however many there are. */
const ONE_CHOICE_SERVERS = 10;
/** Near enough to infinitely many: what is missing falls with their number, and grows with ρ. */
const manyServers = (rho: number) => Math.ceil(Math.max(200, Math.min(5000, 10 / (1 - rho))));
/** With a choice long queues are rare: the start is forgotten in ~1 ÷ (1 − ρ) services. */
const CHOICE_RELAXATION = 3;

export function choices(truth: Truth): TruthPlan {
  const d = numberOf(truth.params, 'd');
  if (d > CHOICES_MAX) return skip(`no balancer compares ${d} pods: at most ${CHOICES_MAX}`);
  const perServer = numberOf(truth.params, 'lambdaPerServer');
  const rho = perServer / numberOf(truth.params, 'mu');
  const common = { truth, service: exponential(truth), slots: 1 };
  if (d === 1) {
    const arrivalRate = perServer * ONE_CHOICE_SERVERS;
    return steadyPlan({ ...common, arrivalRate, pods: ONE_CHOICE_SERVERS, balancer: 'random' });
  }
  const pods = manyServers(rho);
  return steadyPlan({
    ...common,
    arrivalRate: perServer * pods,
    pods,
    balancer: 'power-of-two',
    relaxation: CHOICE_RELAXATION / (1 - rho),
    fields: d === 2 ? {} : { choices: d },
  });
}
