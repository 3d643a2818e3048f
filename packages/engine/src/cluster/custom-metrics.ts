/**
 * The adapter in front of the custom and external metrics APIs: each metric is collected on a clock
 * of its own, and at a reconcile the adapter answers with what the samples of a window say that
 * ended some delay ago.
 *
 *   scrape every `resolution` ─► samples ─► (now − delay − window, now − delay] ─► rate or mean
 *
 * @source kubernetes-sigs/prometheus-adapter pkg/custom-provider/provider.go (the query is made
 * when the HPA asks; a value is cut to whole thousandths).
 */
import { assert } from '../kernel/assert.ts';
import type { ClusterModel, Model } from '../model.ts';
import { DEFAULT_HPA } from '../scaling/default-hpa.ts';
import { withDefaults } from '../scaling/hpa-defaults.ts';
import { type HpaReading, type HpaSamples, hpaSamples } from '../scaling/hpa-observation.ts';
import type { HpaMetricSpec } from '../scaling/hpa-spec.ts';
import type { CustomMetricSpec } from '../scenario/schema.ts';
import { totalRateAt } from '../traffic/rate.ts';
import {
  counterRate,
  type Found,
  gaugeMean,
  noSeries,
  record,
  type Series,
} from './counter-rate.ts';
import { CUSTOM_MEASURES, type CustomMeasure, type Measured } from './custom-measures.ts';
import type { Deployment, Pod } from './world.ts';

/** One metric with its clock, µs, and whose HPAs read it. */
export interface Adapter {
  readonly spec: CustomMetricSpec;
  readonly measure: CustomMeasure;
  readonly phase: number;
  readonly feeds: CustomFeed[];
}

/** One metric of one HPA: a series per pod, or one of a service. */
export interface CustomFeed {
  readonly adapter: Adapter;
  readonly deployment: Deployment;
  readonly pods: Map<Pod, Series> | null;
  readonly service: { readonly measured: Measured; readonly series: Series };
  /** Of a Pods metric, refilled at every reconcile. */
  samples: HpaSamples;
}

/** Resource metrics come through metrics-server. */
function isCustom({ type }: HpaMetricSpec): boolean {
  return type !== 'Resource' && type !== 'ContainerResource';
}

/** Adapters of the metrics that some HPA reads; a deployment whose HPA does gets its feeds. */
export function createAdapters(
  { model, cluster }: { readonly model: Model; readonly cluster: ClusterModel },
  deployments: readonly Deployment[],
  phase: (loop: string, period: number) => number,
): { readonly adapters: readonly Adapter[]; readonly measured: readonly Measured[] } {
  const adapters = new Map<string, Adapter>();
  const measured = model.services.map((service) => ({ model: service, arrivedBefore: 0 }));
  const { autoscaler } = cluster.strategy;
  if (autoscaler !== 'hpa' && autoscaler !== 'predictive') return { adapters: [], measured };
  for (const deployment of deployments) {
    const { service } = deployment.model;
    const { metrics } = withDefaults(service.hpa ?? DEFAULT_HPA);
    const feeds = metrics.map((metric) => {
      const spec = cluster.metrics.custom?.[metric.name];
      if (!isCustom(metric) || spec === undefined) return null;
      const adapter = adapters.get(metric.name) ?? {
        spec,
        measure: CUSTOM_MEASURES[spec.measure],
        phase: phase(`adapter/${metric.name}`, spec.resolution),
        feeds: [],
      };
      adapters.set(metric.name, adapter);
      const name = spec.service ?? service.name;
      const source = measured.find((one) => one.model.service.name === name);
      assert(source !== undefined, `metric ${metric.name}: no service ${name}`);
      const feed = {
        adapter,
        deployment,
        pods: metric.type === 'Pods' ? new Map<Pod, Series>() : null,
        service: { measured: source, series: noSeries() },
        samples: hpaSamples(deployment.view.pods.phase.length),
      };
      adapter.feeds.push(feed);
      return feed;
    });
    if (feeds.some((feed) => feed !== null)) deployment.feeds = feeds;
  }
  return { adapters: [...adapters.values()], measured };
}

/** The samples before time 0, as if the load of that instant had always been there. */
export function recallSamples({ spec, measure, phase, feeds }: Adapter): void {
  const times: number[] = [];
  const oldest = -(spec.delay + spec.window);
  for (let at = phase - spec.resolution; at > oldest; at -= spec.resolution) times.unshift(at);
  for (const { deployment, pods, service } of feeds) {
    const model = pods === null ? service.measured.model : deployment.model;
    const all = measure.steady(totalRateAt(model.curves, 0), model);
    const standing = deployment.pods.filter(({ state }) => state === 'ready');
    const own = pods === null ? [service.series] : standing.map((pod) => seriesOf(pods, pod));
    for (const series of own) {
      const share = all / own.length;
      for (const at of times) {
        const value = measure.kind === 'counter' ? share * at * 1e-6 : share;
        record(series, at, value, oldest);
      }
    }
  }
}

function seriesOf(pods: Map<Pod, Series>, pod: Pod): Series {
  const series = pods.get(pod) ?? noSeries();
  pods.set(pod, series);
  return series;
}

/** The adapter's turn: a sample of everything that answers. A pod does once its app is up. */
export function collectSamples({ spec, measure, feeds }: Adapter, now: number): void {
  const before = now - spec.delay - spec.window;
  for (const { deployment, pods, service } of feeds) {
    if (pods === null) {
      record(service.series, now, measure.ofService(service.measured, now), before);
      continue;
    }
    for (const pod of pods.keys()) if (pod.state === 'gone') pods.delete(pod);
    for (const pod of deployment.pods) {
      if (measure.ofPod === null || (pod.life.appUp ?? Number.POSITIVE_INFINITY) > now) continue;
      const value = measure.ofPod(deployment.model, pod.column, now);
      record(seriesOf(pods, pod), now, value, before);
    }
  }
}

function query({ spec, measure }: Adapter, series: Series, now: number): Found | null {
  const end = now - spec.delay;
  const range = { start: end - spec.window, end };
  return measure.kind === 'counter' ? counterRate(series, range) : gaugeMean(series, range);
}

/** Whole thousandths, cut off; a sum of doubles that is 1e-6 short of one is that one. */
function milli(value: number): number {
  return Math.max(0, Math.floor(value * 1000 + 1e-6));
}

/** What the HPA is told of a metric that is not the CPU, and when that was measured. */
export interface CustomReading {
  readonly reading: HpaReading;
  readonly sampled: { readonly oldest: number; readonly newest: number } | null;
}

/** @param rows the pods of the observation, in its order. */
export function readCustom(feed: CustomFeed, rows: readonly Pod[], now: number): CustomReading {
  const { adapter, pods, service } = feed;
  if (pods === null) {
    const found = query(adapter, service.series, now);
    if (found === null) return { reading: { kind: 'failed' }, sampled: null };
    const { newest } = found;
    const reading = { kind: 'values', values: [milli(found.value)] } as const;
    return { reading, sampled: { oldest: newest, newest } };
  }
  if (rows.length > feed.samples.value.length) feed.samples = hpaSamples(rows.length * 2);
  const { samples } = feed;
  let oldest = Number.POSITIVE_INFINITY;
  let newest = Number.NEGATIVE_INFINITY;
  rows.forEach((pod, row) => {
    const series = pods.get(pod);
    const found = series === undefined ? null : query(adapter, series, now);
    samples.value[row] = found === null ? Number.NaN : milli(found.value);
    if (found === null) return;
    oldest = Math.min(oldest, found.newest);
    newest = Math.max(newest, found.newest);
  });
  const reading = { kind: 'samples', samples } as const;
  return { reading, sampled: newest < oldest ? null : { oldest, newest } };
}
