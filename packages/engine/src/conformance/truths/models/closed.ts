/**
 * Users in closed loops: a network of single-server stations that each request visits in turn, and
 * the repairman's model, one station with several servers.
 */
import { precisionAt, SLACK } from '../compared.ts';
import { EXPONENTIAL, writeLaw } from '../laws.ts';
import {
  type Compared,
  type Experiment,
  numberOf,
  run,
  type Seen,
  skip,
  type Truth,
  type TruthPlan,
} from '../truth.ts';
import { patientClient, worldOf } from '../world.ts';
import { front, inSystem, nameOf, SERVICE, station } from './networks.ts';

const RELAXATIONS_BEFORE = 10;
const RELAXATIONS_LONG = 20;
const REQUESTS_AT_LEAST = 4000;

type Reading = (seen: Seen) => number;

const served: Reading = ({ cell, span }) =>
  (cell.outcome.counts.served + cell.outcome.counts.late) / span;
const latency: Reading = ({ cell, unit }) => (cell.outcome.latency.mean ?? Number.NaN) / unit;
const busy = ({ cell }: Seen, name: string) => {
  const queue = cell.outcome.services[name]?.queue;
  return queue === undefined ? Number.NaN : queue.meanInSystem - queue.meanLength;
};

/** N users who think for Z on average; nobody gives up. */
function users(n: number, think: number, unit: number): Readonly<Record<string, unknown>> {
  const law = writeLaw(EXPONENTIAL(think), unit)?.text;
  return {
    closed: { users: n, ...(think > 0 ? { think: law } : {}) },
    client: patientClient(Number.POSITIVE_INFINITY, unit),
  };
}

/** `slowest` = demand per server of the station that all wait for in the end. */
function lengths(n: number, think: number, demand: number, slowest: number) {
  const relaxation = think + demand + n * slowest;
  const rate = Math.min(n / (think + demand), 1 / slowest);
  const length = Math.max(RELAXATIONS_LONG * relaxation, REQUESTS_AT_LEAST / rate);
  return { warmup: RELAXATIONS_BEFORE * relaxation, length };
}

/** Single-server stations in turn. */
export function closedNetwork(truth: Truth): TruthPlan {
  const { params, results } = truth;
  const [n, think] = [numberOf(params, 'N'), numberOf(params, 'Z')];
  const demands = params.demands as readonly number[];
  const slowest = Math.max(...demands);
  const demand = demands.reduce((sum, one) => sum + one, 0);
  const unit = SERVICE / Math.min(...demands);
  const way = demands.map((_, i) => ({ to: nameOf(i) }));
  const stations = demands.map((one, i) => [nameOf(i), station(1 / one, unit)] as const);
  const utilization = results.utilization as readonly number[];
  const head = comparing(truth, Math.max(...utilization));
  const lists = demands.flatMap((_, i) => [
    ...head('queuePerStation', i, (seen) => inSystem(seen, i)),
    ...head('utilization', i, (seen) => busy(seen, nameOf(i))),
  ]);
  const experiment: Experiment = {
    label: '',
    unit,
    ...lengths(n, think, demand, slowest),
    stationary: true,
    world: {
      load: [{ ...users(n, think, unit), route: { front: 1 } }],
      services: { front: front(way), ...Object.fromEntries(stations) },
      strategies: [{ kind: 'vm-peak', vm: { type: 'machine-1', reservedCpu: '0m' }, count: 1 }],
    },
    compared: [
      ...head('throughput', null, served),
      ...head('responseTime', null, latency),
      ...lists,
    ],
  };
  return run([experiment]);
}

/** N machines that break down, c who repair them. */
export function finiteSource(truth: Truth): TruthPlan {
  const { params, results } = truth;
  const [n, c] = [numberOf(params, 'N'), numberOf(params, 'c')];
  const [think, service] = [numberOf(params, 'Z'), numberOf(params, 'S')];
  const unit = SERVICE / service;
  const law = writeLaw(EXPONENTIAL(service), unit);
  if (law === undefined) return skip('there is no such service law');
  const { warmup, length } = lengths(n, think, service, service / c);
  const head = comparing(truth, numberOf(results, 'utilization'));
  /** At the ends of the rows after the warm-up. */
  const allBusy: Reading = ({ cell, span }) => {
    const { inSystem: column } = cell.series.columns;
    const rows = column.slice(Math.ceil((column.length * warmup) / (warmup + span)));
    return rows.filter((requests) => (requests ?? 0) >= c).length / rows.length;
  };
  const experiment: Experiment = {
    label: '',
    unit,
    warmup,
    length,
    stationary: true,
    world: worldOf({ load: users(n, think, unit), time: law.text, slots: c }),
    compared: [
      ...head('throughput', null, served),
      ...head('responseTime', null, latency),
      ...head('L', null, ({ cell }) => cell.outcome.queue.meanInSystem),
      ...head('utilization', null, (seen) => busy(seen, 'station') / c),
      ...head('pAllBusy', null, allBusy),
    ],
  };
  return run([experiment]);
}

/** How a result, or one of a list, is compared; nothing where the truth does not have it. */
function comparing({ results }: Truth, rho: number) {
  return (key: string, i: number | null, of: Reading): Compared[] => {
    const value = i === null ? results[key] : (results[key] as readonly unknown[] | undefined)?.[i];
    if (typeof value !== 'number') return [];
    return [
      {
        key: i === null ? key : `${key}[${i}]`,
        exact: value,
        estimator: 'mean',
        share: 0,
        of: (seen) => [of(seen)],
        precision: precisionAt(rho),
        resolution: 0,
        slack: SLACK.value,
      },
    ];
  };
}
