/** Checks that need the whole scenario: CPU of the slots, HPA requests, names, thresholds, size. */
import { MEASURES, type MeasureUnit } from '../measures.ts';
import { expectedArrivals } from '../traffic/rate.ts';
import { requestsPerRequest } from './calls.ts';
import { type Facts, listed } from './diagnostics.ts';
import { type CheckContext, placeOf } from './draft.ts';
import { formatDuration } from './durations.ts';
import type { Manifests } from './manifests.ts';
import { plannedCurve } from './planned-load.ts';
import type { Load, Service, Threshold } from './scenario.ts';
import { meanServiceTime } from './services.ts';
import { nodeAt } from './source.ts';
import { didYouMean } from './suggest.ts';
import { isMeasure, readThreshold, THRESHOLD_FORMS } from './threshold-text.ts';

/** What a threshold holds a measure of the unit against. */
const AMOUNTS: Readonly<Record<MeasureUnit, string>> = {
  duration: 'a duration',
  share: 'a share',
  count: 'a number',
  coreHours: 'a number of core-hours',
  money: 'an amount of money',
};

/** Relative rounding that a slot may hide in. */
const EPSILON = 1e-9;

/**
 * Slots work at full speed: if they together need more than the pod's limit, they would serve
 * with CPU that does not exist. Requests that share the processor cannot. A slot in service uses
 * cpuPerRequest ÷ mean service time of a core.
 */
export function checkCpuOfSlots(services: readonly Service[], context: CheckContext): void {
  if (!(context.draft.strategies ?? []).some((s) => s?.kind === 'kubernetes')) return;
  for (const service of services) {
    const { cpuLimit } = service.workload;
    // What has a fixed size does not run on the pods' CPU.
    if (cpuLimit === null || service.fixed !== undefined) continue;
    if (service.sharing === 'processor') continue;
    const perSlot = (service.cpuPerRequest / meanServiceTime(service)) * 1000;
    const slots = service.concurrency ?? 1;
    if (slots * perSlot <= cpuLimit * (1 + EPSILON)) continue;
    const most = Math.floor((cpuLimit / perSlot) * (1 + EPSILON));
    const key = service.concurrency === undefined ? 'cpuPerRequest' : 'concurrency';
    const [noun, verb] = slots === 1 ? ['slot', 'needs'] : ['slots', 'need'];
    const problem = `${slots} busy ${noun} of ${service.name} ${verb} more CPU than the pod’s limit`;
    context.reporter.report(
      'E_CPU_OVERCOMMIT',
      placeOf(context.root, ['services', service.name, key]),
      {
        problem,
        got: `${slots} × ${Math.ceil(perSlot)}m = ${Math.ceil(slots * perSlot)}m, limit ${cpuLimit}m`,
        ...(most >= 1
          ? { allowed: `concurrency up to ${most}` }
          : { hint: `raise the CPU limit of its Deployment to ${Math.ceil(perSlot)}m or more` }),
      },
    );
  }
}

/** A CPU utilization target is a share of the request: every container needs one. */
export function checkHpaRequests(manifests: Manifests, context: CheckContext): void {
  const { draft, reporter } = context;
  const scales = (draft.strategies ?? []).some(
    (s) => s?.kind === 'kubernetes' && (s.autoscaler === 'hpa' || s.autoscaler === 'predictive'),
  );
  if (!scales || !manifests.complete) return;
  for (const [name, deployment] of manifests.deployments) {
    if (deployment.requestsCpu || !targetsShare(name, manifests)) continue;
    const problem = `a container of ${name} has no CPU request, and its HPA targets CPU utilization`;
    reporter.report('E_HPA_REQUEST', { at: deployment.at, path: [] }, { problem });
  }
}

/** A metric of one container is that of the pod where the pod has no other. */
export function checkHpaContainers(
  { deployments, hpas, complete }: Manifests,
  { reporter }: CheckContext,
): void {
  if (!complete) return;
  for (const [name, { spec, at }] of hpas) {
    const { containers } = deployments.get(name) ?? {};
    for (const { type, container = '' } of spec.metrics ?? []) {
      if (type !== 'ContainerResource' || containers === undefined) continue;
      if (!containers.includes(container)) {
        const problem = `the HPA of ${name} measures a container ${container} that its pods do not have`;
        const facts = {
          problem,
          allowed: listed(containers),
          ...didYouMean(container, containers),
        };
        reporter.report('E_REF', { at, path: [] }, facts);
      } else if (containers.length > 1) {
        const problem = `a ContainerResource metric on one of ${containers.length} containers: CPU is simulated for the pod as a whole`;
        const hint = 'use a Resource metric, or leave out the sidecars';
        reporter.report('E_UNSUPPORTED', { at, path: [] }, { problem, hint });
      }
    }
  }
}

function targetsShare(service: string, { hpas }: Manifests): boolean {
  const metrics = hpas.get(service)?.spec.metrics ?? [];
  return metrics.length === 0 || metrics.some(({ target }) => target.type === 'Utilization');
}

/** To the HPA a request that one container lacks is no request at all. */
export function withMissingRequests(manifests: Manifests): Manifests {
  const deployments = [...manifests.deployments].map(([name, deployment]) => {
    if (deployment.requestsCpu || !targetsShare(name, manifests))
      return [name, deployment] as const;
    const workload = { ...deployment.workload, cpuRequest: null };
    return [name, { ...deployment, workload }] as const;
  });
  return { ...manifests, deployments: new Map(deployments) };
}

/** After the warm-up there must be something to look at. */
export function checkWarmup({ draft, root, reporter }: CheckContext): void {
  const { duration, warmup } = draft.clock ?? {};
  if (duration === undefined || warmup === undefined || warmup < duration) return;
  reporter.report('E_RANGE', placeOf(root, ['clock', 'warmup']), {
    problem: 'the warm-up leaves nothing of the scenario',
    got: formatDuration(warmup),
    allowed: `below the duration, ${formatDuration(duration)}`,
  });
}

export function readBaseline(context: CheckContext): string | undefined {
  const { draft, root, reporter } = context;
  const names = strategyNames(context);
  if (draft.baseline === undefined) return names[0];
  if (names.includes(draft.baseline)) return draft.baseline;
  const facts = { problem: `there is no strategy ${draft.baseline}`, allowed: listed(names) };
  const place = placeOf(root, ['baseline']);
  reporter.report('E_REF', place, { ...facts, ...didYouMean(draft.baseline, names) });
  return undefined;
}

function strategyNames({ draft }: CheckContext): readonly string[] {
  return (draft.strategies ?? []).flatMap((strategy) => strategy?.name ?? []);
}

export function readThresholds(context: CheckContext): readonly (Threshold | undefined)[] {
  return (context.draft.thresholds ?? []).map((_, i) => readOne(i, context));
}

function readOne(index: number, context: CheckContext): Threshold | undefined {
  const { draft, root, reporter } = context;
  const path = ['thresholds', index];
  const { measure, is, strategy, level } = draft.thresholds?.[index] ?? {};
  const names = strategyNames(context);
  const checkName = (name: string | undefined, key: string): boolean => {
    if (name === undefined || names.includes(name)) return true;
    const facts: Facts = { problem: `there is no strategy ${name}`, allowed: listed(names) };
    const place = placeOf(root, [...path, key]);
    reporter.report('E_REF', place, { ...facts, ...didYouMean(name, names) });
    return false;
  };
  const isKnown = checkName(strategy, 'strategy');
  if (measure === undefined || is === undefined || level === undefined) return undefined;
  if (!isMeasure(measure)) {
    const measures = Object.keys(MEASURES);
    const facts = { got: measure, allowed: measures.join(', '), ...didYouMean(measure, measures) };
    reporter.report('E_ENUM', placeOf(root, [...path, 'measure']), facts);
    return undefined;
  }
  const reading = readThreshold(measure, is);
  if (!('value' in reading)) {
    const { code, problem, hint } = reading;
    const { unit } = MEASURES[measure];
    const facts = { ...(problem ? { problem } : {}), ...(hint ? { hint } : {}) };
    const allowed = `${AMOUNTS[unit]}, as in ${THRESHOLD_FORMS}`;
    reporter.report(code, placeOf(root, [...path, 'is']), { got: is, allowed, ...facts });
    return undefined;
  }
  if (!checkName(reading.value.relativeTo, 'is') || !isKnown) return undefined;
  const head = { measure, is, level, ...reading.value };
  return strategy === undefined ? head : { ...head, strategy };
}

/** Requests that a comparison would simulate, calls included, against what may be asked for. */
export function checkBudget(
  loads: readonly Load[],
  services: readonly Service[],
  most: number,
  context: CheckContext,
): void {
  const { draft, root, reporter } = context;
  const duration = draft.clock?.duration;
  const strategies = draft.strategies?.length ?? 0;
  const replications = draft.replications ?? 0;
  if (duration === undefined) return;
  const totals = requestsPerRequest(services);
  const counts = loads.map((load) => {
    // How often users send depends on services, which may be broken, or call in a circle.
    if (load.closed !== undefined && reporter.diagnostics.length > 0) return 0;
    const routes = Object.entries(load.route);
    const each = routes.reduce((sum, [name, share]) => sum + share * (totals.get(name) ?? 1), 0);
    return each * expectedArrivals(plannedCurve(load, services, duration));
  });
  const perRun = counts.reduce((sum, count) => sum + count, 0);
  const total = perRun * strategies * replications;
  // A load that was reported already counts NaN requests: there is nothing to add to that.
  if (!(total > most)) return;
  const worst = counts.indexOf(Math.max(...counts));
  const name = loads[worst]?.name;
  const index = (draft.load ?? []).findIndex((load) => load?.name === name);
  const path = ['load', Math.max(0, index)];
  reporter.report(
    'E_BUDGET',
    { at: nodeAt(root, path).node.at, path },
    {
      got: `${scientific(perRun)} requests × ${strategies} strategies × ${replications} replications = ${scientific(total)}`,
      allowed: scientific(most),
    },
  );
}

function scientific(value: number): string {
  return value < 1e6 ? String(Math.round(value)) : value.toExponential(1).replace('e+', 'e');
}
