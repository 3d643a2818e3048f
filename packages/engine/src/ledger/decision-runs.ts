/**
 * Decisions as runs: equal ones in a row are one row of the ledger, with the first and the last
 * time, their number, and the range of what was seen. A year of syncs every 15 s is 2.1 million
 * decisions; a load at rest is a few rows.
 *
 * Equal = nothing changes, at the same number of replicas, for the same reason because of the same
 * metric, held by the same window and limit. Two such runs that alternate (a load that rests on the
 * edge between two replica counts) become one, with the number of syncs per reason. A sync that
 * changes the replicas is a row of its own.
 */
import type { DecisionRow, Message, MetricReading, ScalingLimit } from '../outcome.ts';

/** What one sync decided. */
export interface Sync {
  readonly at: number;
  readonly service: string;
  readonly from: number;
  readonly to: number;
  readonly reason: Message;
  readonly grounds: Grounds | null;
}

/** What a decision of an autoscaler rests on. */
export interface Grounds {
  readonly metrics: readonly MetricGrounds[];
  readonly proposal: number | null;
  readonly window: {
    readonly direction: 'up' | 'down';
    readonly length: number;
    readonly replicas: number;
    readonly made: number;
  } | null;
  readonly limit: ScalingLimit | null;
}

export interface MetricGrounds {
  readonly metric: string;
  readonly kind: MetricReading['kind'];
  readonly target: number;
  readonly seen: number | null;
  readonly error: string | null;
  readonly basis: string;
  readonly proposal: number;
  /** When the oldest and the newest of its samples were taken, µs. */
  readonly sampled: { readonly oldest: number; readonly newest: number } | null;
  readonly ready: number;
  readonly unready: number;
  readonly missing: number;
  readonly ignored: number;
}

type OpenSpan = [low: number, high: number];

type Open<T> = {
  -readonly [K in keyof T]: T[K] extends readonly [number, number]
    ? OpenSpan
    : T[K] extends readonly [number, number] | null
      ? OpenSpan | null
      : T[K];
};

type Run = NonNullable<DecisionRow['run']>;

/** A row that later syncs may join. */
interface OpenDecision extends DecisionRow {
  readonly run?: Open<Omit<Run, 'metrics' | 'window' | 'reasons'>> & {
    readonly metrics: readonly Open<MetricReading>[];
    window: Open<NonNullable<Run['window']>> | null;
    reasons?: Record<string, number>;
  };
}

function openDecision({ at, service, from, to, reason, grounds }: Sync): OpenDecision {
  if (grounds === null) return { at, service, from, to, reason };
  const { window, proposal, limit } = grounds;
  return {
    at,
    service,
    from,
    to,
    reason,
    run: {
      until: at,
      syncs: 1,
      metrics: grounds.metrics.map((metric) => openReading(metric, at)),
      proposal: proposal === null ? null : [proposal, proposal],
      window:
        window === null
          ? null
          : {
              direction: window.direction,
              length: window.length,
              replicas: [window.replicas, window.replicas],
              made: [window.made, window.made],
            },
      limit,
    },
  };
}

function openReading(grounds: MetricGrounds, at: number): Open<MetricReading> {
  const { metric, kind, target, seen, error, basis, proposal, sampled } = grounds;
  const { ready, unready, missing, ignored } = grounds;
  return {
    metric,
    kind,
    target,
    seen: seen === null ? null : [seen, seen],
    error,
    basis,
    proposal: error === null ? [proposal, proposal] : null,
    age: sampled === null ? null : [at - sampled.newest, at - sampled.oldest],
    ready: [ready, ready],
    unready: [unready, unready],
    missing: [missing, missing],
    ignored: [ignored, ignored],
  };
}

/** The newest rows of a deployment, as long as equal decisions may join them. */
export interface OpenRuns {
  last: OpenDecision | null;
  /** The row before `last`. */
  before: OpenDecision | null;
}

export function openRuns(): OpenRuns {
  return { last: null, before: null };
}

/** What comes next is a new row. */
export function closeRuns(open: OpenRuns): void {
  open.last = null;
  open.before = null;
}

/** Enters a sync: into a row that decides the same, or as a row of its own. */
export function recordSync(decisions: DecisionRow[], open: OpenRuns, sync: Sync): void {
  const { last, before } = open;
  // Not measured, nothing changed: there is nothing to tell.
  if (sync.grounds === null && sync.from === sync.to) return;
  if (last !== null && joins(last, sync)) {
    extend(last, sync);
    return;
  }
  if (last !== null && before !== null && joins(before, sync) && isAtRest(last, before.to)) {
    absorb(before, last);
    decisions.splice(decisions.lastIndexOf(last), 1);
    open.last = before;
    open.before = null;
    extend(before, sync);
    return;
  }
  const row = openDecision(sync);
  open.before = last;
  open.last = row;
  decisions.push(row);
}

function isAtRest({ from, to, run }: OpenDecision, replicas: number): boolean {
  return run !== undefined && from === replicas && to === replicas;
}

/** The sync decides what the row does. */
function joins({ from, to, reason, run }: OpenDecision, sync: Sync): boolean {
  const { grounds } = sync;
  if (run === undefined || grounds === null) return false;
  if (from !== to || sync.from !== to || sync.to !== to) return false;
  if (!isSameValidity(run.metrics, grounds.metrics)) return false;
  if (run.reasons !== undefined) return Object.hasOwn(run.reasons, sync.reason.key);
  if (reason.key !== sync.reason.key || reason.params.metric !== sync.reason.params.metric) {
    return false;
  }
  if (!isSameLimit(run.limit, grounds.limit)) return false;
  // At a bound the replicas are the same with a window or without.
  const bound = run.limit?.kind === 'min' || run.limit?.kind === 'max';
  return bound || run.window?.direction === grounds.window?.direction;
}

function extend({ run }: OpenDecision, { at, reason, grounds }: Sync): void {
  if (run === undefined || grounds === null) return;
  run.until = at;
  run.syncs += 1;
  if (run.reasons !== undefined) run.reasons[reason.key] += 1;
  if (run.proposal !== null && grounds.proposal !== null) widen(run.proposal, grounds.proposal);
  if (!isSameLimit(run.limit, grounds.limit)) run.limit = null;
  const { window } = grounds;
  if (run.window !== null && window !== null && run.window.direction === window.direction) {
    widen(run.window.replicas, window.replicas);
    run.window.made[1] = window.made;
  } else {
    run.window = null;
  }
  for (let i = 0; i < run.metrics.length; i++) {
    widenReading(run.metrics[i], grounds.metrics[i], at);
  }
}

/** The row takes in the one after it: they alternate. What does not hold for both is left out. */
function absorb(row: OpenDecision, next: OpenDecision): void {
  const { run } = row;
  if (run === undefined || next.run === undefined) return;
  const reasons = { ...reasonsOf(row) };
  for (const [key, syncs] of Object.entries(reasonsOf(next))) {
    reasons[key] = (reasons[key] ?? 0) + syncs;
  }
  run.reasons = reasons;
  run.until = next.run.until;
  run.syncs += next.run.syncs;
  widenSpan(run.proposal, next.run.proposal);
  run.window = null;
  if (!isSameLimit(run.limit, next.run.limit)) run.limit = null;
  for (let i = 0; i < run.metrics.length; i++) {
    const [reading, other] = [run.metrics[i], next.run.metrics[i]];
    for (const name of SPANS) widenSpan(reading[name], other[name]);
  }
}

const SPANS = ['seen', 'proposal', 'age', 'ready', 'unready', 'missing', 'ignored'] as const;

function reasonsOf({ reason, run }: OpenDecision): Readonly<Record<string, number>> {
  return run?.reasons ?? { [reason.key]: run?.syncs ?? 0 };
}

function isSameLimit(a: ScalingLimit | null, b: ScalingLimit | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.kind === b.kind &&
    a.policy?.type === b.policy?.type &&
    a.policy?.value === b.policy?.value &&
    a.policy?.period === b.policy?.period
  );
}

/** The same metrics have a valid reading. */
function isSameValidity(
  before: readonly Open<MetricReading>[],
  after: readonly MetricGrounds[],
): boolean {
  if (before.length !== after.length) return false;
  for (let i = 0; i < before.length; i++) {
    if (before[i].error !== after[i].error) return false;
  }
  return true;
}

function widenReading(reading: Open<MetricReading>, grounds: MetricGrounds, at: number): void {
  if (reading.seen !== null && grounds.seen !== null) widen(reading.seen, grounds.seen);
  if (reading.proposal !== null) widen(reading.proposal, grounds.proposal);
  if (reading.age !== null && grounds.sampled !== null) {
    widen(reading.age, at - grounds.sampled.newest);
    widen(reading.age, at - grounds.sampled.oldest);
  }
  widen(reading.ready, grounds.ready);
  widen(reading.unready, grounds.unready);
  widen(reading.missing, grounds.missing);
  widen(reading.ignored, grounds.ignored);
}

function widenSpan(span: OpenSpan | null, other: OpenSpan | null): void {
  if (span === null || other === null) return;
  widen(span, other[0]);
  widen(span, other[1]);
}

function widen(span: OpenSpan, value: number): void {
  if (value < span[0]) span[0] = value;
  if (value > span[1]) span[1] = value;
}
