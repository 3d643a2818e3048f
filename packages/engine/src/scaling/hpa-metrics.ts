/**
 * Several metrics → one proposal: each is computed by itself, the largest valid one wins. An
 * invalid metric blocks a scale-down, never a scale-up; if all are invalid there is no proposal.
 *
 * @source Kubernetes, pkg/controller/podautoscaler/horizontal.go, master of August 2026.
 */
import { assert } from '../kernel/assert.ts';
import type { HpaController } from './hpa-controller.ts';
import type { HpaObservation } from './hpa-observation.ts';
import {
  type HpaMetricResult,
  invalidMetric,
  perPodProposal,
  type Tolerances,
  tolerancesOf,
} from './hpa-replicas.ts';
import { signalProposal } from './hpa-signals.ts';
import type { HpaMetricSpec, HpaSpec } from './hpa-spec.ts';

export interface Evaluation {
  /** null = no scaling: all metrics are invalid, or an invalid one blocks the scale-down. */
  readonly proposal: number | null;
  /** Of `metrics`: the one that decided; if `proposal` is null, the first invalid one. */
  readonly decisive: HpaMetricResult;
  /** Some metric is invalid: the reconcile reports an error even if it scales. */
  readonly error: boolean;
  /** In the order of the spec. */
  readonly metrics: readonly HpaMetricResult[];
}

/** A spec has metrics: one without has got its default before (hpa-defaults.ts). */
export function evaluateMetrics(
  spec: HpaSpec,
  controller: HpaController,
  observation: HpaObservation,
): Evaluation {
  const tolerances = tolerancesOf(spec, controller);
  const metrics: HpaMetricResult[] = [];
  let best: HpaMetricResult | undefined;
  let firstInvalid: HpaMetricResult | undefined;
  for (let i = 0; i < spec.metrics.length; i++) {
    const metric = metricProposal(spec.metrics[i], i, controller, observation, tolerances);
    metrics.push(metric);
    if (metric.error !== null) firstInvalid ??= metric;
    else if (best === undefined || best.proposal === 0 || metric.proposal > best.proposal) {
      best = metric;
    }
  }
  const error = firstInvalid !== undefined;
  const highest = best?.proposal ?? Number.NEGATIVE_INFINITY;
  if (firstInvalid !== undefined && highest < observation.specReplicas) {
    return { proposal: null, decisive: firstInvalid, error, metrics };
  }
  assert(best !== undefined, 'an HPA has a metric: the default one if none is given');
  return { proposal: best.proposal, decisive: best, error, metrics };
}

export function metricProposal(
  metric: HpaMetricSpec,
  index: number,
  controller: HpaController,
  observation: HpaObservation,
  tolerances: Tolerances,
): HpaMetricResult {
  const reading = observation.readings[index];
  if (reading === undefined || reading.kind === 'failed') return invalidMetric(metric, 'failed');
  const signal = metric.type === 'Object' || metric.type === 'External';
  if (signal !== (reading.kind === 'values')) return invalidMetric(metric, 'failed');
  return reading.kind === 'values'
    ? signalProposal(metric, reading.values, observation, controller, tolerances)
    : perPodProposal(metric, reading.samples, observation, controller, tolerances);
}
