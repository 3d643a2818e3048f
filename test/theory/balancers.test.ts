/** Several pods behind a balancer, against the theory of the discipline. */
import { expect, test } from 'vitest';
import { LAWS } from '../../packages/engine/src/service/index.ts';
import { number, type Truth, truthsOf } from '../engine/queueing/truths.ts';
import { expectTheory, relaxationTime, UNIT } from './replications.ts';

const law = LAWS.exponential({ mean: UNIT });

function truth(model: string, id: string): Truth {
  const found = truthsOf(model).find((candidate) => candidate.id === id);
  expect(found, id).toBeDefined();
  return found as Truth;
}

test.each(['roundrobin-n2-rho0.8', 'roundrobin-n4-rho0.8'])(
  '%s: every pod sees an Erlang stream',
  (id) => {
    const exact = truth(
      'Poisson stream dealt round robin over n equal FCFS exponential servers (each sees E_n/M/1)',
      id,
    );
    const arrivalRate = number(exact, 'lambdaTotal');
    const pods = number(exact, 'n');
    const relaxation = relaxationTime(arrivalRate / pods, 1);
    expectTheory(exact, { arrivalRate, law, pods, balancer: 'round-robin', relaxation });
  },
);

// jsq2-rho0.9 is the same at twice the price.
test.each(['jsq2-rho0.5', 'jsq2-rho0.8'])('%s: the shortest queue is joined', (id) => {
  const exact = truth('join the shortest queue, 2 equal exponential FCFS servers', id);
  const arrivalRate = number(exact, 'lambdaTotal');
  const relaxation = relaxationTime(arrivalRate, 2);
  expectTheory(exact, { arrivalRate, law, pods: 2, balancer: 'least-loaded', relaxation });
});

test('pod-d2-rho0.9: two random choices, in the limit of many pods', () => {
  const exact = truth(
    'power of d choices over n equal exponential FCFS servers, n to infinity',
    'pod-d2-rho0.9',
  );
  const pods = 200;
  const arrivalRate = number(exact, 'lambdaPerServer') * pods;
  // 2 %: the truth is the limit of infinitely many pods.
  expectTheory(
    exact,
    { arrivalRate, law, pods, balancer: 'power-of-two', relaxation: 10 },
    { slack: 0.02 },
  );
});
