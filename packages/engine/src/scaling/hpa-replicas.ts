/**
 * One per-pod metric → a number of replicas: ratio of the ready pods to the target, tolerance,
 * and the worst case for pods whose load is unknown. Missing pods are taken to use all of their
 * request when fewer replicas are asked for, nothing when more are; unready pods nothing when more
 * are asked for, and do not count otherwise. If that worst case cancels the change, nothing is
 * done.
 *
 * Invariant: the proposal replaces the replica count; it is based on the pods that count, not on
 * the current replicas.
 *
 * @source Kubernetes, pkg/controller/podautoscaler/replica_calculator.go, master of August 2026.
 */
import type { HpaController } from './hpa-controller.ts';
import { averageOf, type ExactSum, percentOf } from './hpa-exact.ts';
import type { HpaObservation, HpaSamples } from './hpa-observation.ts';
import { type Tally, tally } from './hpa-pods.ts';
import { releaseOf } from './hpa-release.ts';
import type { HpaMetricSpec, HpaSpec, HpaTarget } from './hpa-spec.ts';

/** Why a metric gives no proposal. */
export type HpaMetricError =
  | 'failed' // no reading
  | 'no-pods'
  | 'no-usable-samples' // every pod with a sample is unready or ignored
  | 'no-resource-request' // some container has no request of the resource
  | 'zero-requests'
  | 'invalid-target'; // this type of metric takes no such target

/** Why the proposal is what it is. */
export type HpaBasis =
  | 'ratio'
  | 'tolerance' // so close to the target that the current replicas are kept
  | 'unknown-pods'; // outside of the tolerance, but the worst case for unknown pods cancels it

/** One metric of one reconcile, as far as it explains the decision. */
export interface HpaMetricResult {
  readonly type: HpaMetricSpec['type'];
  readonly name: string;
  /** null = the metric is valid. */
  readonly error: HpaMetricError | null;
  /** Replicas before stabilization, policies and bounds; 0 with an error. */
  readonly proposal: number;
  readonly basis: HpaBasis;
  /** Measured ÷ target, of the pods that count as ready; NaN with an error. */
  readonly ratio: number;
  readonly ready: number;
  readonly unready: number;
  readonly missing: number;
  readonly ignored: number;
  /** Integer percent of the requests; null = not a utilization. */
  readonly averageUtilization: number | null;
  /** Milli-units per pod. */
  readonly averageValue: number | null;
  /** Milli-units. */
  readonly value: number | null;
  /** When the ready pods' samples were taken, µs; null = not known (cpu alone has such times). */
  readonly sampled: { readonly oldest: number; readonly newest: number } | null;
}

export interface Tolerances {
  readonly down: number;
  readonly up: number;
  /** Compared as a distance from 1, not as two edges; then `down` and `up` are equal. */
  readonly distance: boolean;
}

export function tolerancesOf({ behavior }: HpaSpec, controller: HpaController): Tolerances {
  const { tolerance } = controller;
  if (releaseOf(controller).toleranceIsDistance) {
    return { down: tolerance, up: tolerance, distance: true };
  }
  return {
    down: behavior?.scaleDown.tolerance ?? tolerance,
    up: behavior?.scaleUp.tolerance ?? tolerance,
    distance: false,
  };
}

/** Both edges belong to it. NaN does not. */
export function isWithin({ down, up, distance }: Tolerances, ratio: number): boolean {
  if (distance) return Math.abs(1 - ratio) <= up;
  return 1 - down <= ratio && ratio <= 1 + up;
}

const REPLICAS_MAX = 2 ** 31 - 1;

export function ceilReplicas(replicas: number): number {
  return Math.min(Math.ceil(replicas), REPLICAS_MAX);
}

const EMPTY = {
  proposal: 0,
  basis: 'ratio',
  ratio: Number.NaN,
  ready: 0,
  unready: 0,
  missing: 0,
  ignored: 0,
  averageUtilization: null,
  averageValue: null,
  value: null,
  sampled: null,
} as const;

export function invalidMetric(metric: HpaMetricSpec, error: HpaMetricError): HpaMetricResult {
  return { type: metric.type, name: metric.name, error, ...EMPTY };
}

/** Resource, ContainerResource and Pods metrics. */
export function perPodProposal(
  metric: HpaMetricSpec,
  samples: HpaSamples,
  observation: HpaObservation,
  controller: HpaController,
  tolerances: Tolerances,
): HpaMetricResult {
  const { pods, now } = observation;
  const { type, name, target } = metric;
  if (target.type === 'Value' || (target.type === 'Utilization' && type === 'Pods')) {
    return invalidMetric(metric, 'invalid-target');
  }
  if (pods.count === 0) return invalidMetric(metric, 'no-pods');
  const assumed = target.type === 'Utilization' ? Math.max(100, target.averageUtilization) : null;
  const cpu = type !== 'Pods' && name === 'cpu';
  const counts = tally(pods, samples, cpu, assumed, controller, now);
  if (counts.ready + samples.others.length === 0) return invalidMetric(metric, 'no-usable-samples');
  if (counts.requestUnknown) return invalidMetric(metric, 'no-resource-request');
  if (target.type === 'Utilization' && counts.requested.isZero()) {
    return invalidMetric(metric, 'zero-requests');
  }
  const load =
    target.type === 'Utilization'
      ? utilizationLoad(counts, samples, target.averageUtilization)
      : averageLoad(counts, samples, target.averageValue);
  const { proposal, basis } = replicasFor(
    load,
    counts,
    target,
    observation.specReplicas,
    tolerances,
  );
  return {
    type,
    name,
    error: null,
    proposal,
    basis,
    ratio: load.ratio,
    ready: counts.ready,
    unready: counts.unready,
    missing: counts.missing,
    ignored: counts.ignored,
    averageUtilization: load.averageUtilization,
    averageValue: load.averageValue,
    value: null,
    sampled: cpu && counts.ready > 0 ? { oldest: counts.oldest, newest: counts.newest } : null,
  };
}

/** Those that are set for each pod. */
type PodTarget = Exclude<HpaTarget, { readonly type: 'Value' }>;

/** The ready pods' load against the target. */
interface Load {
  readonly ratio: number;
  readonly averageUtilization: number | null;
  readonly averageValue: number;
  /** Number of samples in `ratio`, and their sum. */
  readonly samples: number;
  readonly used: ExactSum;
}

/** A ratio of sums; samples of pods that are not among the rows have no request: left out. */
function utilizationLoad(counts: Tally, { others }: HpaSamples, target: number): Load {
  const { used, requested, ready } = counts;
  const averageUtilization = percentOf(used, requested);
  return {
    ratio: averageUtilization / target,
    averageUtilization,
    averageValue: averageOf(used, ready),
    samples: ready + others.length,
    used,
  };
}

/** A mean over samples; those of pods that are not among the rows do count. */
function averageLoad(counts: Tally, { others }: HpaSamples, target: number): Load {
  const { used } = counts;
  for (const value of others) used.add(value);
  const samples = counts.ready + others.length;
  const averageValue = averageOf(used, samples);
  return { ratio: averageValue / target, averageUtilization: null, averageValue, samples, used };
}

/**
 * The ratio with the unknown pods added: missing ones at their worst, unready ones at nothing. They
 * are added to the sums of the load and the tally, which have been read by now.
 */
function worstRatio(
  { used, samples }: Load,
  counts: Tally,
  target: PodTarget,
  assumeUse: boolean,
  unready: boolean,
): number {
  if (target.type === 'Utilization') {
    const { requested } = counts;
    if (assumeUse) used.addSum(counts.missingAssumed);
    requested.addSum(counts.missingRequested);
    if (unready) requested.addSum(counts.unreadyRequested);
    return percentOf(used, requested) / target.averageUtilization;
  }
  for (let pod = 0; assumeUse && pod < counts.missing; pod++) used.add(target.averageValue);
  const all = samples + counts.missing + (unready ? counts.unready : 0);
  return averageOf(used, all) / target.averageValue;
}

interface Proposal {
  readonly proposal: number;
  readonly basis: HpaBasis;
}

function replicasFor(
  load: Load,
  counts: Tally,
  target: PodTarget,
  current: number,
  tolerances: Tolerances,
): Proposal {
  const { ratio } = load;
  const unready = counts.unready > 0 && ratio > 1;
  if (!unready && counts.missing === 0) {
    if (isWithin(tolerances, ratio)) return { proposal: current, basis: 'tolerance' };
    return { proposal: ceilReplicas(ratio * counts.ready), basis: 'ratio' };
  }
  const held: Proposal = {
    proposal: current,
    basis: isWithin(tolerances, ratio) ? 'tolerance' : 'unknown-pods',
  };
  // Exactly on target nothing is assumed of the missing pods, not even that they exist.
  if (ratio === 1) return held;
  const worst = worstRatio(load, counts, target, ratio < 1, unready);
  const reversed = (ratio < 1 && worst > 1) || (ratio > 1 && worst < 1);
  if (reversed || isWithin(tolerances, worst)) return held;
  const all = load.samples + counts.missing + (unready ? counts.unready : 0);
  const proposal = ceilReplicas(worst * all);
  if ((worst < 1 && proposal > current) || (worst > 1 && proposal < current)) return held;
  return { proposal, basis: 'ratio' };
}
