/** How a strategy was provisioned, in words; and what a planner should know before the run. */
import type { NodePool, ServiceModel } from '../model.ts';
import type { Message } from '../outcome.ts';
import type { FleetSize } from '../queueing/sizing.ts';
import { DEFAULT_HPA } from '../scaling/default-hpa.ts';
import { cpuTargetOf } from '../scaling/hpa-cpu-target.ts';
import { withDefaults } from '../scaling/hpa-defaults.ts';
import { releaseOf } from '../scaling/hpa-release.ts';
import { mostUsers, plannedCurve } from '../scenario/planned-load.ts';
import type { KubernetesStrategy, Scenario, VmPeakStrategy } from '../scenario/scenario.ts';
import { dispersion, loadCurve } from '../traffic/index.ts';
import { expectedArrivals, peakRate } from '../traffic/rate.ts';
import { nodePools } from './node-pools.ts';
import { provisionerNotes } from './provisioner-notes.ts';
import { scalerNotes } from './scaler-notes.ts';
import { schedulingNotes } from './scheduling-notes.ts';

const MINUTE = 60e6;

/** `size` is a number when the scenario gives the count; `peak` in requests/s is what it is for. */
export function fleetNote(
  strategy: VmPeakStrategy,
  model: ServiceModel,
  size: FleetSize | number,
  peak: number,
): Message {
  const service = model.service.name;
  const { type } = strategy.vm;
  if (typeof size === 'number')
    return { key: 'note.vm-count', params: { service, count: size, type } };
  return {
    key: 'note.vm-sizing',
    params: {
      service,
      type,
      count: size.machines,
      peak,
      headroom: strategy.headroom,
      slots: Math.floor(model.slots),
      waitTarget: size.waitBudget * 1e6,
      utilization: size.utilization,
    },
  };
}

/**
 * Loads that scatter otherwise than Poisson: how much, counted in windows of a minute. Closed ones:
 * what plans take their rate for.
 */
export function loadNotes({ load: loads, services, clock }: Scenario): Message[] {
  return loads.flatMap((load): Message[] => {
    if (load.closed !== undefined) {
      const peak = peakRate(plannedCurve(load, services, clock.duration));
      const params = { load: load.name, users: mostUsers(load.closed), peak };
      return [{ key: 'note.closed', params }];
    }
    if (load.process === undefined) return [];
    const seconds = clock.duration * 1e-6;
    const rate = expectedArrivals(loadCurve(load, clock.duration)) / seconds;
    const index = dispersion(load.process, { rate, window: MINUTE });
    const params = { load: load.name, process: load.process.kind, dispersion: index };
    return [{ key: 'note.process', params }];
  });
}

export function clusterNotes(
  scenario: Scenario,
  strategy: KubernetesStrategy,
  services: readonly ServiceModel[],
): Message[] {
  const scaled = services.filter(({ service }) => service.fixed === undefined);
  const notes =
    strategy.autoscaler === 'hpa'
      ? [
          ...scaled.map(hpaNote),
          ...scaled.flatMap((model) => customMetricNotes(scenario, model)),
          ...releaseNotes(scenario, scaled),
        ]
      : scaled.flatMap((model) => scalerNotes(strategy, model) ?? fixedNote(strategy, model));
  for (const floor of strategy.schedule) {
    notes.push({
      key: 'note.prescale',
      params: {
        service: floor.service ?? scaled.map((model) => model.service.name).join(', '),
        replicas: floor.minReplicas,
        at: floor.at,
        until: floor.until ?? scenario.clock.duration,
      },
    });
  }
  return [...notes, ...nodeNotes(scenario, strategy), ...schedulingNotes(strategy)];
}

/** Which nodes there are; one line per pool, where there are several. */
function nodeNotes(scenario: Scenario, strategy: KubernetesStrategy): Message[] {
  const { type, min, max, provisioner, pools: written, spot } = strategy.nodes;
  const pools = nodePools(scenario, strategy);
  const notes: Message[] =
    provisionerNotes(strategy, pools) ??
    (written === undefined
      ? [{ key: 'note.nodes', params: { type, min, max, provisioner } }]
      : pools.map((pool) => ({
          key: 'note.node-pool',
          params: { ...poolParams(pool), provisioner },
        })));
  const plans = pools.flatMap(({ offerings }) => offerings.map(({ plan }) => plan));
  if (spot === undefined && plans.includes('spot')) {
    notes.push({ key: 'note.spot-uninterrupted', params: {} });
  }
  return notes;
}

function poolParams({ name, min, max, offerings }: NodePool): Message['params'] {
  const distinct = (values: readonly string[]) => [...new Set(values)].join(', ');
  const zones = distinct(offerings.map(({ zone }) => zone));
  return {
    pool: name,
    min,
    max,
    types: distinct(offerings.map(({ type }) => type)),
    plan: distinct(offerings.map(({ plan }) => plan)),
    zone: zones === '' ? '' : ` (${zones})`,
  };
}

function fixedNote(strategy: KubernetesStrategy, { service }: ServiceModel): Message {
  const replicas = strategy.replicas ?? service.workload.replicas;
  return { key: 'note.fixed', params: { service: service.name, replicas } };
}

function hpaNote({ service }: ServiceModel): Message {
  const spec = withDefaults(service.hpa ?? DEFAULT_HPA);
  const { utilization, cores } = cpuTargetOf(spec);
  const params = { service: service.name, min: spec.minReplicas, max: spec.maxReplicas };
  if (utilization !== null) return { key: 'note.hpa', params: { ...params, target: utilization } };
  if (cores !== null) {
    // As a quantity: a thousandth of a core is the unit of the API.
    const cpu = `${Math.round(cores * 1000)}m`;
    return { key: 'note.hpa-value', params: { ...params, cpu } };
  }
  return { key: 'note.hpa-bounds', params };
}

/** What an HPA's custom metrics measure, and how late they are. */
function customMetricNotes({ metrics }: Scenario, { service }: ServiceModel): Message[] {
  const custom = metrics.custom ?? {};
  return (service.hpa?.metrics ?? []).flatMap(({ type, name }) => {
    const spec = type === 'Resource' || type === 'ContainerResource' ? undefined : custom[name];
    if (spec === undefined) return [];
    const { measure, window, delay, resolution } = spec;
    const scope = type === 'Pods' ? 'pods' : 'service';
    const of = scope === 'pods' ? service.name : (spec.service ?? service.name);
    const params = { metric: name, service: of, window, delay, resolution };
    return [{ key: `note.metric.${scope}.${measure}`, params }];
  });
}

/** What is to be known of an HPA that decides as an older release. */
function releaseNotes(
  { hpaController }: Scenario,
  services: readonly ServiceModel[],
): readonly Message[] {
  const { compat } = hpaController;
  if (compat === 'current') return [];
  const notes: Message[] = [{ key: 'note.hpa-compat', params: { release: compat } }];
  if (!releaseOf(hpaController).toleranceIsDistance) return notes;
  for (const { service } of services) {
    const { scaleUp, scaleDown } = service.hpa?.behavior ?? {};
    if (scaleUp?.tolerance === undefined && scaleDown?.tolerance === undefined) continue;
    const params = { service: service.name, release: compat };
    notes.push({ key: 'note.hpa-tolerance-ignored', params });
  }
  return notes;
}
