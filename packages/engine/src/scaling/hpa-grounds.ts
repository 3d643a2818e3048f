/** What a decision of the HPA rests on, as the ledger keeps it: shares, whole units and µs. */
import { MICROSECONDS_PER_SECOND } from '../kernel/units.ts';
import type { Grounds, MetricGrounds } from '../ledger/decision-runs.ts';
import type { ScalingLimit } from '../outcome.ts';
import type { HpaDecision } from './hpa.ts';
import type { HpaController } from './hpa-controller.ts';
import type { HpaMetricResult } from './hpa-replicas.ts';
import type { HpaMetricSpec, HpaScalingPolicy, HpaSpec } from './hpa-spec.ts';
import { stabilizationWindows } from './hpa-stabilize.ts';

export function hpaGrounds(
  spec: HpaSpec,
  controller: HpaController,
): (decision: HpaDecision) => Grounds {
  const windows = stabilizationWindows(spec, controller);
  const targets = spec.metrics.map(targetOf);
  return (decision) => {
    const { metrics, proposal, decisive, limited } = decision;
    return {
      metrics: metrics.map((metric, i) => metricGrounds(metric, targets[i])),
      proposal,
      window: decisive === null ? null : windowOf(decision, decisive, windows),
      limit: limited === null ? null : limitOf(spec, limited, decision.policy),
    };
  };
}

interface Target {
  readonly kind: MetricGrounds['kind'];
  readonly target: number;
}

function targetOf({ target }: HpaMetricSpec): Target {
  switch (target.type) {
    case 'Utilization':
      return { kind: 'utilization', target: target.averageUtilization / 100 };
    case 'AverageValue':
      return { kind: 'value', target: target.averageValue / 1000 };
    case 'Value':
      return { kind: 'value', target: target.value / 1000 };
  }
}

function metricGrounds(metric: HpaMetricResult, { kind, target }: Target): MetricGrounds {
  const { name, error, basis, proposal, sampled, ready, unready, missing, ignored } = metric;
  const milli = metric.averageValue ?? metric.value ?? 0;
  const seen = kind === 'utilization' ? (metric.averageUtilization ?? 0) / 100 : milli / 1000;
  return {
    metric: name,
    kind,
    target,
    seen: error === null ? seen : null,
    error,
    basis,
    proposal,
    sampled,
    ready,
    unready,
    missing,
    ignored,
  };
}

function windowOf(
  { proposal, stabilized }: HpaDecision,
  { replicas, time }: NonNullable<HpaDecision['decisive']>,
  windows: { readonly up: number; readonly down: number },
): Grounds['window'] {
  // The way up is held below the proposal, the way down above it.
  const direction = (stabilized ?? 0) < (proposal ?? 0) ? 'up' : 'down';
  return { direction, length: windows[direction], replicas, made: time };
}

function limitOf(
  { behavior }: HpaSpec,
  limited: NonNullable<HpaDecision['limited']>,
  policy: HpaScalingPolicy | null,
): ScalingLimit | null {
  switch (limited) {
    case 'DesiredWithinRange':
      return null;
    case 'TooFewReplicas':
      return { kind: 'min', policy: null };
    case 'TooManyReplicas':
      return { kind: 'max', policy: null };
    default:
      if (policy === null) return { kind: behavior === null ? 'step' : 'disabled', policy: null };
      return {
        kind: 'policy',
        policy: {
          type: policy.type,
          value: policy.value,
          period: policy.periodSeconds * MICROSECONDS_PER_SECOND,
        },
      };
  }
}
