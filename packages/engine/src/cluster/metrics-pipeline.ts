/**
 * CPU metrics as clocks of their own: each kubelet samples its pods' cumulative CPU on its period
 * and phase; metrics-server collects the newest samples on its own; the HPA reads the mean between
 * the last two collected points. So a reading is an average over the past, not the present.
 *
 * @source kubernetes-sigs/metrics-server pkg/storage/pod.go.
 */
import type { HpaSamples } from '../scaling/hpa-observation.ts';
import {
  APP_CPU,
  APP_RATE,
  APP_SINCE,
  BASE,
  CPU,
  EARLIER_CPU,
  EARLIER_TIME,
  POINTS,
  rowOf,
  rowOfColumn,
  SAMPLE_CPU,
  SAMPLE_TIME,
  TIME,
} from './cpu-points.ts';
import type { Deployment, Pod, World } from './world.ts';

const SECOND = 1_000_000;

/** A young container's start may serve as its first point from this age on, µs. */
const YOUNG_POINT_AGE = 10_000_000;

/**
 * CPU used by a pod up to `time`, core-µs: by its requests, its warm-up, and the starts of its
 * application.
 */
export function containerCpu({ column, deployment }: Pod, time: number): number {
  return columnCpu(deployment, column, time);
}

function columnCpu({ model, points }: Deployment, column: number, time: number): number {
  const { plane, coresPerSlot } = model;
  const { values } = points;
  const row = rowOfColumn(column);
  const byRequests = plane.busyTime(column, time) * coresPerSlot + plane.warmUpCpu(column, time);
  const sinceThen = values[row + APP_RATE] * (time - values[row + APP_SINCE]);
  return byRequests + values[row + APP_CPU] + sinceThen;
}

/** The kubelets' period, µs: whole seconds, at least one, as samples are taken once a second. */
export function samplePeriod({ model }: World): number {
  return wholeSeconds(model.metrics.kubeletPeriod) * SECOND;
}

function wholeSeconds(kubeletPeriod: number): number {
  return Math.max(1, Math.floor(kubeletPeriod / SECOND));
}

/** Columns of pods by the phase of the kubelet that samples them: no pod yet. */
export function noSampled(kubeletPeriod: number): number[][] {
  return Array.from({ length: wholeSeconds(kubeletPeriod) }, () => []);
}

/** The pod's container runs: its kubelet samples it from now on. */
export function startSampling(pod: Pod): void {
  const columns = sampledWith(pod);
  if (!columns.includes(pod.column)) columns.push(pod.column);
}

/** The pod goes from its node. */
export function stopSampling(pod: Pod): void {
  const columns = sampledWith(pod);
  const at = columns.indexOf(pod.column);
  if (at >= 0) columns.splice(at, 1);
}

/** The columns that the kubelets of the phase of its node sample. */
function sampledWith({ deployment, node }: Pod): number[] {
  return node === null ? [] : deployment.sampled[node.samplePhase / SECOND];
}

/**
 * The kubelets whose phase it is take their samples. `now` is a whole second. Columns, and not
 * pods, because an object per pod would be a cache miss each: so many requests lie in between.
 */
export function sampleKubelets({ deployments }: World, now: number): void {
  for (let i = 0; i < deployments.length; i++) {
    const deployment = deployments[i];
    const { sampled, points } = deployment;
    const columns = sampled[(now / SECOND) % sampled.length];
    for (let k = 0; k < columns.length; k++) {
      const row = rowOfColumn(columns[k]);
      points.values[row + SAMPLE_TIME] = now;
      // A container that was started again counts from 0.
      points.values[row + SAMPLE_CPU] =
        columnCpu(deployment, columns[k], now) - points.values[row + BASE];
    }
  }
}

/** metrics-server collects: a sample that it has already does not advance the pair. */
export function scrape(world: World): void {
  const { resolution } = world.model.metrics;
  for (const { pods, points } of world.deployments) {
    for (let i = 0; i < pods.length; i++) collect(pods[i], points.values, resolution);
  }
}

function collect(pod: Pod, values: Float64Array, resolution: number): void {
  const row = rowOf(pod);
  const time = values[row + SAMPLE_TIME];
  if (time === Number.NEGATIVE_INFINITY) return;
  if (values[row + POINTS] > 0 && time <= values[row + TIME]) return;
  if (values[row + POINTS] === 0) {
    const started = pod.container.startedAt ?? 0;
    const age = time - started;
    if (age >= YOUNG_POINT_AGE && age < resolution) {
      values[row + TIME] = started;
      values[row + CPU] = 0;
      values[row + POINTS] = 1;
    }
  }
  values[row + EARLIER_TIME] = values[row + TIME];
  values[row + EARLIER_CPU] = values[row + CPU];
  values[row + TIME] = time;
  values[row + CPU] = values[row + SAMPLE_CPU];
  values[row + POINTS] = Math.min(2, values[row + POINTS] + 1);
}

/**
 * Writes what the HPA is told of a pod to a row: millicores, rounded up as quantities are, at most
 * its limit (no container exceeds it). A pod with fewer than two points is missing: NaN.
 */
export function readCpu(pod: Pod, samples: HpaSamples, row: number): void {
  const { points, model } = pod.deployment;
  const { values } = points;
  const from = rowOf(pod);
  if (values[from + POINTS] < 2) {
    samples.value[row] = Number.NaN;
    return;
  }
  const window = values[from + TIME] - values[from + EARLIER_TIME];
  const used = values[from + CPU] - values[from + EARLIER_CPU];
  const limit = model.service.workload.cpuLimit ?? Number.POSITIVE_INFINITY;
  // A sum of doubles: 1e-6 millicores off must not become one more.
  const value = Math.ceil((1000 * used) / window - 1e-6);
  samples.value[row] = Math.max(0, Math.min(limit, value));
  samples.time[row] = values[from + TIME];
  samples.window[row] = window;
}
