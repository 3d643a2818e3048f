/** The smallest number of servers with which few enough requests wait: formula and simulation. */
import { erlangC } from '../../../queueing/erlang.ts';
import { SLACK, type Station, steadyResults } from '../compared.ts';
import { EXPONENTIAL } from '../laws.ts';
import { type SteadyQueue, steadyExperiment } from '../steady.ts';
import { type Experiment, numberOf, run, type Truth, type TruthPlan } from '../truth.ts';

export function sizing(truth: Truth): TruthPlan {
  const { params, results } = truth;
  const [arrivalRate, mu] = [numberOf(params, 'lambda_'), numberOf(params, 'mu')];
  const servers = numberOf(results, 'c');
  const load = arrivalRate / mu;
  let smallest = Math.max(1, Math.ceil(load));
  while (erlangC(smallest, load) > numberOf(params, 'target')) smallest++;
  const queue = (slots: number, label: string): SteadyQueue => ({
    truth,
    label,
    arrivalRate,
    service: EXPONENTIAL(1 / mu),
    slots,
  });
  const experiments = [
    steadyExperiment({
      ...queue(servers, `c=${servers}`),
      compared: (station) => steadyResults(station, ['pWait', 'utilization']),
    }),
    steadyExperiment({
      ...queue(servers - 1, `c=${servers - 1}`),
      compared: (station) => oneLess(station),
    }),
  ];
  // One server less may have no steady state at all: then there is nothing to look at.
  const possible = experiments.filter((one): one is Experiment => typeof one !== 'string');
  return run(possible, [{ key: 'c', exact: servers, computed: smallest }]);
}

function oneLess(station: Station) {
  const key = 'pWaitWithOneLess';
  const exact = station.truth.results[key];
  if (typeof exact !== 'number') return [];
  const asked = { ...station, truth: { ...station.truth, results: { pWait: exact } } };
  return steadyResults(asked, ['pWait']).map((one) => ({ ...one, key, slack: SLACK.value }));
}
