/**
 * Object and External metrics: one number for the whole target. A Value target compares it as it is
 * and multiplies the ready pods; an AverageValue target divides it by the replicas that the
 * workload reports (status.replicas), without regard to readiness.
 *
 * @source Kubernetes, pkg/controller/podautoscaler/replica_calculator.go, master of August 2026.
 */
import { ExactSum } from './hpa-exact.ts';
import { type HpaObservation, type HpaPods, PHASE, READY } from './hpa-observation.ts';
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
  tolerances: Tolerances,
): HpaMetricResult {
  if (values.length === 0) return invalidMetric(metric, 'failed');
  const sum = new ExactSum();
  for (const value of values) sum.add(value);
  const usage = sum.toNumber();
  switch (metric.target.type) {
    case 'Value':
      return valueProposal(metric, usage, metric.target.value, observation, tolerances);
    case 'AverageValue':
      return averageProposal(metric, usage, metric.target.averageValue, observation, tolerances);
    default:
      return invalidMetric(metric, 'invalid-target');
  }
}

function valueProposal(
  metric: HpaMetricSpec,
  usage: number,
  target: number,
  { specReplicas, pods }: HpaObservation,
  tolerances: Tolerances,
): HpaMetricResult {
  const ratio = usage / target;
  const common = { ...invalidMetric(metric, 'no-pods'), error: null, ratio, value: usage };
  if (specReplicas === 0) return { ...common, proposal: ceilReplicas(ratio) };
  const ready = readyRunning(pods);
  if (isWithin(tolerances, ratio)) {
    return { ...common, proposal: specReplicas, basis: 'tolerance', ready };
  }
  if (pods.count === 0) return invalidMetric(metric, 'no-pods');
  return { ...common, proposal: ceilReplicas(ratio * ready), ready };
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
  metric: HpaMetricSpec,
  usage: number,
  target: number,
  { statusReplicas }: HpaObservation,
  tolerances: Tolerances,
): HpaMetricResult {
  const ratio = usage / (target * statusReplicas);
  const within = isWithin(tolerances, ratio);
  return {
    ...invalidMetric(metric, 'no-pods'),
    error: null,
    ratio,
    proposal: within ? statusReplicas : ceilReplicas(usage / target),
    basis: within ? 'tolerance' : 'ratio',
    averageValue: statusReplicas === 0 ? 0 : Math.ceil(usage / statusReplicas),
  };
}
