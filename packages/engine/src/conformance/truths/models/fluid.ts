/**
 * A fluid queue: inflow and capacity without chance. Equal gaps and equal services of one server
 * come as near to it as whole requests can.
 */
import { PRECISION, SLACK } from '../compared.ts';
import { timeText } from '../laws.ts';
import {
  type Compared,
  numberOf,
  run,
  type Seen,
  skip,
  type Truth,
  type TruthPlan,
} from '../truth.ts';
import { patientClient, worldOf } from '../world.ts';
import { stepLoad } from './rates.ts';

interface Segment {
  readonly durationSeconds: number;
  readonly inflowPerSecond: number;
  readonly capacityPerSecond: number;
}

const SECOND = 1_000_000;
/** Longest run with a row of the series each second. */
const ROWS = 3600;
/** Its waits must not reach the clients' longest time-out, µs. */
const TIMEOUT = 600;

/** Backlog at the end of each second, the start included. */
const backlogs = ({ cell }: Seen): readonly number[] => [
  0,
  ...cell.series.columns.inSystem.map((value) => value ?? 0),
];

export function fluid({ params, results }: Truth): TruthPlan {
  const segments = params.segments as readonly Segment[];
  const [{ capacityPerSecond: capacity }] = segments;
  if (segments.some((segment) => segment.capacityPerSecond !== capacity)) {
    return skip('capacity that is added takes over waiting requests; pods and VMs have own queues');
  }
  const end = segments.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
  const times = segments.map(({ durationSeconds }) => durationSeconds);
  if (end > ROWS || times.some((time) => !Number.isInteger(time))) {
    return skip(`its times are not whole seconds within ${ROWS} s`);
  }
  const longest = numberOf(results, 'peakBacklog') / capacity;
  if (longest > TIMEOUT) return skip(`requests wait longer than ${TIMEOUT} s, as no client does`);
  const steps = segments.map(
    (segment) => [segment.durationSeconds, segment.inflowPerSecond] as const,
  );
  const world = worldOf({
    load: {
      ...stepLoad(steps, SECOND),
      process: { kind: 'deterministic' },
      client: patientClient(TIMEOUT, SECOND),
    },
    time: { dist: 'deterministic', mean: timeText(1 / capacity, SECOND) },
    slots: 1,
  });
  const compared = comparedOf(results, 1 / capacity);
  const common = { label: '', unit: SECOND, warmup: 0, length: end, stationary: false, first: 2 };
  return run([{ ...common, world, compared }]);
}

/** A request in service is part of the backlog until it is done: one more than the fluid. */
const ONE_REQUEST = 1;

function comparedOf(results: Truth['results'], service: number): Compared[] {
  const value = (
    key: string,
    exact: number,
    resolution: number,
    of: (seen: Seen) => number,
  ): Compared => ({
    key,
    exact,
    estimator: 'mean',
    share: 0,
    of: (seen) => [of(seen)],
    precision: PRECISION.transient,
    resolution,
    slack: SLACK.value,
  });
  const ends = results.backlogAtSegmentEnds as readonly { t: number; backlog: number }[];
  const known = (key: string) => typeof results[key] === 'number';
  const of = (key: string, resolution: number, read: (seen: Seen) => number) =>
    known(key) ? [value(key, numberOf(results, key), resolution, read)] : [];
  return [
    ...of('peakBacklog', ONE_REQUEST, (seen) => Math.max(...backlogs(seen))),
    ...of('peakAt', service, (seen) => {
      const levels = backlogs(seen);
      return levels.indexOf(Math.max(...levels));
    }),
    ...of('drainedAt', service, (seen) => {
      const levels = backlogs(seen);
      const peakAt = levels.indexOf(Math.max(...levels));
      return levels.findIndex((level, second) => second > peakAt && level <= ONE_REQUEST);
    }),
    ...of('backlogAreaRequestSeconds', 0, ({ cell, span }) => cell.outcome.queue.meanLength * span),
    ...(ends ?? []).map(({ t, backlog }) => {
      // What is in service is no backlog of a fluid that drains faster than it comes.
      const level = (seen: Seen) => (backlogs(seen)[t] <= ONE_REQUEST ? 0 : backlogs(seen)[t]);
      return value(`backlog at ${t}`, backlog, ONE_REQUEST, level);
    }),
  ];
}
