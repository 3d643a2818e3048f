/**
 * KEDA at work: it polls its triggers, and answers the HPA that it made when that asks for a
 * metric. Both ask the same sources; while those are out of order both get an error.
 *
 *   poll 30 s ─► any trigger active? ─► 0 ↔ minimum          HPA sync 15 s ─► metric ─► 1 ↔ N
 *
 * @source kedacore/keda pkg/scaling/scale_handler.go (startScaleLoop, GetScaledObjectMetrics)
 */
import {
  closeRuns,
  type Grounds,
  type OpenRuns,
  openRuns,
  recordSync,
} from '../ledger/decision-runs.ts';
import type { ClusterModel, Model } from '../model.ts';
import { decideKeda, fallbackReplicas, type KedaMemory, kedaMemory } from '../scaling/keda.ts';
import { type KedaTrigger, triggerKind, triggersOf } from '../scaling/keda-triggers/index.ts';
import type { TriggerAnswer, TriggerTime } from '../scaling/keda-triggers/trigger.ts';
import type { KedaSection } from '../scenario/schema.ts';
import { totalRateAt } from '../traffic/rate.ts';
import { noSeries } from './counter-rate.ts';
import { lastReading } from './cpu-points.ts';
import { CUSTOM_MEASURES, type CustomMeasure, type Measured } from './custom-measures.ts';
import { type Adapter, type CustomFeed, type CustomReading, readCustom } from './custom-metrics.ts';
import { scaleTo } from './replica-set.ts';
import type { Deployment, World } from './world.ts';

export interface KedaState {
  readonly section: KedaSection;
  readonly triggers: readonly AskedTrigger[];
  readonly adapters: readonly Adapter[];
  /** When the first poll is, µs. */
  readonly phase: number;
  readonly clock: { readonly start: number; readonly utcOffset: number };
  memory: KedaMemory;
  /** Its polls, beside the syncs of the HPA. */
  readonly polls: OpenRuns;
}

interface AskedTrigger {
  readonly trigger: KedaTrigger;
  /** What is measured for it, by an adapter of its own; null = read at once, or not at all. */
  readonly feed: CustomFeed | null;
  readonly measured: Measured;
  /** Errors in a row that the HPA got. */
  failures: number;
  /** The answer to the last poll; null = an error. */
  polled?: TriggerAnswer | null;
}

export function createKeda(
  { model, cluster }: { readonly model: Model; readonly cluster: ClusterModel },
  deployment: Deployment,
  measured: readonly Measured[],
  phase: (loop: string, period: number) => number,
): KedaState {
  const section = cluster.strategy.keda as KedaSection;
  const { name } = deployment.model.service;
  const own = measured.find(({ model: one }) => one === deployment.model) as Measured;
  const triggers = triggersOf(section.triggers, name).map((trigger, i) => ({
    trigger,
    feed: feedOf(trigger, deployment, own, (period) => phase(`keda/${name}/${i}`, period)),
    measured: own,
    failures: 0,
  }));
  const first = phase(`keda/${name}`, section.pollingInterval);
  return {
    section,
    triggers,
    adapters: triggers.flatMap(({ feed }) => feed?.adapter ?? []),
    phase: Math.max(1, first),
    clock: model.scenario.clock,
    memory: kedaMemory(0),
    polls: openRuns(),
  };
}

function feedOf(
  trigger: KedaTrigger,
  deployment: Deployment,
  measured: Measured,
  phase: (period: number) => number,
): CustomFeed | null {
  if (trigger.kind !== 'request-rate') return null;
  const { window, resolution } = trigger;
  const feeds: CustomFeed[] = [];
  const spec = { measure: 'arrival-rate', window, delay: 0, resolution } as const;
  const adapter = { spec, measure: CUSTOM_MEASURES[spec.measure], phase: phase(resolution), feeds };
  const feed = {
    adapter,
    deployment,
    pods: null,
    service: { measured, series: noSeries() },
    samples: deployment.view.cpu,
  };
  feeds.push(feed);
  return feed;
}

type MeasureName = ReturnType<typeof triggerKind>['measure'];

function measureOf(name: keyof typeof CUSTOM_MEASURES): CustomMeasure {
  return CUSTOM_MEASURES[name];
}

/** What a trigger measures while `rate` comes and nothing waits; CPU = it is used at all. */
function steadyOf(name: MeasureName, model: Deployment['model'], rate: number): number | null {
  if (name === null) return null;
  if (name === 'cpu-utilization') return rate > 0 ? 1 : 0;
  return measureOf(name).steady(rate, model);
}

function timeOf({ clock }: KedaState, now: number): TriggerTime {
  return { epoch: clock.start + now, utcOffset: clock.utcOffset };
}

/** Replicas at which the HPA rests under the load at time 0; without an active trigger, idle. */
export function restingKeda({ model, floor }: Deployment, keda: KedaState): number {
  const rate = totalRateAt(model.curves, 0);
  const { minReplicas, maxReplicas, idleReplicas } = keda.section;
  let most = 0;
  let isActive = false;
  for (const { trigger } of keda.triggers) {
    const { measure, answer, metric } = triggerKind(trigger);
    const steady = steadyOf(measure, model, rate);
    const { value, active } = answer(trigger, steady, timeOf(keda, 0));
    isActive ||= active;
    const { target } = metric(trigger, 0);
    const asked = target.type === 'AverageValue' ? ((value ?? 0) * 1000) / target.averageValue : 0;
    most = Math.max(
      most,
      asked,
      trigger.kind === 'cpu' ? coresAsked(model, trigger.value, rate) : 0,
    );
  }
  if (isActive) keda.memory = { ...keda.memory, lastActive: 0 };
  if (!isActive && (idleReplicas ?? minReplicas) === 0) return floor;
  // 1.1 ÷ 0.1 is 11 and not 12.
  const whole = Math.ceil(most * (1 - 1e-9));
  return Math.min(maxReplicas, Math.max(1, minReplicas, floor, whole));
}

function coresAsked({ service }: Deployment['model'], share: number, rate: number): number {
  const { cpuRequest } = service.workload;
  return cpuRequest === null
    ? 0
    : (rate * service.cpuPerRequest * 1e-6) / ((cpuRequest / 1000) * share);
}

export function startKeda(world: World, deployment: Deployment, keda: KedaState): void {
  const turn = (now: number): void => {
    poll(world, deployment, keda, now);
    world.calendar.schedule(now + keda.section.pollingInterval, { kind: 'scaler', turn });
  };
  world.calendar.schedule(keda.phase, { kind: 'scaler', turn });
}

function poll(world: World, deployment: Deployment, keda: KedaState, now: number): void {
  const { desired: from } = deployment;
  let isActive = false;
  let isError = false;
  for (const asked of keda.triggers) {
    asked.polled = ask(deployment, keda, asked, now);
    isActive ||= asked.polled?.active ?? false;
    isError ||= asked.polled === null;
  }
  const settings = floored(keda.section, deployment.floor);
  const observed = { now, replicas: from, isActive, isError };
  const { desired: to, reason, memory } = decideKeda(settings, observed, keda.memory);
  keda.memory = memory;
  const service = deployment.model.service.name;
  const grounds = HELD.has(reason.key) ? NOT_MEASURED : null;
  const sync = { at: now, service, from, to, reason, grounds };
  recordSync(world.ledger.decisions, keda.polls, sync);
  if (to === from) return;
  closeRuns(deployment.runs);
  scaleTo(world, deployment, to, now);
}

/** Polls that change nothing, though somebody may ask why: the HPA cannot tell. */
const HELD: ReadonlySet<string> = new Set(['keda.cooldown', 'keda.failing', 'keda.fallback']);
const NOT_MEASURED: Grounds = { metrics: [], proposal: null, window: null, limit: null };

/** A pre-scale raises the minimum, and suspends a rest below it. */
function floored(section: KedaSection, floor: number): KedaSection {
  if (floor === 0) return section;
  const { idleReplicas: _, ...rest } = section;
  return { ...rest, minReplicas: Math.max(section.minReplicas, floor) };
}

/** null = an error. */
function ask(
  deployment: Deployment,
  keda: KedaState,
  asked: AskedTrigger,
  now: number,
): TriggerAnswer | null {
  const { trigger, measured } = asked;
  const { measure, answer } = triggerKind(trigger);
  const time = timeOf(keda, now);
  if (measure === null) return answer(trigger, null, time);
  if (measure === 'cpu-utilization') return answer(trigger, utilizationOf(deployment), time);
  const fails = (keda.section.outages ?? []).some(({ at, until }) => at <= now && now < until);
  if (fails) return null;
  if (asked.feed === null) {
    return answer(trigger, measureOf(measure).ofService(measured, now), time);
  }
  const { reading } = readCustom(asked.feed, [], now);
  // A query without a result counts as 0 (ignoreNullValues).
  const value = reading.kind === 'values' ? reading.values[0] / 1000 : 0;
  return answer(trigger, value, time);
}

/** Mean share of their request that pods with a reading use; null = there is none. */
function utilizationOf({ pods, model }: Deployment): number | null {
  const { cpuRequest } = model.service.workload;
  let cores = 0;
  let read = 0;
  for (const pod of pods) {
    const reading = lastReading(pod);
    if (reading === null) continue;
    cores += reading.cores;
    read += 1;
  }
  return cpuRequest === null || read === 0 ? null : cores / read / (cpuRequest / 1000);
}

const FAILED: CustomReading = { reading: { kind: 'failed' }, sampled: null };

/** What the HPA is told of its metrics, trigger by trigger; null = CPU, through metrics-server. */
export function readTriggers(
  deployment: Deployment,
  keda: KedaState,
  now: number,
): readonly (CustomReading | null)[] {
  return keda.triggers.map((asked) => {
    const { trigger } = asked;
    if (trigger.kind === 'cpu') return null;
    // An HPA at zero asks for nothing.
    if (deployment.desired === 0) return FAILED;
    const isCached = 'useCachedMetrics' in trigger && trigger.useCachedMetrics;
    const polled = isCached ? asked.polled : undefined;
    const answer = polled === undefined ? ask(deployment, keda, asked, now) : polled;
    if (answer !== null) {
      asked.failures = 0;
      return told(answer.value ?? 0, now);
    }
    asked.failures += 1;
    const replicas = fallbackReplicas(keda.section, asked.failures, deployment.desired);
    if (replicas === null) return FAILED;
    const { target } = triggerKind(trigger).metric(trigger, 0);
    const average = target.type === 'AverageValue' ? target.averageValue / 1000 : 1;
    return told(average * replicas, now);
  });
}

function told(value: number, now: number): CustomReading {
  // Whole thousandths; a sum of doubles that is 1e-6 short of one is that one.
  const values = [Math.max(0, Math.floor(value * 1000 + 1e-6))];
  return { reading: { kind: 'values', values }, sampled: { oldest: now, newest: now } };
}
