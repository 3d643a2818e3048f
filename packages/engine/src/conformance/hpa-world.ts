/**
 * The world of an `hpa-vectors/1` vector in the HPA's own terms: milliseconds → µs, objects →
 * columns, an absent field → its default.
 */
import type { HpaController } from '../scaling/hpa-controller.ts';
import { withDefaults } from '../scaling/hpa-defaults.ts';
import { type HpaMemory, hpaMemory } from '../scaling/hpa-memory.ts';
import {
  type HpaObservation,
  type HpaPods,
  type HpaReading,
  hpaPods,
  hpaSamples,
  PHASE,
  READY,
} from '../scaling/hpa-observation.ts';
import { type HpaRelease, type HpaReleaseName, releaseOf } from '../scaling/hpa-release.ts';
import { podResourceRequest, type RequestingPod } from '../scaling/hpa-requests.ts';
import type {
  HpaBehavior,
  HpaMetricSpec,
  HpaScalingRules,
  HpaSpec,
  HpaTarget,
} from '../scaling/hpa-spec.ts';
import {
  type HpaVector,
  TOLERANCE,
  type VectorHpa,
  type VectorMetric,
  type VectorPod,
  type VectorRules,
  type VectorSignal,
  type VectorTemplate,
  type VectorWorld,
} from './hpa-schema.ts';

export const toMicroseconds = (milliseconds: number) => milliseconds * 1000;

export function controllerOf(
  { config }: Pick<HpaVector, 'config'>,
  compat: HpaReleaseName,
): HpaController {
  return {
    tolerance: config.tolerance,
    downscaleStabilization: toMicroseconds(config.downscaleStabilizationMs),
    cpuInitializationPeriod: toMicroseconds(config.cpuInitializationPeriodMs),
    initialReadinessDelay: toMicroseconds(config.initialReadinessDelayMs),
    scaleUpLimitFactor: config.legacyScaleUpFactor,
    scaleUpLimitMinimum: config.legacyScaleUpMinimum,
    scaleToZero: config.scaleToZeroEnabled,
    compat,
  };
}

export function specOf({ minReplicas, maxReplicas, metrics, behavior }: VectorHpa): HpaSpec {
  return withDefaults({
    ...(minReplicas == null ? {} : { minReplicas }),
    maxReplicas,
    metrics: (metrics ?? []).map(metricOf),
    ...(behavior == null ? {} : { behavior: behaviorOf(behavior) }),
  });
}

function metricOf({ type, resource, container, name, target }: VectorMetric): HpaMetricSpec {
  return {
    type,
    name: resource ?? name ?? '',
    // Only one type has a container to measure.
    ...(type !== 'ContainerResource' || container == null ? {} : { container }),
    target: targetOf(target),
  };
}

function targetOf({ type, averageUtilization, valueMilli }: VectorMetric['target']): HpaTarget {
  switch (type) {
    case 'Utilization':
      return { type, averageUtilization: averageUtilization ?? 0 };
    case 'AverageValue':
      return { type, averageValue: valueMilli ?? 0 };
    case 'Value':
      return { type, value: valueMilli ?? 0 };
  }
}

function behaviorOf({ scaleUp, scaleDown }: NonNullable<VectorHpa['behavior']>): HpaBehavior {
  return {
    ...(scaleUp == null ? {} : { scaleUp: rulesOf(scaleUp) }),
    ...(scaleDown == null ? {} : { scaleDown: rulesOf(scaleDown) }),
  };
}

function rulesOf(rules: VectorRules): HpaScalingRules {
  const { stabilizationWindowSeconds, selectPolicy, policies, tolerance } = rules;
  return {
    ...(stabilizationWindowSeconds == null ? {} : { stabilizationWindowSeconds }),
    ...(selectPolicy == null ? {} : { selectPolicy }),
    ...(policies == null ? {} : { policies }),
    ...(tolerance == null ? {} : { tolerance: toleranceOf(tolerance) }),
  };
}

const DECIMALS: Readonly<Record<string, number>> = { m: 3, u: 6, n: 9 };

/**
 * A quantity as the controller makes a double of it: integer mantissa × 10^exponent. As written:
 * no API server has put it into another form before (as `readDouble` of scenarios assumes).
 */
function toleranceOf(quantity: string): number {
  const [, whole = '', fraction = '', suffix = '', exponent = '0'] = TOLERANCE.exec(quantity) ?? [];
  const decimals = fraction.length + (DECIMALS[suffix] ?? 0) - Number(exponent);
  return Number(whole + fraction) * Number(`1e${-decimals}`);
}

/** Conditions were set long before; what matters is their presence. */
export function memoryOf({ initialState }: HpaVector, now: number): HpaMemory {
  const fresh = hpaMemory();
  if (initialState == null) return fresh;
  const before = (ageMs: number) => now - toMicroseconds(ageMs);
  const events = (list: typeof initialState.scaleUpEvents) =>
    (list ?? []).map(({ ageMs, change }) => ({ change, time: before(ageMs), outdated: false }));
  const recommendations = (initialState.recommendations ?? []).map(({ ageMs, replicas }) => ({
    replicas,
    time: before(ageMs),
  }));
  const none = recommendations.length === 0 && initialState.noInitialRecommendation !== true;
  return {
    recommendations: none ? null : recommendations,
    upEvents: events(initialState.scaleUpEvents),
    downEvents: events(initialState.scaleDownEvents),
    conditions: {
      ...fresh.conditions,
      scaledToZero:
        initialState.scaledToZeroCondition === true
          ? { status: 'True', reason: 'ScaledToZero' }
          : null,
    },
  };
}

export interface NamedPods {
  readonly names: readonly string[];
  readonly list: readonly VectorPod[];
  readonly pods: HpaPods;
}

export function podsOf(given: readonly VectorPod[]): NamedPods {
  const list = given.flatMap((pod) => new Array<VectorPod>(pod.count ?? 1).fill(pod));
  const names = given.flatMap(({ name, count }) =>
    count == null ? [name] : Array.from({ length: count }, (_, i) => `${name}-${i}`),
  );
  const pods = hpaPods(list.length);
  pods.count = list.length;
  list.forEach(({ phase, deleted, startMs, ready, readySinceMs }, i) => {
    // A phase that is not known stands in nobody's way.
    pods.phase[i] = PHASE[phase == null || phase === 'Unknown' ? 'running' : lower(phase)];
    pods.deleted[i] = deleted === true ? 1 : 0;
    pods.startTime[i] = startMs == null ? Number.NaN : toMicroseconds(startMs);
    pods.ready[i] = ready == null ? READY.none : READY[lower(ready)];
    pods.readySince[i] = toMicroseconds(readySinceMs ?? 0);
  });
  return { names, list, pods };
}

function lower<T extends string>(name: T): Lowercase<T> {
  return name.toLowerCase() as Lowercase<T>;
}

type Measured = Pick<HpaMetricSpec, 'type' | 'name' | 'container'>;

/** The reading of metric `index`, of the pods of `list` and of the target as a whole. */
export function readingOf(
  list: readonly VectorPod[],
  index: number,
  metric: Measured,
  signal: VectorSignal | null | undefined,
  template: VectorTemplate | null | undefined,
  release: HpaRelease,
): HpaReading {
  if (signal?.error === true) return { kind: 'failed' };
  if (metric.type === 'Object') {
    return { kind: 'values', values: signal?.valueMilli == null ? [] : [signal.valueMilli] };
  }
  if (metric.type === 'External') return { kind: 'values', values: signal?.valuesMilli ?? [] };
  const samples = {
    ...hpaSamples(list.length),
    others: (signal?.extraSamples ?? []).map(({ valueMilli }) => valueMilli),
  };
  list.forEach((pod, i) => {
    const sample = pod.samples?.[index];
    samples.resourceRequest[i] = requestOf(pod.template ?? template, metric, release);
    if (sample == null) return;
    samples.value[i] = sample.valueMilli;
    samples.time[i] = toMicroseconds(sample.timestampMs);
    samples.window[i] = toMicroseconds(sample.windowMs);
  });
  return { kind: 'samples', samples };
}

function requestOf(
  template: VectorTemplate | null | undefined,
  metric: Measured,
  release: HpaRelease,
): number {
  if (template == null) return Number.NaN;
  const plain = (list: VectorTemplate['containers'] | null | undefined) =>
    (list ?? []).map((one) => ({ name: one.name, requests: one.requestsMilli ?? {} }));
  const pod: RequestingPod = {
    containers: plain(template.containers),
    sidecars: plain(template.sidecars),
    podRequests: template.podRequestsMilli ?? {},
  };
  return podResourceRequest(pod, metric.name, metric.container, release);
}

export function observationOf(
  { specReplicas, statusReplicas, pods: given, signals, podTemplate }: VectorWorld,
  spec: HpaSpec,
  controller: HpaController,
  now: number,
): HpaObservation {
  const release = releaseOf(controller);
  const { list, pods } = podsOf(given ?? []);
  const readings = spec.metrics.map((metric, i) =>
    readingOf(list, i, metric, signals?.[i], podTemplate, release),
  );
  return { now, specReplicas, statusReplicas, pods, readings };
}
