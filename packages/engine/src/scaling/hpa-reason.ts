/**
 * Why a decision is what it is, as one message for people (texts: hpa-messages.ts). The first rule
 * that applies speaks: what limited the change, else what held it back, else the metric itself.
 *
 * Keys ending in `-value` are for metrics that are not a utilization.
 */
import type { Message } from '../outcome.ts';
import type { HpaController } from './hpa-controller.ts';
import type { Limited } from './hpa-limits.ts';
import type { Evaluation } from './hpa-metrics.ts';
import type { HpaMetricResult } from './hpa-replicas.ts';
import type { HpaSpec, HpaTarget } from './hpa-spec.ts';
import { type Stabilized, stabilizationWindows } from './hpa-stabilize.ts';

export interface DecisionFacts {
  readonly current: number;
  readonly desired: number;
  readonly proposal: number;
  readonly stable: Stabilized;
  readonly limited: Limited;
  /** The metric with the largest proposal. */
  readonly metric: HpaMetricResult;
  /** Of that metric: another one may have the same name. */
  readonly target: HpaTarget;
}

type Params = Record<string, string | number>;

export function disabledReason(): Message {
  return { key: 'hpa.disabled', params: {} };
}

/** Outside of the bounds: no metric was asked. */
export function boundReason(from: number, to: number): Message {
  return { key: from > to ? 'hpa.above-max' : 'hpa.below-min', params: { from, to } };
}

export function failedReason({ decisive, metrics }: Evaluation, replicas: number): Message {
  const metric = decisive.name;
  let highest = -1;
  for (const { error, proposal } of metrics) {
    if (error === null) highest = Math.max(highest, proposal);
  }
  if (highest >= 0) {
    return { key: 'hpa.blocked', params: { metric, replicas, proposal: highest } };
  }
  return { key: FAILURES[decisive.error ?? 'failed'], params: { metric, replicas } };
}

const FAILURES = {
  failed: 'hpa.no-metrics',
  'no-pods': 'hpa.no-pods',
  'no-usable-samples': 'hpa.no-ready-pods',
  'no-resource-request': 'hpa.no-resource-request',
  'zero-requests': 'hpa.no-resource-request',
  'invalid-target': 'hpa.invalid-target',
} as const;

export function metricsReason(
  spec: HpaSpec,
  controller: HpaController,
  facts: DecisionFacts,
): Message {
  const { current, desired, proposal, stable, metric, target } = facts;
  const key = keyOf(facts);
  const params: Params = {
    metric: metric.name,
    ready: metric.ready,
    unready: metric.unready,
    missing: metric.missing,
    proposal,
    stabilized: stable.replicas,
    from: current,
    to: desired,
  };
  if (stable.reason !== 'ReadyForNewScale') {
    const windows = stabilizationWindows(spec, controller);
    params.window = stable.reason === 'ScaleUpStabilized' ? windows.up : windows.down;
  }
  if (metric.averageUtilization !== null) {
    params.utilization = metric.averageUtilization / 100;
    params.target = amountOf(target) / 100;
    return { key, params };
  }
  // Text, so that no unit is put on it: it may be bytes, requests or messages.
  params.value = String((metric.averageValue ?? metric.value ?? 0) / 1000);
  params.target = String(amountOf(target) / 1000);
  return { key: `${key}-value`, params };
}

/** Percent or milli-units. */
function amountOf(target: HpaTarget): number {
  if (target.type === 'Utilization') return target.averageUtilization;
  return target.type === 'AverageValue' ? target.averageValue : target.value;
}

function keyOf(facts: DecisionFacts): string {
  const { current, desired, proposal, metric } = facts;
  const limited = limitedKey(facts);
  if (limited !== null) return limited;
  if (desired !== proposal) {
    if (desired < current) return 'hpa.scaled-down-stabilized';
    if (desired === current) return 'hpa.stabilized';
    // Without `behavior` the window's largest proposal may ask for more than the metrics do now.
    return proposal < desired ? 'hpa.scaled-up-remembered' : 'hpa.scaled-up-stabilized';
  }
  if (desired > current) return 'hpa.scaled-up';
  if (desired < current) return 'hpa.scaled-down';
  if (metric.basis === 'tolerance') return 'hpa.within-tolerance';
  return metric.basis === 'unknown-pods' ? 'hpa.unknown-pods' : 'hpa.steady';
}

/** null = nothing limited what the metrics ask for now; limits of older proposals are no cause. */
function limitedKey({ current, desired, proposal, limited }: DecisionFacts): string | null {
  const changed = desired !== current;
  if (proposal > desired) {
    if (limited.reason === 'TooManyReplicas') return changed ? 'hpa.scaled-to-max' : 'hpa.at-max';
    if (limited.reason === 'ScaleUpLimit') {
      return changed ? 'hpa.scaled-up-limited' : 'hpa.limited-by-policy';
    }
  } else if (proposal < desired) {
    if (limited.reason === 'TooFewReplicas') return changed ? 'hpa.scaled-to-min' : 'hpa.at-min';
    if (limited.reason === 'ScaleDownLimit') {
      return changed ? 'hpa.scaled-down-limited' : 'hpa.limited-by-policy';
    }
  }
  return null;
}
