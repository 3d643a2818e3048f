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
import { assert } from './kernel/assert.ts';
import { Calendar } from './kernel/calendar.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Model } from './model.ts';
import { cpuUsedBy, createRows, endWarmup, type Rows, recordRow } from './series.ts';
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
      everySecond(model, control, shortfall, peak, until);
      if (until + SECOND <= model.horizon) clock.schedule(until + SECOND, 'second');
    } else {
      endRow(model, control, rows, until);
      onProgress?.(until / model.horizon);
      const next = Math.min(until + model.step, model.horizon);
      if (next > until) clock.schedule(next, 'row');
    }
  }
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

function everySecond(
  model: Model,
  control: ControlPlane,
  shortfall: Shortfall,
  peak: { replicas: number; machines: number },
  now: number,
): void {
  control.everySecond?.(now);
  if (now < model.horizon) watchShortfall(shortfall, model, now);
  const { replicas, machines } = control.levels(now);
  peak.replicas = Math.max(peak.replicas, replicas);
  peak.machines = Math.max(peak.machines, machines);
}

function endRow(model: Model, control: ControlPlane, rows: Rows, now: number): void {
  for (const flow of model.flows) flow.settle(now);
  const length = now - rows.length * model.step;
  const cpuUsed = cpuUsedBy(model.services, now);
  recordRow(rows, model, { ...control.levels(now), cpuUsed }, length);
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
