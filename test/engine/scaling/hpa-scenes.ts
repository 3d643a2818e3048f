/** Small worlds for the tests of the HPA, in seconds and millicores. */
import { decide, type HpaDecision } from '../../../packages/engine/src/scaling/hpa.ts';
import {
  DEFAULT_HPA_CONTROLLER,
  type HpaController,
} from '../../../packages/engine/src/scaling/hpa-controller.ts';
import { withDefaults } from '../../../packages/engine/src/scaling/hpa-defaults.ts';
import { type HpaMemory, hpaMemory } from '../../../packages/engine/src/scaling/hpa-memory.ts';
import {
  type HpaObservation,
  type HpaReading,
  hpaPods,
  hpaSamples,
  PHASE,
  READY,
} from '../../../packages/engine/src/scaling/hpa-observation.ts';
import type {
  HpaMetricSpec,
  HpaObjectSpec,
} from '../../../packages/engine/src/scaling/hpa-spec.ts';

export const seconds = (value: number) => value * 1_000_000;

export interface PodScene {
  readonly phase?: keyof typeof PHASE;
  readonly deleted?: boolean;
  /** Seconds; an hour ago by default. */
  readonly start?: number | null;
  readonly ready?: keyof typeof READY;
  readonly since?: number;
  /** Millicores; null = no sample. */
  readonly cpu?: number | null;
  readonly sampled?: number;
  readonly window?: number;
  readonly request?: number;
}

/** `count` pods alike. */
export const pods = (count: number, pod: PodScene): PodScene[] =>
  new Array<PodScene>(count).fill(pod);

/** A pod that has not got past its readiness probe. */
export const starting = (now = 0): PodScene => ({
  start: now - 20,
  ready: 'false',
  since: now - 20,
  cpu: 900,
  sampled: now,
});

export interface Scene {
  /** Seconds; 0 by default. */
  readonly now?: number;
  readonly spec?: number;
  readonly status?: number;
  readonly pods: readonly PodScene[];
  /** Instead of the CPU readings of the pods. */
  readonly readings?: readonly HpaReading[];
}

export function observe(scene: Scene, metrics = 1): HpaObservation {
  const { now = 0 } = scene;
  const columns = hpaPods(scene.pods.length);
  const samples = hpaSamples(scene.pods.length);
  columns.count = scene.pods.length;
  scene.pods.forEach((pod, i) => {
    const { start = -3600, cpu = null } = pod;
    columns.phase[i] = PHASE[pod.phase ?? 'running'];
    columns.deleted[i] = pod.deleted === true ? 1 : 0;
    columns.startTime[i] = start === null ? Number.NaN : seconds(start);
    columns.ready[i] = READY[pod.ready ?? 'true'];
    columns.readySince[i] = seconds(pod.since ?? (start ?? 0) + 10);
    samples.value[i] = cpu ?? Number.NaN;
    samples.time[i] = seconds(pod.sampled ?? now - 10);
    samples.window[i] = seconds(pod.window ?? 15);
    samples.resourceRequest[i] = pod.request ?? 1000;
  });
  const cpu: HpaReading = { kind: 'samples', samples };
  return {
    now: seconds(now),
    specReplicas: scene.spec ?? scene.pods.length,
    statusReplicas: scene.status ?? scene.spec ?? scene.pods.length,
    pods: columns,
    readings: scene.readings ?? new Array<HpaReading>(metrics).fill(cpu),
  };
}

export const cpuAt = (averageUtilization: number): HpaMetricSpec => ({
  type: 'Resource',
  name: 'cpu',
  target: { type: 'Utilization', averageUtilization },
});

/** Target 50 % of CPU, 1 to 1000 replicas, unless said otherwise. */
export const hpa50 = (spec: Partial<HpaObjectSpec> = {}): HpaObjectSpec => ({
  minReplicas: 1,
  maxReplicas: 1000,
  metrics: [cpuAt(50)],
  ...spec,
});

/** Of the External metric `queue` alone, 1 to 1000 replicas, unless said otherwise. */
export const queueHpa = (
  target: HpaMetricSpec['target'],
  spec: Partial<HpaObjectSpec> = {},
): HpaObjectSpec => hpa50({ metrics: [{ type: 'External', name: 'queue', target }], ...spec });

/** What an Object metric reads, or the series of an External one; milli-units. */
export const values = (...list: number[]): HpaReading => ({ kind: 'values', values: list });

/** An HPA with its memory: each call is one reconcile. */
export function controllerFor(
  controller: Partial<HpaController> = {},
  start: HpaMemory = hpaMemory(),
): (object: HpaObjectSpec, scene: Scene) => HpaDecision {
  let memory = start;
  return (object, scene) => {
    const spec = withDefaults(object);
    const observation = observe(scene, spec.metrics.length);
    const decision = decide(
      spec,
      { ...DEFAULT_HPA_CONTROLLER, ...controller },
      observation,
      memory,
    );
    memory = decision.memory;
    return decision;
  };
}

/** The first reconcile of a new HPA. */
export const decideOnce = (
  object: HpaObjectSpec,
  scene: Scene,
  controller: Partial<HpaController> = {},
) => controllerFor(controller)(object, scene);
