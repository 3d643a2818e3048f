/** Processor sharing: requests in service divide the CPU of their pod among them. */
import { EXPONENTIAL, type Parameters, timeText } from '../laws.ts';
import { type SteadyQueue, steadyExperiment } from '../steady.ts';
import { type Experiment, numberOf, run, skip, type Truth, type TruthPlan } from '../truth.ts';

/** Slots of a pod at most: as good as no queue. */
const SLOTS_MAX = 4096;
/** Cores of the largest machine. */
const CORES_MAX = 128;

/** `lognormal scv 4` → the law with that mean. */
function namedLaw(name: string, mean: number): Parameters {
  const [dist, , scv] = name.split(' ');
  if (dist === 'deterministic') return { dist, value: mean };
  if (dist === 'hyperexponential') return balancedPhases(Number(scv), mean);
  return { dist, mean, scv: Number(scv ?? 1) };
}

/** Two phases with equal shares of the work: mean and variation determine them. */
function balancedPhases(scv: number, mean: number): Parameters {
  const p = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  return { dist: 'hyperexponential', p, rate1: (2 * p) / mean, rate2: (2 * (1 - p)) / mean };
}

/** A pod of `c` cores, one if absent; a request uses one core at most. Each service law in turn. */
export function sharedProcessor(truth: Truth): TruthPlan {
  const { params } = truth;
  const cores = (params.c as number | undefined) ?? 1;
  if (cores > CORES_MAX) return skip(`no machine has ${cores} cores: at most ${CORES_MAX}`);
  const mean = numberOf(params, 'meanService');
  const names = (params.services as readonly string[] | undefined) ?? ['exponential'];
  const experiments = names.map((name) => {
    const service = name === 'exponential' ? EXPONENTIAL(mean) : namedLaw(name, mean);
    const queue: SteadyQueue = {
      truth,
      label: names.length > 1 ? name : '',
      arrivalRate: numberOf(params, 'lambda_'),
      service,
      slots: cores,
      cores,
      concurrency: Math.floor(SLOTS_MAX / cores),
      fieldsAt: (unit) => ({
        sharing: 'processor',
        // Alone on a core a request is done after its service time.
        cpuPerRequest: timeText(mean, unit),
      }),
    };
    return steadyExperiment(queue);
  });
  const possible = experiments.filter((one): one is Experiment => typeof one !== 'string');
  const refused = experiments.find((one) => typeof one === 'string');
  return refused === undefined ? run(possible) : skip(refused as string);
}
