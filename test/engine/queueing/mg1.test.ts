import { expect, test } from 'vitest';
import { mg1 } from '../../../packages/engine/src/queueing/mg1.ts';
import { expectAgreement, number, type Truth, truthsOf } from './truths.ts';

type Law = Readonly<Record<string, number>> & { readonly dist: string };
type Moment = (law: Law, n: number) => number;

const factorial = (n: number) => (n === 3 ? 6 : n);

/** E[S^n], n = 1, 2, 3, of each service law of the file. */
const MOMENTS: Readonly<Record<string, Moment>> = {
  deterministic: (law, n) => law.value ** n,
  uniform: (law, n) =>
    (law.high ** (n + 1) - law.low ** (n + 1)) / ((n + 1) * (law.high - law.low)),
  hyperexponential: (law, n) =>
    factorial(n) * (law.p / law.rate1 ** n + (1 - law.p) / law.rate2 ** n),
  erlang: (law, n) => {
    let moment = 1;
    for (let i = 0; i < n; i++) moment *= ((law.k + i) * law.mean) / law.k;
    return moment;
  },
  lognormal: (law, n) => Math.exp(n * law.muLog + (n * n * law.sigmaLog ** 2) / 2),
  pareto: (law, n) => (law.alpha * law.xm ** n) / (law.alpha - n),
};

const momentOf = (truth: Truth, n: number) => {
  const law = truth.params.service as Law;
  return (MOMENTS[law.dist] as Moment)(law, n);
};

test.each(truthsOf('M/G/1 FCFS'))('$id', (truth) => {
  const state = mg1({
    arrivalRate: number(truth, 'lambda_'),
    moments: [momentOf(truth, 1), momentOf(truth, 2), momentOf(truth, 3)],
  });
  expectAgreement({ ...state }, truth, {
    utilization: 'utilization',
    pWait: 'pWait',
    Wq: 'meanWait',
    varWq: 'waitVariance',
    W: 'meanLatency',
    Lq: 'queueLength',
    L: 'inSystem',
  });
});

test('an overloaded queue waits for ever', () => {
  expect(mg1({ arrivalRate: 2, moments: [1, 1, 1] }).meanWait).toBe(Infinity);
});
