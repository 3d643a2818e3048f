/**
 * Numbers in the system while rates change, from an empty start. Each listed time is an experiment
 * of its own, which ends then: its last row has the numbers, its averages the areas up to it.
 */
import { PRECISION, SLACK } from '../compared.ts';
import { type Parameters, timeText, writeLaw } from '../laws.ts';
import {
  type Compared,
  type EstimatorName,
  type Experiment,
  numberOf,
  run,
  type Seen,
  skip,
  type Truth,
  type TruthPlan,
} from '../truth.ts';
import { patientClient, worldOf } from '../world.ts';
import { additions, growingWorld, SCALED_UNIT, type Segment } from './added-servers.ts';
import { rateLoad, stepLoad } from './rates.ts';

/** µs per time unit; a longer time is played faster, so that no client reaches its time-out. */
const UNIT = 1_000_000;
const LONGEST = 500;
/** Slots of a machine at most. */
const SLOTS_MAX = 4096;
/** Rates and shares below this resolution are not told from 0. */
const RESOLUTION = 0.0005;

const last = (column: readonly (number | null)[]) => column[column.length - 1] ?? Number.NaN;
const inSystem = ({ cell }: Seen) => last(cell.series.columns.inSystem);
const waiting = ({ cell }: Seen) => last(cell.series.columns.waiting);

type Reading = (seen: Seen, servers: number) => number;

const READINGS: Readonly<Record<string, Reading>> = {
  meanN: inSystem,
  meanInSystem: inSystem,
  meanQ: waiting,
  pAllBusy: (seen, servers) => (inSystem(seen) >= servers ? 1 : 0),
  areaQ: ({ cell, span }) => cell.outcome.queue.meanLength * span,
  areaN: ({ cell, span }) => cell.outcome.queue.meanInSystem * span,
  expectedArrivalsUpToT: ({ cell }) => cell.outcome.counts.offered,
  p99N: inSystem,
};

const ESTIMATOR_OF: Readonly<Partial<Record<string, EstimatorName>>> = {
  pAllBusy: 'chance',
  p99N: 'order',
};

function comparedAt(
  t: number,
  results: Readonly<Record<string, unknown>>,
  servers: number,
): Compared[] {
  const keys = Object.keys(READINGS).filter((key) => typeof results[key] === 'number');
  return keys.map((key) => {
    const isQuantile = key === 'p99N';
    return {
      key,
      exact: results[key] as number,
      estimator: ESTIMATOR_OF[key] ?? 'mean',
      share: isQuantile ? 0.99 : 0,
      of: (seen) => [READINGS[key](seen, servers)],
      precision: PRECISION.transient,
      // Numbers are whole; an area grows with the time over which it is taken.
      resolution: isQuantile ? 0.5 : RESOLUTION * (key.startsWith('area') ? Math.max(1, t) : 1),
      slack: isQuantile ? SLACK.quantile : SLACK.value,
    };
  });
}

interface Instant {
  readonly t: number;
  readonly unit: number;
  readonly world: Experiment['world'];
  readonly compared: readonly Compared[];
}

const experimentAt = ({ t, unit, world, compared }: Instant): Experiment => ({
  label: `t=${t}`,
  unit,
  warmup: 0,
  length: t,
  stationary: false,
  world,
  compared,
});

/** M(t)/G/∞: more slots than requests. */
export function unlimitedServers({ params, results }: Truth): TruthPlan {
  const times = results.t as readonly number[];
  const end = Math.max(...times);
  const unit = UNIT * Math.min(1, LONGEST / end);
  const rate = params.rate as Parameters;
  const load = rateLoad(rate, end, unit);
  const law = writeLaw(params.service as Parameters, unit);
  if (load === undefined) return skip(`there is no load ${String(Object(params.rate).kind)}`);
  if (law === undefined) return skip('there is no such service law');
  const most = load.peak * law.mean;
  const slots = Math.ceil(most + 20 * Math.sqrt(most) + 50);
  const pods = Math.ceil(slots / SLOTS_MAX);
  const worldUntil = (t: number) =>
    worldOf({
      load: {
        ...rateLoad(rate, t, unit)?.text,
        client: patientClient(Number.POSITIVE_INFINITY, unit),
      },
      time: law.text,
      slots: Math.min(slots, SLOTS_MAX),
      pods,
      balancer: 'least-loaded',
    });
  const series = ['meanInSystem', 'expectedArrivalsUpToT'].filter((key) => key in results);
  const experiments = times.map((t, i) => {
    const now = series.map((key) => [key, (results[key] as readonly number[])[i]]);
    const compared = comparedAt(t, Object.fromEntries(now), slots);
    return experimentAt({ t, unit, world: worldUntil(t), compared });
  });
  return run(experiments);
}

/** Where the number of servers jumps, what waits and whether all are busy are not compared. */
const CONTINUOUS = ['meanN', 'areaQ', 'areaN', 'p99N'];

/** M(t)/M/c(t) whose servers do not become fewer, with patience where `theta` is above 0. */
export function changingRates({ params, results }: Truth): TruthPlan {
  const segments = params.segments as readonly Segment[];
  const added = additions(segments);
  const theta = (params.theta as number | undefined) ?? 0;
  if (segments.some(({ c }, i) => i > 0 && c < segments[i - 1].c)) {
    return skip('servers that are taken away finish what they hold');
  }
  if (added.length > 0 && theta > 0) return skip('patience and more servers at once come later');
  const samples = results.samples as readonly Readonly<Record<string, number>>[];
  const end = Math.max(...samples.map(({ t }) => t));
  const unit = UNIT * Math.min(1, LONGEST / end);
  const mean = 1 / numberOf(params, 'mu');
  const world = constantWorld(segments, mean, theta, unit);
  return run(
    samples.map(({ t, ...rest }) => {
      const isJump = added.some(([at]) => at === t);
      const compared = comparedAt(t, rest, rest.c ?? segments[0].c).filter(
        ({ key }) => !isJump || CONTINUOUS.includes(key),
      );
      if (added.every(([at]) => at >= t)) return experimentAt({ t, unit, world, compared });
      const grown = growingWorld(segments, t, mean);
      return experimentAt({ t, unit: SCALED_UNIT, world: grown, compared });
    }),
  );
}

/** With the first number of servers throughout. */
function constantWorld(
  segments: readonly Segment[],
  mean: number,
  theta: number,
  unit: number,
): Experiment['world'] {
  const patience = { patience: { dist: 'exponential', mean: `${Math.round(unit / theta)}us` } };
  const steps = segments.map(({ durationSeconds, lambda_ }) => [durationSeconds, lambda_] as const);
  return worldOf({
    load: {
      ...stepLoad(steps, unit),
      client: {
        ...patientClient(Number.POSITIVE_INFINITY, unit),
        ...(theta > 0 ? patience : {}),
      },
    },
    time: { dist: 'exponential', mean: timeText(mean, unit) },
    slots: segments[0].c,
  });
}
