/**
 * CPU metrics as clocks of their own: each kubelet samples its pods' cumulative CPU on its period
 * and phase; metrics-server collects the newest samples on its own; the HPA reads the mean between
 * the last two collected points. So a reading is an average over the past, not the present.
 *
 * @source kubernetes-sigs/metrics-server pkg/storage/pod.go.
 */
import type { HpaSamples } from '../scaling/hpa-observation.ts';
import { enter, leave } from './by-id.ts';
import type { CpuPoints, Pod, World } from './world.ts';

const SECOND = 1_000_000;

/** A young container's start may serve as its first point from this age on, µs. */
const YOUNG_POINT_AGE = 10_000_000;

export function noUsage(): CpuPoints {
  return {
    sampleTime: Number.NEGATIVE_INFINITY,
    sampleCpu: 0,
    points: 0,
    time: 0,
    cpu: 0,
    earlierTime: 0,
    earlierCpu: 0,
  };
}

/**
 * CPU used by a pod up to `time`, core-µs: by its requests, its warm-up, and the starts of its
 * application.
 */
export function containerCpu({ container, column, deployment }: Pod, time: number): number {
  const { plane, coresPerSlot } = deployment.model;
  const byRequests = plane.busyTime(column, time) * coresPerSlot + plane.warmUpCpu(column, time);
  return byRequests + container.cpu + container.rate * (time - container.cpuTime);
}

/** The kubelets' period, µs: whole seconds, at least one, as samples are taken once a second. */
export function samplePeriod({ model }: World): number {
  return wholeSeconds(model.metrics.kubeletPeriod) * SECOND;
}

function wholeSeconds(kubeletPeriod: number): number {
  return Math.max(1, Math.floor(kubeletPeriod / SECOND));
}

/** Pods by the phase of the kubelet that samples them: no pod yet. */
export function noSampled(kubeletPeriod: number): Pod[][] {
  return Array.from({ length: wholeSeconds(kubeletPeriod) }, () => []);
}

/** The pod's container runs: its kubelet samples it from now on. */
export function startSampling({ sampled }: World, pod: Pod): void {
  if (pod.node !== null) enter(sampled[pod.node.samplePhase / SECOND], pod);
}

/** The pod goes from its node. */
export function stopSampling({ sampled }: World, pod: Pod): void {
  if (pod.node !== null) leave(sampled[pod.node.samplePhase / SECOND], pod);
}

/** The kubelets whose phase it is take their samples. `now` is a whole second. */
export function sampleKubelets(world: World, now: number): void {
  const { sampled } = world;
  for (const pod of sampled[(now / SECOND) % sampled.length]) {
    pod.usage.sampleTime = now;
    // A container that was started again counts from 0.
    pod.usage.sampleCpu = containerCpu(pod, now) - pod.container.cpuBase;
  }
}

/** metrics-server collects: a sample that it has already does not advance the pair. */
export function scrape(world: World): void {
  const { resolution } = world.model.metrics;
  for (const deployment of world.deployments) {
    for (const pod of deployment.pods) collect(pod, resolution);
  }
}

function collect(pod: Pod, resolution: number): void {
  const { usage } = pod;
  if (usage.sampleTime === Number.NEGATIVE_INFINITY) return;
  if (usage.points > 0 && usage.sampleTime <= usage.time) return;
  if (usage.points === 0) {
    const started = pod.container.startedAt ?? 0;
    const age = usage.sampleTime - started;
    if (age >= YOUNG_POINT_AGE && age < resolution) {
      usage.time = started;
      usage.cpu = 0;
      usage.points = 1;
    }
  }
  usage.earlierTime = usage.time;
  usage.earlierCpu = usage.cpu;
  usage.time = usage.sampleTime;
  usage.cpu = usage.sampleCpu;
  usage.points = Math.min(2, usage.points + 1);
}

/**
 * Writes what the HPA is told of a pod to a row: millicores, rounded up as quantities are, at most
 * its limit (no container exceeds it). A pod with fewer than two points has no row value: missing.
 */
export function readCpu(pod: Pod, samples: HpaSamples, row: number): void {
  const { usage } = pod;
  if (usage.points < 2) return;
  const window = usage.time - usage.earlierTime;
  const limit = pod.deployment.model.service.workload.cpuLimit ?? Number.POSITIVE_INFINITY;
  // A sum of doubles: 1e-6 millicores off must not become one more.
  const value = Math.ceil((1000 * (usage.cpu - usage.earlierCpu)) / window - 1e-6);
  samples.value[row] = Math.max(0, Math.min(limit, value));
  samples.time[row] = usage.time;
  samples.window[row] = window;
}
