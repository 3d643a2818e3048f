/** Pods whose requests share the CPU, and queues that lose patience, against exact results. */
import { expect, test } from 'vitest';
import { createLaw } from '../../packages/engine/src/service/index.ts';
import { number, type Truth, truthsOf } from '../engine/queueing/truths.ts';
import { expectTheory, relaxationTime, UNIT } from './replications.ts';

const ONE_CORE = 'M/G/1 processor sharing (any service law with mean 1)';
const CORES =
  'one pod with c cores, egalitarian sharing, each job at most one core (any service law, mean 1)';
const PATIENT = 'M/M/c+M (Erlang A, exponential patience with rate theta)';

function truth(model: string, id: string): Truth {
  const found = truthsOf(model).find((candidate) => candidate.id === id);
  expect(found, id).toBeDefined();
  return found as Truth;
}

/** More than are ever there at once. */
const UNLIMITED = 1024;

const LAWS = {
  exponential: createLaw({ dist: 'exponential', mean: UNIT }),
  deterministic: createLaw({ dist: 'deterministic', mean: UNIT }),
  'lognormal, scv 4': createLaw({ dist: 'lognormal', mean: UNIT, cv: 2 }),
} as const;

/** Means do not depend on the law, but how long they take to settle does. */
const PRECISION = { names: ['W', 'L'], limit: 0.01 };

/** Not here, for it takes too many requests: mg1ps-rho0.9. */
test.each(Object.keys(LAWS) as (keyof typeof LAWS)[])('mg1ps-rho0.8, %s', (name) => {
  const exact = truth(ONE_CORE, 'mg1ps-rho0.8');
  const arrivalRate = number(exact, 'lambda_');
  const queue = { arrivalRate, law: LAWS[name], slots: UNLIMITED, processor: { servers: 1 } };
  expectTheory(exact, { ...queue, relaxation: relaxationTime(arrivalRate, 1) }, PRECISION);
});

test.each(Object.keys(LAWS) as (keyof typeof LAWS)[])('mgcps-c4-rho0.8, %s', (name) => {
  const exact = truth(CORES, 'mgcps-c4-rho0.8');
  const arrivalRate = number(exact, 'lambda_');
  const queue = { arrivalRate, law: LAWS[name], slots: UNLIMITED, processor: { servers: 4 } };
  expectTheory(exact, { ...queue, relaxation: relaxationTime(arrivalRate, 4) }, PRECISION);
});

test.each([
  'erlanga-la10-c10-th0.5',
  'erlanga-la9-c10-th1',
  'erlanga-la15-c10-th0.5',
  'erlanga-la110-c100-th2',
  'erlanga-la300-c100-th1',
])('%s', (id) => {
  const exact = truth(PATIENT, id);
  const patience = createLaw({ dist: 'exponential', mean: UNIT / number(exact, 'theta') });
  const slots = number(exact, 'c');
  const arrivalRate = number(exact, 'lambda_');
  const queue = { arrivalRate, law: LAWS.exponential, slots, patience, relaxation: 4 };
  const names = ['throughput', 'utilization', 'pAbandon', 'pWait', 'L', 'Lq'];
  expectTheory(exact, queue, { names, limit: 0.006 });
});
