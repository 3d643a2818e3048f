/**
 * The rows of a run: what `simulate` writes down at the end of each step, in columns. Rates are
 * differences of running counts, levels are taken at the row's end.
 */
import {
  COUNT_CLASSES,
  FAILED,
  LATE,
  OFFERED,
  REJECTED,
  SERVED,
  TIMED_OUT_COUNT,
} from './flow/columns.ts';
import {
  COMPLETED_RATE,
  CPU_USED,
  FAILED_RATE,
  GOOD_RATE,
  IN_SYSTEM_LEVEL,
  LATENCY_P50,
  LATENCY_P99,
  OFFERED_RATE,
  REJECTED_RATE,
  ROW_BATCH,
  type RowBatch,
  TIMED_OUT_RATE,
  WAITING_LEVEL,
} from './flow/row-batch.ts';
import type { Model, ServiceModel } from './model.ts';
import {
  clearHistogram,
  createHistogram,
  type Histogram,
  mergeHistogram,
  ROW_QUANTILES,
  writeRowQuantiles,
} from './stats/histogram.ts';

/** The columns of a batch. */
const BATCH_COLUMNS_OF_ROWS = [
  ['offered', OFFERED_RATE],
  ['good', GOOD_RATE],
  ['completed', COMPLETED_RATE],
  ['timedOut', TIMED_OUT_RATE],
  ['rejected', REJECTED_RATE],
  ['failed', FAILED_RATE],
  ['waiting', WAITING_LEVEL],
  ['inSystem', IN_SYSTEM_LEVEL],
  ['cpuUsed', CPU_USED],
  ['latencyP50', LATENCY_P50],
  ['latencyP99', LATENCY_P99],
] as const;

/** What the services do not say of themselves. */
export interface Levels {
  readonly desired: number;
  readonly replicas: number;
  readonly machines: number;
  /** CPU used since the start by all pods or VMs, core-µs. */
  readonly cpuUsed: number;
}

export interface Rows {
  readonly step: number;
  length: number;
  readonly offered: Float64Array;
  readonly completed: Float64Array;
  readonly good: Float64Array;
  readonly timedOut: Float64Array;
  readonly rejected: Float64Array;
  readonly failed: Float64Array;
  readonly capacity: Float64Array;
  readonly desired: Float64Array;
  readonly replicas: Float64Array;
  readonly ready: Float64Array;
  readonly machines: Float64Array;
  readonly waiting: Float64Array;
  readonly inSystem: Float64Array;
  /** Within the row, core-µs. */
  readonly cpuUsed: Float64Array;
  /** µs, NaN = nothing completed. */
  readonly latencyP50: Float64Array;
  readonly latencyP99: Float64Array;
  /** State between rows. */
  readonly seen: Float64Array;
  cpuSeen: number;
  /** Of the row that ends: ROW_QUANTILES, and the latencies of several services. */
  readonly quantiles: Float64Array;
  readonly merged: Histogram;
}

export function createRows(model: Model): Rows {
  const size = Math.ceil(model.horizon / model.step);
  const column = () => new Float64Array(size);
  return {
    step: model.step,
    length: 0,
    offered: column(),
    completed: column(),
    good: column(),
    timedOut: column(),
    rejected: column(),
    failed: column(),
    capacity: column(),
    desired: column(),
    replicas: column(),
    ready: column(),
    machines: column(),
    waiting: column(),
    inSystem: column(),
    cpuUsed: column(),
    latencyP50: column(),
    latencyP99: column(),
    seen: new Float64Array(COUNT_CLASSES),
    cpuSeen: 0,
    quantiles: new Float64Array(ROW_QUANTILES.length),
    merged: createHistogram(),
  };
}

/** CPU used by all pods or VMs that the strategy pays for; fixed services run outside of it. */
export function cpuUsedBy(services: readonly ServiceModel[], time: number): number {
  let used = 0;
  for (const { plane, coresPerSlot, service } of services) {
    if (service.fixed !== undefined) continue;
    used += plane.busyTimeOfAll(time) * coresPerSlot + plane.warmUpCpuOfAll(time);
  }
  return used;
}

/** Ends a row of `length` µs: folds the services' windows and counts into it. */
export function recordRow(rows: Rows, model: Model, levels: Levels, length: number): void {
  const row = rows.length++;
  const perSecond = 1e6 / length;
  const counts = new Float64Array(COUNT_CLASSES);
  for (const { plane, fromLoads, service, slots, holdTime } of model.services) {
    const { counts: own } = fromLoads ?? plane;
    for (let k = 0; k < COUNT_CLASSES; k++) counts[k] += own[k];
    rows.waiting[row] += plane.waiting();
    rows.inSystem[row] += (fromLoads ?? plane).inFlight();
    if (service.fixed !== undefined) continue;
    rows.ready[row] += plane.readyCount();
    rows.capacity[row] += (plane.readyCount() * slots * 1e6) / holdTime;
  }
  const since = (k: number) => (counts[k] - rows.seen[k]) * perSecond;
  rows.offered[row] = since(OFFERED);
  rows.good[row] = since(SERVED);
  rows.completed[row] = since(SERVED) + since(LATE);
  rows.timedOut[row] = since(TIMED_OUT_COUNT);
  rows.rejected[row] = since(REJECTED);
  rows.failed[row] = since(FAILED);
  rows.seen.set(counts);
  rows.desired[row] = levels.desired;
  rows.replicas[row] = levels.replicas;
  rows.machines[row] = levels.machines;
  rows.cpuUsed[row] = levels.cpuUsed - rows.cpuSeen;
  rows.cpuSeen = levels.cpuUsed;
  endWindows(rows, model);
  rows.latencyP50[row] = rows.quantiles[0];
  rows.latencyP99[row] = rows.quantiles[1];
}

/** A batch for `recordRows`, null = the rows of this model are ended one by one. */
export function createRowBatch({ services }: Model): RowBatch | null {
  const [{ plane, fromLoads }] = services;
  if (services.length > 1 || fromLoads !== undefined || plane.runRows === null) return null;
  return {
    length: 0,
    values: new Float64Array(0),
    counts: new Float64Array(COUNT_CLASSES),
    cpuSeen: 0,
  };
}

/**
 * Has the only service end up to `count` whole rows by itself, while the levels stay what they are;
 * returns how many it has ended.
 */
export function recordRows(
  rows: Rows,
  model: Model,
  levels: Omit<Levels, 'cpuUsed'>,
  batch: RowBatch,
  count: number,
): number {
  const [{ plane, coresPerSlot, slots, holdTime, service }] = model.services;
  const { step, length: first } = rows;
  const cores = service.fixed === undefined ? coresPerSlot : 0;
  batch.cpuSeen = rows.cpuSeen;
  plane.runRows?.({ from: first * step, step, count, cores }, batch);
  const { length, values } = batch;
  if (length === 0) return 0;
  for (const [column, at] of BATCH_COLUMNS_OF_ROWS) {
    rows[column].set(values.subarray(at * ROW_BATCH, at * ROW_BATCH + length), first);
  }
  rows.desired.fill(levels.desired, first, first + length);
  rows.replicas.fill(levels.replicas, first, first + length);
  rows.machines.fill(levels.machines, first, first + length);
  if (service.fixed === undefined) {
    const ready = plane.readyCount();
    rows.ready.fill(ready, first, first + length);
    rows.capacity.fill((ready * slots * 1e6) / holdTime, first, first + length);
  }
  for (let k = 0; k < COUNT_CLASSES; k++) rows.seen[k] += batch.counts[k];
  rows.cpuSeen = batch.cpuSeen;
  rows.length += length;
  return length;
}

/** Ends the services' windows; the row's quantiles are those of all services together. */
function endWindows({ merged, quantiles }: Rows, { services }: Model): void {
  if (services.length === 1 && services[0].fromLoads === undefined) {
    services[0].plane.endWindow(quantiles);
    return;
  }
  for (const { plane, fromLoads } of services) {
    mergeHistogram(merged, (fromLoads ?? plane).window);
    plane.endWindow(null);
    fromLoads?.endWindow(null);
  }
  writeRowQuantiles(merged, quantiles);
  clearHistogram(merged);
}

/**
 * Ends the warm-up at `time`: the statistics of requests begin again. Rows go on; the one that runs
 * keeps its counts, its latencies are those since `time`.
 */
export function endWarmup(rows: Rows, model: Model, time: number): void {
  for (const { plane, fromLoads } of model.services) {
    const { counts } = fromLoads ?? plane;
    for (let k = 0; k < COUNT_CLASSES; k++) rows.seen[k] -= counts[k];
    plane.resetStatistics(time);
    for (let k = 0; k < COUNT_CLASSES; k++) rows.seen[k] += counts[k];
  }
}
