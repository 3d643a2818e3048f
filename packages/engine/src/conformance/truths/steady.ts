/**
 * A steady state as an experiment: how long to warm up, how long to look, how long the longest wait
 * may become. None of it touches what is estimated, only what it costs.
 */
import { type Station, steadyResults } from './compared.ts';
import { type Parameters, type WrittenLaw, writeLaw } from './laws.ts';
import { type Compared, type Experiment, run, skip, type Truth, type TruthPlan } from './truth.ts';
import { patientClient, rateText, type WorldParts, worldOf } from './world.ts';

export interface SteadyQueue {
  readonly truth: Truth;
  readonly label?: string;
  /** Of all servers together, per time unit. */
  readonly arrivalRate: number;
  /** The law of the service time, as the truth gives it. */
  readonly service: Parameters;
  /** Servers in one queue, and such queues. */
  readonly slots: number;
  /** Slots of the service, where they are not its servers. */
  readonly concurrency?: number;
  readonly pods?: number;
  /** Places in all, servers included; absent = endless. */
  readonly places?: number;
  readonly balancer?: string;
  /** `process` of the load, and the squared variation of its gaps. */
  readonly process?: Readonly<Record<string, unknown>>;
  readonly gapScv?: number;
  /** Further fields of the clients and of the service. */
  readonly client?: (unit: number) => Readonly<Record<string, unknown>>;
  readonly fields?: WorldParts['service'];
  readonly fieldsAt?: (unit: number) => WorldParts['service'];
  readonly perServer?: boolean;
  readonly quantilesOnly?: boolean;
  /** Mean services after which the start is forgotten, where it is not that of one such queue. */
  readonly relaxation?: number;
  /** Cores of the machine, where its CPU is shared. */
  readonly cores?: number;
  /** Instead of those that the truth has of a steady state. */
  readonly compared?: (station: Station) => Compared[];
}

/** µs that a mean service lasts: whole µs are 0.02 % of it. */
const SERVICE = 5000;
const RELAXATIONS_BEFORE = 10;
const RELAXATIONS_LONG = 100;
const REQUESTS_AT_LEAST = 20_000;
/** Mean waits of those who wait; e^-50 of an exponential tail lies above. */
const WAITS = 50;

export function steadyPlan(queue: SteadyQueue): TruthPlan {
  const experiment = steadyExperiment(queue);
  return typeof experiment === 'string' ? skip(experiment) : run([experiment]);
}

/** The experiment, or why there is none. */
export function steadyExperiment(queue: SteadyQueue): Experiment | string {
  const { truth, arrivalRate, slots, pods = 1, places } = queue;
  const servers = slots * pods;
  const mean = writeLaw(queue.service, 1e6)?.mean;
  if (mean === undefined) return `there is no service law ${String(queue.service.dist)}`;
  // Many servers make gaps short: all the same, whole µs must be small against them.
  const unit = (SERVICE / mean) * Math.min(10, Math.max(1, servers / 10));
  const law = writeLaw(queue.service, unit) as WrittenLaw;
  const rho = (arrivalRate * mean) / servers;
  const isBounded = places !== undefined || queue.client !== undefined;
  if (rho >= 1 && !isBounded) return 'it has no steady state: more work arrives than can be done';
  const variation = (law.scv + (queue.gapScv ?? 1)) / 2;
  const relaxation = (queue.relaxation ?? relaxationOf(rho, slots, places ?? 0, variation)) * mean;
  const station: Station = {
    truth,
    rho,
    servers,
    perServer: queue.perServer === true,
    quantilesOnly: queue.quantilesOnly === true,
  };
  const compared = queue.compared?.(station) ?? steadyResults(station);
  if (compared.length === 0) return 'it has no result that the rule compares';
  return {
    label: queue.label ?? '',
    unit,
    warmup: RELAXATIONS_BEFORE * relaxation,
    // Many queues side by side are seen many times at once.
    length: Math.max(
      (RELAXATIONS_LONG * relaxation) / Math.min(pods, 10),
      REQUESTS_AT_LEAST / arrivalRate,
    ),
    stationary: true,
    world: worldOf({
      load: {
        rate: rateText(arrivalRate, unit),
        ...(queue.process === undefined ? {} : { process: queue.process }),
        client: {
          ...patientClient(longestWait(rho, slots, law, variation, places) * mean, unit),
          ...queue.client?.(unit),
        },
      },
      time: law.text,
      slots: queue.concurrency ?? slots,
      pods,
      ...(places === undefined ? {} : { queueLimit: places - slots }),
      ...(queue.balancer === undefined ? {} : { balancer: queue.balancer }),
      service: { ...queue.fields, ...queue.fieldsAt?.(unit) },
      ...(queue.cores === undefined ? {} : { cores: queue.cores }),
    }),
    compared,
  };
}

/**
 * Mean services after which the start is forgotten: the inverse of M/M/c's gap (√c − √(cρ))², at
 * least 2, stretched by the variation of gaps and services; above capacity the places fill first.
 */
function relaxationOf(rho: number, slots: number, places: number, variation: number): number {
  const gap = slots * (1 - Math.sqrt(rho)) ** 2;
  const filling = rho > 1 ? places / (slots * (rho - 1)) : 0;
  const slowest = gap > 0 ? 1 / gap : Number.POSITIVE_INFINITY;
  // Places bound it: a random walk over those that wait takes (K − c)² ÷ π² steps of the c servers.
  const walk = 2 + (places - slots) ** 2 / (5 * slots);
  const bounded = places > 0 ? Math.min(slowest, walk) : slowest;
  return Math.max(2, Math.min(bounded, 1e6)) * Math.max(1, variation) + filling;
}

function longestWait(
  rho: number,
  slots: number,
  law: WrittenLaw,
  variation: number,
  places: number | undefined,
): number {
  if (law.heavy) return Number.POSITIVE_INFINITY;
  if (places !== undefined) return WAITS * Math.max(1, law.scv) * (1 + places / slots);
  const waits = rho < 1 ? variation / (slots * (1 - rho)) : 100;
  return WAITS * (Math.max(1, law.scv) + waits);
}
