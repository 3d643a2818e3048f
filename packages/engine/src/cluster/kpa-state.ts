/** What the Knative autoscaler knows of one service, and what it had before the scenario began. */
import { OFFERED } from '../flow/columns.ts';
import { IN_SYSTEM } from '../flow/data-plane.ts';
import type { StreamState } from '../kernel/random.ts';
import type { ClusterModel, Model, ServiceModel } from '../model.ts';
import { type AverageWindow, averageWindow, withRecord } from '../scaling/kpa-average-window.ts';
import { type KpaMemory, kpaMemory } from '../scaling/kpa-memory.ts';
import type { KpaRevision } from '../scaling/kpa-serving.ts';
import {
  KPA_SCRAPE,
  type KpaSettings,
  type KpaSpec,
  kpaSpec,
  panicWindow,
} from '../scaling/kpa-spec.ts';
import { totalRateAt } from '../traffic/rate.ts';

/** How long ago everything began, µs. */
const LONG_AGO = -3_600_000_000;

export interface KpaState {
  readonly settings: KpaSettings;
  readonly spec: KpaSpec;
  /** Scenario start, µs since the Unix epoch: buckets are whole seconds of the wall clock. */
  readonly epoch: number;
  /** Which pods are scraped, and how long the routes take to follow. */
  readonly draws: StreamState;
  stable: AverageWindow;
  panic: AverageWindow;
  memory: KpaMemory;
  revision: KpaRevision;
  /** Of the last decision; null = none yet. */
  desired: number | null;
  excessBurst: number;
  /** Totals of the data plane at the last scrape. */
  seen: { at: number; inSystem: number; offered: number };
  /** The activator is to be in the path, whether the routes have followed or not. */
  proxied: boolean;
  /** When the next request wakes it, µs; Infinity = no appointment. */
  poke: number;
}

function kpaSettings({ strategy }: ClusterModel): KpaSettings | null {
  const { kpa } = strategy;
  return kpa === undefined ? null : { ...kpa, target: kpa.target ?? null };
}

/** Load in the unit of the metric while `rate` comes and nothing waits. */
export function steadyLoad({ metric }: KpaSettings, rate: number, model: ServiceModel): number {
  return metric === 'rps' ? rate : rate * model.holdTime * 1e-6;
}

export function createKpa(model: Model, cluster: ClusterModel, service: ServiceModel): KpaState {
  const settings = kpaSettings(cluster) as KpaSettings;
  const spec = kpaSpec(settings);
  const { start } = model.scenario.clock;
  const averaging = cluster.strategy.kpa?.averaging ?? 'linear';
  const rate = totalRateAt(service.curves, 0);
  let stable = averageWindow(averaging, settings.stableWindow);
  let panic = averageWindow(averaging, panicWindow(settings));
  const load = steadyLoad(settings, rate, service);
  for (let at = -settings.stableWindow; at < 0; at += KPA_SCRAPE) {
    stable = withRecord(stable, start + at, load);
    panic = withRecord(panic, start + at, load);
  }
  return {
    settings,
    spec,
    epoch: start,
    draws: model.stream(`kpa/${service.service.name}`),
    stable,
    panic,
    // It has known the revision for long: no panic.
    memory: kpaMemory(spec, 0, start),
    revision: {
      state: 'active',
      since: rate > 0 ? LONG_AGO : 0,
      initialized: rate > 0,
      proxySince: null,
      activatorAnswers: false,
    },
    desired: null,
    excessBurst: 0,
    seen: { at: 0, inSystem: 0, offered: 0 },
    proxied: false,
    poke: Number.POSITIVE_INFINITY,
  };
}

/** The requests' statistics are about to begin anew: totals go on from where they are. */
export function carryTotals({ seen }: KpaState, { plane }: ServiceModel): void {
  seen.inSystem -= plane.integrals[IN_SYSTEM];
  seen.offered -= plane.counts[OFFERED] - plane.inFlight();
}
