/**
 * Which results of a truth are compared, how each is read off a replication, and how precisely it
 * must be known. The rule is that of the file's `schema` field.
 */
import type { Latency } from '../../outcome.ts';
import type { Compared, Seen, Truth } from './truth.ts';

/** Shares of the truth: the standard error that is asked for, what is allowed beyond four of it. */
export const PRECISION = { usual: 0.003, heavy: 0.006, transient: 0.01 } as const;
export const SLACK = { value: 0.001, quantile: 0.004, limit: 0.02 } as const;
const HEAVY_LOAD = 0.95;

export const precisionAt = (rho: number) => (rho >= HEAVY_LOAD ? PRECISION.heavy : PRECISION.usual);

/** Quantiles up to p99. */
export const QUANTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;
type QuantileName = keyof typeof QUANTILES;

export interface Station {
  readonly truth: Truth;
  /** Arrival rate ÷ service rate of all servers. */
  readonly rho: number;
  readonly servers: number;
  /** Queues of which L, Lq and the rates are those of one (L "per server"). */
  readonly perServer?: boolean;
  /** Of a Pareto law with shape below 4: its moments converge too slowly to be compared. */
  readonly quantilesOnly?: boolean;
}

type Reading = (seen: Seen, station: Station) => number;

const or = (value: number | null) => value ?? Number.NaN;

/** Requests whose fate is known: those that came, up to the few in the system at either end. */
function ended({ cell }: Seen): number {
  const { offered, inFlight } = cell.outcome.counts;
  return offered - inFlight;
}

const busy = ({ cell }: Seen) => {
  const { meanInSystem, meanLength } = cell.outcome.queue;
  return meanInSystem - meanLength;
};

const queues = ({ servers, perServer }: Station) => (perServer ? servers : 1);

/** Result of the truth → what a replication says of it. */
const READINGS: Readonly<Record<string, Reading>> = {
  W: ({ cell, unit }) => or(cell.outcome.latency.mean) / unit,
  Wq: ({ cell, unit }) => or(cell.outcome.wait.mean) / unit,
  L: ({ cell }, station) => cell.outcome.queue.meanInSystem / queues(station),
  Lq: ({ cell }, station) => cell.outcome.queue.meanLength / queues(station),
  meanNPerServer: ({ cell }, { servers }) => cell.outcome.queue.meanInSystem / servers,
  pWait: ({ cell }) => or(cell.outcome.wait.share),
  pBlock: (seen) => seen.cell.outcome.counts.rejected / ended(seen),
  pAbandon: (seen) => seen.cell.outcome.counts.timedOut / ended(seen),
  meanTimeInQueueAll: (seen) => (seen.cell.outcome.queue.meanLength * seen.span) / ended(seen),
  utilization: (seen, { servers }) => busy(seen) / servers,
  carried: busy,
  throughput: ({ cell, span }) => (cell.outcome.counts.served + cell.outcome.counts.late) / span,
};

/** The results of a steady state that the truth has, as the rule lists them, and their kin. */
export function steadyResults(station: Station, keys = Object.keys(READINGS)): Compared[] {
  const { truth, quantilesOnly } = station;
  const values = keys.filter((key) => typeof truth.results[key] === 'number');
  const quantiles = [
    ...quantileResults(station, 'waitQuantiles', ({ cell }) => cell.outcome.wait),
    ...quantileResults(station, 'sojournQuantiles', ({ cell }) => cell.outcome.latency),
  ];
  // P(wait) says where the quantiles leave 0: it is one of them, so to speak.
  const left = quantilesOnly ? values.filter((key) => key === 'pWait') : values;
  return [...left.map((key) => valueResult(station, key)), ...quantiles];
}

function valueResult(station: Station, key: string): Compared {
  const reading = READINGS[key];
  const { truth, rho } = station;
  return {
    key,
    exact: truth.results[key] as number,
    estimator: 'mean',
    share: 0,
    of: (seen) => [reading(seen, station)],
    precision: precisionAt(rho),
    resolution: 0,
    slack: truth.kind === 'limit' ? SLACK.limit : SLACK.value,
  };
}

function quantileResults(
  { truth, rho }: Station,
  key: string,
  times: (seen: Seen) => Latency & { readonly share?: number | null },
): Compared[] {
  const exact = Object(truth.results[key]) as Partial<Record<QuantileName, number>>;
  return (Object.keys(QUANTILES) as QuantileName[]).flatMap((name) => {
    const value = exact[name];
    if (value === undefined) return [];
    const slack = truth.kind === 'limit' ? SLACK.limit : SLACK.quantile;
    const precision = precisionAt(rho);
    const head = { key: `${key}.${name}`, exact: value, share: QUANTILES[name], precision, slack };
    const of = (seen: Seen) => [or(times(seen)[name]) / seen.unit];
    const inAtom = (seen: Seen) => [or(times(seen).share ?? null)];
    const one: Compared =
      value === 0
        ? { ...head, estimator: 'atom', of: inAtom, resolution: precision }
        : { ...head, estimator: 'mean', of, resolution: 0 };
    return [one];
  });
}
