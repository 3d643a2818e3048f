/**
 * One reconcile of a HorizontalPodAutoscaler: (spec, controller, observation, memory) → decision.
 * Pure; feed the returned memory to the next reconcile. Bounds come first: a count above
 * maxReplicas or below minReplicas goes straight to the bound, without metrics, stabilization or
 * policies. Then metrics propose, the stabilization window holds back, policies and bounds limit.
 *
 * Invariant: unless `rescaled`, `desired` is the observed spec.replicas.
 *
 * @source Kubernetes, pkg/controller/podautoscaler/horizontal.go, master of August 2026.
 */
import type { Message } from '../outcome.ts';
import type { HpaController } from './hpa-controller.ts';
import { limit, withScaleEvent } from './hpa-limits.ts';
import type {
  HpaConditionReason,
  HpaConditions,
  HpaMemory,
  HpaRecommendation,
  LimitReason,
} from './hpa-memory.ts';
import { evaluateMetrics } from './hpa-metrics.ts';
import type { HpaObservation } from './hpa-observation.ts';
import { boundReason, disabledReason, failedReason, metricsReason } from './hpa-reason.ts';
import { releaseOf } from './hpa-release.ts';
import type { HpaMetricResult } from './hpa-replicas.ts';
import type { HpaMetricSpec, HpaScalingPolicy, HpaSpec } from './hpa-spec.ts';
import { stabilize } from './hpa-stabilize.ts';

export interface HpaDecision {
  /** spec.replicas after the reconcile. */
  readonly desired: number;
  /** The HPA wrote it. */
  readonly rescaled: boolean;
  /** Of the metrics, before anything else; null = not asked, or they failed. */
  readonly proposal: number | null;
  /** After the stabilization window, before policies and bounds. */
  readonly stabilized: number | null;
  /** The older proposal that decided in the window; null = none did. */
  readonly decisive: HpaRecommendation | null;
  /** What kept the result from the stabilized value; null = not asked. */
  readonly limited: LimitReason | null;
  /** The policy of `behavior` that did, if one did. */
  readonly policy: HpaScalingPolicy | null;
  /** The reconcile reports an error; it may have scaled all the same. */
  readonly error: boolean;
  /** As in status.conditions afterwards. */
  readonly conditions: HpaConditions;
  /** In the order of the spec; empty = not asked. */
  readonly metrics: readonly HpaMetricResult[];
  readonly reason: Message;
  readonly memory: HpaMemory;
}

export function decide(
  spec: HpaSpec,
  controller: HpaController,
  observation: HpaObservation,
  memory: HpaMemory,
): HpaDecision {
  const { specReplicas: current } = observation;
  const begun = begin(observation, memory);
  if (current === 0) {
    if (!mayWake(spec, controller, memory)) {
      const scalingActive = condition('False', 'ScalingDisabled');
      const scaledToZero = zeroAfter(controller, begun, begun.conditions.scaledToZero);
      const paused = withConditions(begun, { scalingActive, scaledToZero });
      return unchanged(current, paused, disabledReason());
    }
    return scaleByMetrics(spec, controller, observation, begun);
  }
  if (current > spec.maxReplicas || current < spec.minReplicas) {
    const desired = current > spec.maxReplicas ? spec.maxReplicas : spec.minReplicas;
    return {
      ...unchanged(current, begun, boundReason(current, desired)),
      ...rescale(spec, controller, observation, begun, desired),
    };
  }
  return scaleByMetrics(spec, controller, observation, begun);
}

/** The scale was read; the first time, the replicas found are entered as a recommendation. */
function begin({ now, specReplicas }: HpaObservation, memory: HpaMemory): HpaMemory {
  const { scalingActive, scalingLimited, scaledToZero } = memory.conditions;
  return {
    recommendations: memory.recommendations ?? [{ replicas: specReplicas, time: now }],
    upEvents: memory.upEvents,
    downEvents: memory.downEvents,
    conditions: {
      ableToScale: condition('True', 'SucceededGetScale'),
      scalingActive,
      scalingLimited,
      scaledToZero,
    },
  };
}

/** Only an HPA that went to zero by itself comes back: a manual zero pauses it. */
function mayWake(spec: HpaSpec, controller: HpaController, { conditions }: HpaMemory): boolean {
  if (releaseOf(controller).wakesByMinReplicas) return spec.minReplicas === 0;
  if (controller.scaleToZero !== true || conditions.scaledToZero?.status !== 'True') return false;
  return spec.minReplicas !== 0 || hasSignal(spec);
}

/** ScaledToZero after a rescale or a pause: `own`; removed without the feature; 1.28 has none. */
function zeroAfter(
  controller: HpaController,
  { conditions: { scaledToZero } }: HpaMemory,
  own: HpaConditions['scaledToZero'],
): HpaConditions['scaledToZero'] {
  if (releaseOf(controller).wakesByMinReplicas) return scaledToZero;
  return controller.scaleToZero === true ? own : null;
}

function hasSignal({ metrics }: HpaSpec): boolean {
  return metrics.some(({ type }) => type === 'Object' || type === 'External');
}

function scaleByMetrics(
  spec: HpaSpec,
  controller: HpaController,
  observation: HpaObservation,
  begun: HpaMemory,
): HpaDecision {
  const { now, specReplicas: current } = observation;
  const evaluation = evaluateMetrics(spec, controller, observation);
  const { proposal, decisive, metrics, error } = evaluation;
  if (proposal === null) {
    const scalingActive = condition('False', FAILURES[decisive.type]);
    const memory = withConditions(begun, { scalingActive });
    return { ...unchanged(current, memory, failedReason(evaluation, current)), metrics, error };
  }
  const raw = Math.max(0, proposal);
  const recommendations = begun.recommendations ?? [];
  const stable = stabilize(spec, controller, recommendations, current, raw, now);
  const limited = limit(spec, controller, begun, current, stable.replicas, now);
  let desired = limited.replicas;
  if (current === 0 && desired < spec.minReplicas) desired = spec.minReplicas;
  const memory = {
    ...begun,
    recommendations: stable.recommendations,
    conditions: {
      ableToScale: condition('True', stable.reason),
      scalingActive: condition('True', 'ValidMetricFound'),
      scalingLimited: condition(
        limited.reason === 'DesiredWithinRange' ? 'False' : 'True',
        limited.reason,
      ),
      scaledToZero: begun.conditions.scaledToZero,
    },
  };
  const { target } = spec.metrics[metrics.indexOf(decisive)];
  const facts = { current, desired, proposal: raw, stable, limited, metric: decisive, target };
  const decision: HpaDecision = {
    desired: current,
    rescaled: false,
    proposal: raw,
    stabilized: stable.replicas,
    decisive: stable.decisive,
    limited: limited.reason,
    policy: limited.policy,
    error,
    conditions: memory.conditions,
    metrics,
    reason: metricsReason(spec, controller, facts),
    memory,
  };
  if (desired === current) return decision;
  return { ...decision, ...rescale(spec, controller, observation, memory, desired) };
}

/** The metric type's reason of the condition ScalingActive. */
const FAILURES = {
  Resource: 'FailedGetResourceMetric',
  ContainerResource: 'FailedGetContainerResourceMetric',
  Pods: 'FailedGetPodsMetric',
  Object: 'FailedGetObjectMetric',
  External: 'FailedGetExternalMetric',
} as const satisfies Record<HpaMetricSpec['type'], HpaConditionReason>;

function rescale(
  spec: HpaSpec,
  controller: HpaController,
  { now, specReplicas: current }: HpaObservation,
  before: HpaMemory,
  desired: number,
): Pick<HpaDecision, 'desired' | 'rescaled' | 'conditions' | 'memory'> {
  let { upEvents, downEvents } = before;
  const { behavior } = spec;
  if (behavior !== null && desired > current) {
    upEvents = withScaleEvent(upEvents, behavior.scaleUp, desired - current, now);
  } else if (behavior !== null) {
    downEvents = withScaleEvent(downEvents, behavior.scaleDown, current - desired, now);
  }
  const toZero = desired === 0 && spec.minReplicas === 0 && hasSignal(spec);
  const zero = toZero ? condition('True', 'ScaledToZero') : condition('False', 'NotScaledToZero');
  const conditions: HpaConditions = {
    ableToScale: condition('True', 'SucceededRescale'),
    scalingActive: before.conditions.scalingActive,
    scalingLimited: before.conditions.scalingLimited,
    scaledToZero: zeroAfter(controller, before, zero),
  };
  const { recommendations } = before;
  const memory = { recommendations, upEvents, downEvents, conditions };
  return { desired, rescaled: true, conditions, memory };
}

function unchanged(current: number, memory: HpaMemory, reason: Message): HpaDecision {
  return {
    desired: current,
    rescaled: false,
    proposal: null,
    stabilized: null,
    decisive: null,
    limited: null,
    policy: null,
    error: false,
    conditions: memory.conditions,
    metrics: [],
    reason,
    memory,
  };
}

function withConditions(memory: HpaMemory, changed: Partial<HpaConditions>): HpaMemory {
  return { ...memory, conditions: { ...memory.conditions, ...changed } };
}

function condition<S extends 'True' | 'False'>(status: S, reason: HpaConditionReason) {
  return { status, reason } as const;
}
