/**
 * simulate: Model → Run. Two planes take turns: between two control events nothing about the pods
 * changes, so the data plane serves the whole stretch; then one control event acts.
 *
 *   for (;;) { advance the data plane to the next control event; let it act }
 */
import { type ControlPlane, createControlPlane } from './cluster/control-plane.ts';
import { createFleetPlane } from './cluster/fleet-plane.ts';
import { createVmPlane } from './cluster/vm-plane.ts';
import { FAILED, LATE, OFFERED, REJECTED, SERVED, TIMED_OUT_COUNT } from './flow/columns.ts';
import type { LoadStatistics } from './flow/links.ts';
import type { RowBatch } from './flow/row-batch.ts';
import { assert } from './kernel/assert.ts';
import { Calendar } from './kernel/calendar.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Model } from './model.ts';
import {
  cpuUsedBy,
  createRowBatch,
  createRows,
  endWarmup,
  type Rows,
  recordRow,
  recordRows,
} from './series.ts';
import { createShortfall, type Shortfall, watchShortfall } from './shortfall.ts';

export interface Run {
  readonly model: Model;
  readonly ledger: Ledger;
  readonly rows: Rows;
  readonly shortfall: Shortfall;
  readonly peak: { readonly replicas: number; readonly machines: number };
  readonly warmup: Warmup;
}

/** What the statistics leave out. */
export interface Warmup {
  /** Requests completed in it: their machines are paid for as well. */
  readonly completed: number;
  /** Per service: in the system at its end, offered a second time to the counts. */
  readonly carried: readonly number[];
}

const SECOND = 1e6;
const NO_WARMUP: Warmup = { completed: 0, carried: [] };

/** @throws InvariantError when requests were lost or counted twice: a defect of the engine. */
export function simulate(model: Model, onProgress?: (share: number) => void): Run {
  const control = controlPlaneOf(model);
  const clock = new Calendar<'second' | 'row' | 'warm'>();
  clock.schedule(0, 'second');
  clock.schedule(Math.min(model.step, model.horizon), 'row');
  const warm = model.scenario.clock.warmup;
  if (warm > 0) clock.schedule(warm, 'warm');
  const rows = createRows(model);
  let warmup = NO_WARMUP;
  const shortfall = createShortfall(model.services.length);
  const peak = { replicas: 0, machines: 0 };
  const batch = control.everySecond === null ? createRowBatch(model) : null;
  for (;;) {
    const until = Math.min(clock.nextTime, control.nextTime());
    if (until > model.horizon) break;
    if (control.nextTime() === until) {
      for (const flow of model.flows) flow.advance(until);
      control.act();
      continue;
    }
    const event = clock.next();
    // A second in which nobody looks at the requests does not cut their stretch.
    if (event !== 'second' || control.everySecond !== null) {
      for (const flow of model.flows) flow.advance(until);
    }
    if (event === 'warm') {
      // After the row that ends now: its latencies are still from before.
      if (clock.nextTime === until) clock.schedule(until, 'warm');
      else warmup = warmUp(model, control, rows, until);
    } else if (event === 'second') {
      const next = everySecond(model, control, shortfall, peak, until);
      if (next <= model.horizon) clock.schedule(next, 'second');
    } else {
      endRow(model, control, rows, until);
      const quiet = Math.min(control.nextTime(), until <= warm ? warm : model.horizon + 1);
      const ended = batch === null ? until : endRows(model, control, rows, batch, until, quiet);
      onProgress?.(ended / model.horizon);
      const next = Math.min(ended + model.step, model.horizon);
      if (next > ended) clock.schedule(next, 'row');
    }
  }
  // A batch of rows is settled up to its begin.
  for (const flow of model.flows) flow.settle(model.horizon);
  for (const lease of control.ledger.leases) lease.to ??= model.horizon;
  assertConservation(model);
  return { model, ledger: control.ledger, rows, shortfall, peak, warmup };
}

function controlPlaneOf(model: Model): ControlPlane {
  const { provision } = model;
  if (provision.kind === 'fleet') return createFleetPlane(model, provision);
  if (provision.kind === 'vm-group') return createVmPlane(model, provision);
  return createControlPlane(model, provision);
}

/** Forgets what the requests told so far. */
function warmUp(model: Model, control: ControlPlane, rows: Rows, now: number): Warmup {
  for (const flow of model.flows) flow.settle(now);
  control.beforeReset(now);
  let completed = 0;
  for (const { plane, fromLoads } of model.services) {
    const { counts } = fromLoads ?? plane;
    completed += counts[SERVED] + counts[LATE];
  }
  endWarmup(rows, model, now);
  return { completed, carried: model.services.map(({ plane }) => plane.inFlight()) };
}

/** Looks at the second that begins, and at those in which nothing can happen; the next one. */
function everySecond(
  model: Model,
  control: ControlPlane,
  shortfall: Shortfall,
  peak: { replicas: number; machines: number },
  now: number,
): number {
  control.everySecond?.(now);
  let next = now + SECOND;
  if (control.everySecond === null) {
    const quiet = Math.min(control.nextTime(), model.horizon);
    next = Math.max(next, now + Math.ceil((quiet - now) / SECOND) * SECOND);
  }
  watchShortfall(shortfall, model, now, Math.min(next, model.horizon));
  const { replicas, machines } = control.levels(now);
  peak.replicas = Math.max(peak.replicas, replicas);
  peak.machines = Math.max(peak.machines, machines);
  return next;
}

function endRow(model: Model, control: ControlPlane, rows: Rows, now: number): void {
  for (const flow of model.flows) flow.settle(now);
  const length = now - rows.length * model.step;
  const cpuUsed = cpuUsedBy(model.services, now);
  const { desired, replicas, machines } = control.levels(now);
  // Written out: a copy made by spreading has another layout every time.
  recordRow(rows, model, { desired, replicas, machines, cpuUsed }, length);
}

/**
 * Ends whole rows from `now` on that lie before `quiet`, until when nothing happens to the pods;
 * returns the end of the last one.
 */
function endRows(
  model: Model,
  control: ControlPlane,
  rows: Rows,
  batch: RowBatch,
  now: number,
  quiet: number,
): number {
  const count = Math.floor((Math.min(quiet - 1, model.horizon) - now) / model.step);
  if (count < 1) return now;
  return now + model.step * recordRows(rows, model, control.levels(now), batch, count);
}

/** Every request is in exactly one class: what arrived = what became of it + what is in flight. */
function assertConservation(model: Model): void {
  for (const { plane, fromLoads, service } of model.services) {
    assertCounted(`service ${service.name}`, plane);
    if (fromLoads !== undefined) assertCounted(`loads of service ${service.name}`, fromLoads);
  }
}

function assertCounted(whose: string, { counts, latency, inFlight }: LoadStatistics): void {
  const ended =
    counts[SERVED] + counts[LATE] + counts[TIMED_OUT_COUNT] + counts[REJECTED] + counts[FAILED];
  const flying = inFlight();
  assert(
    counts[OFFERED] === ended + flying,
    `${whose}: ${counts[OFFERED]} offered, ${ended} ended, ${flying} in flight`,
  );
  assert(
    latency.totals[0] === counts[SERVED] + counts[LATE],
    `${whose}: the histogram misses completions`,
  );
}
