/**
 * The vectors of hpa.json in the engine's terms: milliseconds → µs, objects → columns. The format
 * is described in README.md.
 */
import { readFileSync } from 'node:fs';
import type { HpaController } from '../../packages/engine/src/scaling/hpa-controller.ts';
import { withDefaults } from '../../packages/engine/src/scaling/hpa-defaults.ts';
import { type HpaMemory, hpaMemory } from '../../packages/engine/src/scaling/hpa-memory.ts';
import {
  type HpaObservation,
  type HpaPods,
  type HpaReading,
  hpaPods,
  hpaSamples,
  PHASE,
  READY,
} from '../../packages/engine/src/scaling/hpa-observation.ts';
import {
  podResourceRequest,
  type RequestingPod,
} from '../../packages/engine/src/scaling/hpa-requests.ts';
import type {
  HpaBehavior,
  HpaMetricSpec,
  HpaScalingRules,
  HpaSpec,
  HpaTarget,
} from '../../packages/engine/src/scaling/hpa-spec.ts';

export interface Sample {
  readonly valueMilli: number;
  readonly timestampMs: number;
  readonly windowMs: number;
}

interface Template {
  readonly containers: readonly TemplateContainer[];
  readonly sidecars?: readonly TemplateContainer[] | null;
  readonly podRequestsMilli?: Record<string, number> | null;
}

interface TemplateContainer {
  readonly name: string;
  readonly requestsMilli?: Record<string, number> | null;
}

export interface Pod {
  readonly name: string;
  readonly count?: number;
  readonly phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  readonly deleted?: boolean;
  readonly startMs?: number | null;
  readonly ready?: 'True' | 'False' | 'Unknown' | null;
  readonly readySinceMs?: number | null;
  readonly samples?: readonly (Sample | null)[] | null;
  readonly template?: Template;
}

interface Signal {
  readonly error?: boolean;
  readonly valueMilli?: number | null;
  readonly valuesMilli?: readonly number[] | null;
  readonly extraSamples?: readonly Sample[] | null;
}

interface VectorMetric {
  readonly type: HpaMetricSpec['type'];
  readonly resource?: string;
  readonly container?: string;
  readonly name?: string;
  readonly target: {
    readonly type: HpaTarget['type'];
    readonly averageUtilization?: number;
    readonly valueMilli?: number;
  };
}

type VectorRules = Omit<HpaScalingRules, 'tolerance'> & { readonly tolerance?: string | null };

export interface World {
  readonly specReplicas: number;
  readonly statusReplicas: number;
  readonly pods?: readonly Pod[] | null;
  readonly signals?: readonly (Signal | null)[] | null;
}

export interface VectorHpa {
  readonly minReplicas?: number | null;
  readonly maxReplicas: number;
  readonly metrics: readonly VectorMetric[];
  readonly behavior?: { scaleUp?: VectorRules | null; scaleDown?: VectorRules | null } | null;
}

export interface Vector {
  readonly id: string;
  readonly hpa: VectorHpa;
  readonly podTemplate?: Template;
  readonly config: {
    readonly tolerance: number;
    readonly cpuInitializationPeriodMs: number;
    readonly initialReadinessDelayMs: number;
    readonly downscaleStabilizationMs: number;
    readonly legacyScaleUpFactor: number;
    readonly legacyScaleUpMinimum: number;
    readonly scaleToZeroEnabled: boolean;
  };
  readonly initialState?: {
    readonly recommendations?: readonly { ageMs: number; replicas: number }[] | null;
    readonly scaleUpEvents?: readonly { ageMs: number; change: number }[] | null;
    readonly scaleDownEvents?: readonly { ageMs: number; change: number }[] | null;
    readonly noInitialRecommendation?: boolean;
    readonly scaledToZeroCondition?: boolean;
  } | null;
}

export type Expected = Readonly<Record<string, unknown>>;

export interface CalcVector extends Vector, World {
  readonly kind: 'calc';
  readonly expected: Expected;
}

export interface NormalizeVector extends Vector {
  readonly kind: 'normalize';
  readonly normalize: {
    readonly stage: 'full' | 'stabilize' | 'rate';
    readonly currentReplicas: number;
    readonly proposal: number;
  };
  readonly normalizeExpected: Expected;
}

export interface SequenceVector extends Vector {
  readonly kind: 'sequence';
  readonly steps: readonly (World & {
    readonly atMs: number;
    readonly hpaPatch?: Pick<Partial<VectorHpa>, 'minReplicas' | 'maxReplicas'> | null;
    readonly expected: Expected;
  })[];
}

export interface GroupVector extends Vector {
  readonly kind: 'group';
  readonly pods: readonly Pod[];
  readonly groupResource: string;
  readonly groupExpected: Expected;
}

export type AnyVector = CalcVector | NormalizeVector | SequenceVector | GroupVector;

export function readVectors(file: string | URL): readonly AnyVector[] {
  const { format, vectors } = JSON.parse(readFileSync(file, 'utf8'));
  if (format !== 'hpa-vectors/1') throw new Error(`unknown format ${format}`);
  return vectors;
}

export const toMicroseconds = (milliseconds: number) => milliseconds * 1000;

export function controllerOf({ config }: Vector): HpaController {
  return {
    tolerance: config.tolerance,
    downscaleStabilization: toMicroseconds(config.downscaleStabilizationMs),
    cpuInitializationPeriod: toMicroseconds(config.cpuInitializationPeriodMs),
    initialReadinessDelay: toMicroseconds(config.initialReadinessDelayMs),
    scaleUpLimitFactor: config.legacyScaleUpFactor,
    scaleUpLimitMinimum: config.legacyScaleUpMinimum,
    scaleToZero: config.scaleToZeroEnabled,
  };
}

export function specOf({ minReplicas, maxReplicas, metrics, behavior }: VectorHpa): HpaSpec {
  return withDefaults({
    ...(minReplicas == null ? {} : { minReplicas }),
    maxReplicas,
    metrics: metrics.map(metricOf),
    ...(behavior == null ? {} : { behavior: behaviorOf(behavior) }),
  });
}

function metricOf({ type, resource, container, name, target }: VectorMetric): HpaMetricSpec {
  return {
    type,
    name: resource ?? name ?? '',
    ...(container === undefined ? {} : { container }),
    target: targetOf(target),
  };
}

function targetOf({ type, averageUtilization = 0, valueMilli = 0 }: VectorMetric['target']) {
  switch (type) {
    case 'Utilization':
      return { type, averageUtilization } as const;
    case 'AverageValue':
      return { type, averageValue: valueMilli } as const;
    case 'Value':
      return { type, value: valueMilli } as const;
  }
}

function behaviorOf({ scaleUp, scaleDown }: NonNullable<VectorHpa['behavior']>): HpaBehavior {
  return {
    ...(scaleUp == null ? {} : { scaleUp: rulesOf(scaleUp) }),
    ...(scaleDown == null ? {} : { scaleDown: rulesOf(scaleDown) }),
  };
}

function rulesOf({ tolerance, ...rules }: VectorRules): HpaScalingRules {
  const given = Object.entries(rules).filter(([, value]) => value !== null);
  const double = tolerance == null ? {} : { tolerance: toleranceOf(tolerance) };
  return { ...Object.fromEntries(given), ...double };
}

/** A quantity as the controller makes a double of it: integer mantissa × 10^exponent. */
function toleranceOf(quantity: string): number {
  const [, whole = '', fraction = '', suffix] = /^(\d+)(?:\.(\d+))?(m?)$/.exec(quantity) ?? [];
  if (whole === '') throw new Error(`unknown quantity ${quantity}`);
  const exponent = -fraction.length - (suffix === 'm' ? 3 : 0);
  return Number(whole + fraction) * Number(`1e${exponent}`);
}

/** A condition set long before; what matters is its presence. */
export function memoryOf({ initialState }: Vector, now: number): HpaMemory {
  const fresh = hpaMemory();
  if (initialState == null) return fresh;
  const before = (ageMs: number) => now - toMicroseconds(ageMs);
  const events = (list: readonly { ageMs: number; change: number }[] | null | undefined) =>
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
  readonly list: readonly Pod[];
  readonly pods: HpaPods;
}

export function podsOf(given: readonly Pod[]): NamedPods {
  const list = given.flatMap((pod) => new Array<Pod>(pod.count ?? 1).fill(pod));
  const names = given.flatMap(({ name, count }) =>
    count == null ? [name] : Array.from({ length: count }, (_, i) => `${name}-${i}`),
  );
  const pods = hpaPods(list.length);
  pods.count = list.length;
  list.forEach(({ phase, deleted, startMs, ready, readySinceMs }, i) => {
    pods.phase[i] = PHASE[(phase ?? 'Running').toLowerCase() as keyof typeof PHASE];
    pods.deleted[i] = deleted === true ? 1 : 0;
    pods.startTime[i] = startMs == null ? Number.NaN : toMicroseconds(startMs);
    pods.ready[i] = READY[(ready ?? 'none').toLowerCase() as keyof typeof READY];
    pods.readySince[i] = toMicroseconds(readySinceMs ?? 0);
  });
  return { names, list, pods };
}

export function readingOf(
  list: readonly Pod[],
  index: number,
  metric: Pick<HpaMetricSpec, 'type' | 'name' | 'container'>,
  signal: Signal | null | undefined,
  template: Template | undefined,
): HpaReading {
  if (signal?.error === true) return { kind: 'failed' };
  if (metric.type === 'Object' || metric.type === 'External') {
    const values =
      metric.type === 'Object' ? [signal?.valueMilli].flatMap((v) => v ?? []) : signal?.valuesMilli;
    return { kind: 'values', values: values ?? [] };
  }
  const samples = {
    ...hpaSamples(list.length),
    others: (signal?.extraSamples ?? []).map(({ valueMilli }) => valueMilli),
  };
  list.forEach((pod, i) => {
    const sample = pod.samples?.[index];
    samples.resourceRequest[i] = requestOf(pod.template ?? template, metric);
    if (sample == null) return;
    samples.value[i] = sample.valueMilli;
    samples.time[i] = toMicroseconds(sample.timestampMs);
    samples.window[i] = toMicroseconds(sample.windowMs);
  });
  return { kind: 'samples', samples };
}

function requestOf(
  template: Template | undefined,
  { name, container }: Pick<HpaMetricSpec, 'name' | 'container'>,
): number {
  if (template === undefined) return Number.NaN;
  const plain = (list: readonly TemplateContainer[] | null | undefined) =>
    (list ?? []).map((one) => ({ name: one.name, requests: one.requestsMilli ?? {} }));
  const pod: RequestingPod = {
    containers: plain(template.containers),
    sidecars: plain(template.sidecars),
    podRequests: template.podRequestsMilli ?? {},
  };
  return podResourceRequest(pod, name, container);
}

export function observationOf(vector: Vector, spec: HpaSpec, world: World, now: number) {
  const { list, pods } = podsOf(world.pods ?? []);
  const readings = spec.metrics.map((metric, i) =>
    readingOf(list, i, metric, world.signals?.[i], vector.podTemplate),
  );
  const { specReplicas, statusReplicas } = world;
  return { now, specReplicas, statusReplicas, pods, readings } satisfies HpaObservation;
}
