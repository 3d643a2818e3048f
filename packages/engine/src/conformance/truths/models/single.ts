/** One station, first come first served: M/M/c, M/G/1, M/D/c, G/M/1, loss systems, Erlang A. */
import { EXPONENTIAL, type Parameters } from '../laws.ts';
import { type SteadyQueue, steadyPlan } from '../steady.ts';
import { numberOf, type Truth, type TruthPlan } from '../truth.ts';

/** Pareto services with a smaller shape are compared on quantiles only. */
const HEAVY_SHAPE = 4;

/** What these models have in common, whichever of the parameters they name. */
function queueOf(truth: Truth): SteadyQueue {
  const { params } = truth;
  const service =
    params.service === undefined
      ? EXPONENTIAL(1 / numberOf(params, 'mu'))
      : (params.service as Parameters);
  const isPareto = service.dist === 'pareto' && numberOf(service, 'alpha') < HEAVY_SHAPE;
  return {
    truth,
    arrivalRate: numberOf(params, 'lambda_'),
    service,
    slots: (params.c as number | undefined) ?? 1,
    quantilesOnly: isPareto,
  };
}

export const unlimited = (truth: Truth): TruthPlan => steadyPlan(queueOf(truth));

/** K places, servers included. */
export const limited = (truth: Truth): TruthPlan =>
  steadyPlan({ ...queueOf(truth), places: numberOf(truth.params, 'K') });

/** No place to wait. */
export function loss(truth: Truth): TruthPlan {
  const { params } = truth;
  const [slots, mu] = [numberOf(params, 'c'), numberOf(params, 'mu')];
  const arrivalRate =
    (params.lambda_ as number | undefined) ?? numberOf(params, 'offeredLoad') * mu;
  return steadyPlan({ ...queueOf(truth), arrivalRate, slots, places: slots });
}

/** Clients that leave the queue after an exponential time; one in service stays. */
export function abandoning(truth: Truth): TruthPlan {
  const theta = numberOf(truth.params, 'theta');
  return steadyPlan({
    ...queueOf(truth),
    // Whatever the load, the queue forgets as fast as clients leave it, or are served.
    relaxation: 2 + numberOf(truth.params, 'mu') / theta,
    client: (unit) => ({
      patience: { dist: 'exponential', mean: `${Math.round(unit / theta)}us` },
    }),
  });
}

/** Equal gaps. */
export const evenArrivals = (truth: Truth): TruthPlan =>
  steadyPlan({ ...queueOf(truth), process: { kind: 'deterministic' }, gapScv: 0 });

/** Gaps of one of two exponential kinds. */
export function burstyArrivals(truth: Truth): TruthPlan {
  const gaps = truth.params.interarrival as Parameters;
  const p = numberOf(gaps, 'p');
  const [mean1, mean2] = [1 / numberOf(gaps, 'rate1'), 1 / numberOf(gaps, 'rate2')];
  const mean = p * mean1 + (1 - p) * mean2;
  const gapScv = (2 * (p * mean1 ** 2 + (1 - p) * mean2 ** 2)) / mean ** 2 - 1;
  const process = { kind: 'hyperexponential', p, mean1, mean2 };
  return steadyPlan({ ...queueOf(truth), process, gapScv });
}
