/**
 * Object and External metrics: one number for the whole target. A Value target compares it as it is
 * and multiplies the ready pods; an AverageValue target divides it by the replicas that the
 * workload reports (status.replicas), without regard to readiness.
 *
 * @source Kubernetes, pkg/controller/podautoscaler/replica_calculator.go, master of August 2026.
 */
import type { HpaController } from './hpa-controller.ts';
import { ExactSum } from './hpa-exact.ts';
import { type HpaObservation, type HpaPods, PHASE, READY } from './hpa-observation.ts';
import { type HpaRelease, releaseOf } from './hpa-release.ts';
import {
  ceilReplicas,
  type HpaMetricResult,
  invalidMetric,
  isWithin,
  type Tolerances,
} from './hpa-replicas.ts';
import type { HpaMetricSpec } from './hpa-spec.ts';

export function signalProposal(
  metric: HpaMetricSpec,
  values: readonly number[],
  observation: HpaObservation,
  controller: HpaController,
  tolerances: Tolerances,
): HpaMetricResult {
  if (values.length === 0) return invalidMetric(metric, 'failed');
  const release = releaseOf(controller);
  const sum = new ExactSum();
  for (const value of values) sum.add(value);
  const signal = { metric, usage: integerSum(sum, release), release, tolerances };
  switch (metric.target.type) {
    case 'Value':
      return valueProposal(signal, metric.target.value, observation);
    case 'AverageValue':
      return averageProposal(signal, metric.target.averageValue, observation);
    default:
      return invalidMetric(metric, 'invalid-target');
  }
}

interface Signal {
  readonly metric: HpaMetricSpec;
  /** Milli-units. */
  readonly usage: number;
  readonly release: HpaRelease;
  readonly tolerances: Tolerances;
}

function valueProposal(
  { metric, usage, release, tolerances }: Signal,
  target: number,
  { specReplicas, pods }: HpaObservation,
): HpaMetricResult {
  const ratio = usage / target;
  const common = { ...invalidMetric(metric, 'no-pods'), error: null, ratio, value: usage };
  if (specReplicas === 0) return { ...common, proposal: replicasOf(ratio, release) };
  const ready = readyRunning(pods);
  if (isWithin(tolerances, ratio)) {
    return { ...common, proposal: specReplicas, basis: 'tolerance', ready };
  }
  if (pods.count === 0) return invalidMetric(metric, 'no-pods');
  return { ...common, proposal: replicasOf(ratio * ready, release), ready };
}

/** Terminating pods count too. */
function readyRunning({ count, phase, ready }: HpaPods): number {
  let sum = 0;
  for (let pod = 0; pod < count; pod++) {
    if (phase[pod] === PHASE.running && ready[pod] === READY.true) sum += 1;
  }
  return sum;
}

function averageProposal(
  { metric, usage, release, tolerances }: Signal,
  target: number,
  { statusReplicas }: HpaObservation,
): HpaMetricResult {
  const ratio = usage / (target * statusReplicas);
  const within = isWithin(tolerances, ratio);
  return {
    ...invalidMetric(metric, 'no-pods'),
    error: null,
    ratio,
    proposal: within ? statusReplicas : replicasOf(usage / target, release),
    basis: within ? 'tolerance' : 'ratio',
    averageValue: perReplica(usage, statusReplicas, release),
  };
}

const INT64_END = 2 ** 63;
const INT64_LEAST = -INT64_END;
const INT32_END = 2 ** 31;
const INT32_LEAST = -INT32_END;

/** The sum as a signed 64-bit integer, to the nearest double. */
function integerSum(sum: ExactSum, { integersOverflow }: HpaRelease): number {
  if (!integersOverflow) return Math.min(sum.toNumber(), INT64_END);
  return Number(BigInt.asIntN(64, sum.toBigInt()));
}

function replicasOf(replicas: number, { integersOverflow }: HpaRelease): number {
  if (!integersOverflow) return ceilReplicas(replicas);
  const whole = Math.ceil(replicas);
  // amd64 has one answer to whatever does not fit.
  return whole >= INT32_LEAST && whole < INT32_END ? whole : INT32_LEAST;
}

function perReplica(usage: number, replicas: number, { integersOverflow }: HpaRelease): number {
  if (integersOverflow) return replicas === 0 ? INT64_LEAST : Math.ceil(usage / replicas);
  if (usage >= INT64_END) return INT64_END;
  return replicas === 0 ? 0 : Math.ceil(usage / replicas);
}
