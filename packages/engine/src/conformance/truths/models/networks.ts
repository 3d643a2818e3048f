/**
 * Open networks of single-server stations. A front that does no work and never lacks a slot calls
 * one station after another: a request leaves one when it enters the next, and the front's latency
 * is that of the whole way.
 */
import { precisionAt, QUANTILES, SLACK } from '../compared.ts';
import { timeText } from '../laws.ts';
import {
  type Compared,
  type Experiment,
  numberOf,
  run,
  type Seen,
  type Truth,
  type TruthPlan,
} from '../truth.ts';
import { patientClient, rateText } from '../world.ts';

/** µs per mean service of the fastest station. */
export const SERVICE = 5000;
const FRONT_SLOTS = 4096;
const ENDLESS_QUEUE = 1_000_000;
/** Turns of a request through a loop at most: rarer ones than one in a million are cut short. */
const RARE = 1e-7;

type Service = Readonly<Record<string, unknown>>;

export const front = (calls: readonly Service[]): Service => ({
  time: { dist: 'deterministic', mean: '1us' },
  cpuPerRequest: '1us',
  concurrency: FRONT_SLOTS,
  queue: { limit: ENDLESS_QUEUE },
  calls,
});

export const station = (mu: number, unit: number): Service => ({
  time: { dist: 'exponential', mean: timeText(1 / mu, unit) },
  cpuPerRequest: '1us',
  concurrency: 1,
  queue: { limit: ENDLESS_QUEUE },
});

export const nameOf = (i: number) => `station-${i + 1}`;

export const inSystem = ({ cell }: Seen, i: number) =>
  cell.outcome.services[nameOf(i)]?.queue.meanInSystem ?? Number.NaN;
const latency = ({ cell }: Seen, i: number) =>
  cell.outcome.services[nameOf(i)]?.latency.mean ?? Number.NaN;
const whole = ({ cell }: Seen) => cell.outcome.services.front?.latency;

/** One station after another. */
export function tandem(truth: Truth): TruthPlan {
  const mus = truth.params.mus as readonly number[];
  return run([
    networkExperiment(
      truth,
      mus.map(() => numberOf(truth.params, 'lambda_')),
      0,
    ),
  ]);
}

/** All stations in turn, then with a probability all of them again, and so on. */
export function feedback(truth: Truth): TruthPlan {
  const { params } = truth;
  const again = numberOf(params, 'feedback');
  const rate = numberOf(params, 'lambda_') / (1 - again);
  const mus = params.mus as readonly number[];
  return run([
    networkExperiment(
      truth,
      mus.map(() => rate),
      again,
    ),
  ]);
}

function networkExperiment(truth: Truth, rates: readonly number[], again: number): Experiment {
  const { params } = truth;
  const mus = params.mus as readonly number[];
  const lambda = numberOf(params, 'lambda_');
  const unit = SERVICE * Math.max(...mus);
  const rhos = mus.map((mu, i) => rates[i] / mu);
  const gaps = mus.map((mu, i) => (Math.sqrt(mu) - Math.sqrt(rates[i])) ** 2);
  const relaxation = 1 / Math.min(...gaps);
  const longest = 50 * mus.reduce((sum, mu, i) => sum + 1 / (mu - rates[i]), 0);
  const stations = mus.map((mu, i) => [nameOf(i), station(mu, unit)] as const);
  return {
    label: '',
    unit,
    warmup: 10 * relaxation,
    length: Math.max(100 * relaxation, 20_000 / lambda),
    stationary: true,
    world: {
      load: [
        {
          rate: rateText(lambda, unit),
          route: { front: 1 },
          client: patientClient(longest / (1 - again), unit),
        },
      ],
      services: {
        ...Object.fromEntries(frontsOf(mus.length, again)),
        ...Object.fromEntries(stations),
      },
      strategies: [{ kind: 'vm-peak', vm: { type: 'machine-1', reservedCpu: '0m' }, count: 1 }],
    },
    compared: networkResults(truth, Math.max(...rhos)),
  };
}

/** The front and, for those that come again, as many further ones as it takes. */
function frontsOf(stations: number, again: number): (readonly [string, Service])[] {
  const turns = again > 0 ? Math.ceil(logOf(RARE, again)) : 1;
  const way = Array.from({ length: stations }, (_, i) => ({ to: nameOf(i) }));
  return Array.from({ length: turns }, (_, turn) => {
    const isLast = turn === turns - 1;
    const next = isLast ? [] : [{ to: `front-${turn + 2}`, probability: again }];
    return [turn === 0 ? 'front' : `front-${turn + 1}`, front([...way, ...next])] as const;
  });
}

/** How often `base` must be multiplied to come down to `value`. */
function logOf(value: number, base: number): number {
  let power = 1;
  let count = 0;
  while (power > value && count < 60) {
    power *= base;
    count++;
  }
  return count;
}

function networkResults({ results }: Truth, rho: number): Compared[] {
  const value = (key: string, exact: unknown, of: (seen: Seen) => number): Compared[] => {
    if (typeof exact !== 'number') return [];
    const isQuantile = key.startsWith('sojourn');
    return [
      {
        key,
        exact,
        estimator: 'mean',
        share: 0,
        of: (seen) => [of(seen)],
        precision: precisionAt(rho),
        resolution: 0,
        slack: isQuantile ? SLACK.quantile : SLACK.value,
      },
    ];
  };
  const list = (key: string, of: (seen: Seen, i: number) => number) =>
    Array.isArray(results[key])
      ? results[key].flatMap((exact, i) => value(`${key}[${i}]`, exact, (seen) => of(seen, i)))
      : [];
  const quantiles = Object(results.sojournQuantiles) as Partial<Record<string, number>>;
  const names = Object.keys(QUANTILES) as (keyof typeof QUANTILES)[];
  const stations = (seen: Seen) =>
    Object.keys(seen.cell.outcome.services).filter((name) => name.startsWith('station-')).length;
  const totalIn = (seen: Seen) =>
    Array.from({ length: stations(seen) }, (_, i) => inSystem(seen, i)).reduce((a, b) => a + b, 0);
  return [
    ...value('W', results.W, (seen) => (whole(seen)?.mean ?? Number.NaN) / seen.unit),
    ...value('L', results.L, totalIn),
    ...list('L', inSystem),
    ...list('meanPerStation', (seen, i) => latency(seen, i) / seen.unit),
    ...names.flatMap((name) =>
      value(
        `sojournQuantiles.${name}`,
        quantiles[name],
        (seen) => (whole(seen)?.[name] ?? Number.NaN) / seen.unit,
      ),
    ),
  ];
}
