import { describe, expect, test } from 'vitest';
import { startPod } from '../../../packages/engine/src/cluster/container-start.ts';
import {
  BASE,
  rowOf,
  SAMPLE_CPU,
  SAMPLE_TIME,
} from '../../../packages/engine/src/cluster/cpu-points.ts';
import {
  containerCpu,
  readCpu,
  sampleKubelets,
  scrape,
  startSampling,
  stopSampling,
} from '../../../packages/engine/src/cluster/metrics-pipeline.ts';
import { scaleTo } from '../../../packages/engine/src/cluster/replica-set.ts';
import { termPod } from '../../../packages/engine/src/cluster/termination.ts';
import type { Pod } from '../../../packages/engine/src/cluster/world.ts';
import { hpaSamples } from '../../../packages/engine/src/scaling/hpa-observation.ts';
import { addNode, addPod, worldOf } from './world.ts';

const SECOND = 1e6;

/** A pod that has used `cores` since its start, on a node that samples at 0, 10, 20 … s + phase. */
function running({ started = -1000, phase = 0, cpuLimit = 4000 } = {}) {
  const world = worldOf({ cpuLimit });
  const node = addNode(world, { samplePhase: phase * SECOND });
  const [deployment] = world.deployments;
  const { plane, coresPerSlot } = deployment.model;
  let busy = 0;
  const model = { ...deployment.model, plane: { ...plane, busyTime: () => busy } };
  Object.assign(deployment, { model });
  const pod = addPod(world, { state: 'ready', node });
  pod.container.startedAt = started * SECOND;
  startSampling(pod);
  /** Sets the CPU used so far and lets the second pass. */
  const second = (now: number, coreSeconds: number) => {
    busy = (coreSeconds * SECOND) / coresPerSlot;
    sampleKubelets(world, now * SECOND);
  };
  return { world, pod, second };
}

function reading(pod: Pod) {
  const samples = hpaSamples(1);
  samples.value[0] = Number.NaN;
  readCpu(pod, samples, 0);
  if (Number.isNaN(samples.value[0])) return null;
  return { value: samples.value[0], time: samples.time[0], window: samples.window[0] };
}

const sampleTime = (pod: Pod) => pod.deployment.points.values[rowOf(pod) + SAMPLE_TIME];

test('a reading is the mean between the last two samples that were collected', () => {
  const { world, pod, second } = running();
  second(0, 0);
  scrape(world);
  second(10, 8);
  second(20, 20);
  scrape(world);
  expect(reading(pod)).toEqual({ value: 1000, time: 20 * SECOND, window: 20 * SECOND });
});

test('what happens after the last scrape is not known yet', () => {
  const { world, pod, second } = running();
  second(0, 0);
  scrape(world);
  second(10, 5);
  scrape(world);
  second(20, 500);
  expect(reading(pod)).toMatchObject({ value: 500, time: 10 * SECOND });
});

test('scraping the same sample twice changes nothing', () => {
  const { world, pod, second } = running();
  second(0, 0);
  scrape(world);
  second(10, 5);
  scrape(world);
  scrape(world);
  expect(reading(pod)).toEqual({ value: 500, time: 10 * SECOND, window: 10 * SECOND });
});

test('a kubelet samples at its own phase only', () => {
  const { pod, second } = running({ phase: 3 });
  for (const now of [0, 1, 2, 4, 10]) second(now, now);
  expect(sampleTime(pod)).toBe(Number.NEGATIVE_INFINITY);
  second(13, 13);
  expect(sampleTime(pod)).toBe(13 * SECOND);
});

test('millicores are rounded up, and no reading exceeds the limit', () => {
  const { world, pod, second } = running({ cpuLimit: 900 });
  second(0, 0);
  scrape(world);
  second(10, 0.1001);
  scrape(world);
  expect(reading(pod)?.value).toBe(11);
  second(20, 50);
  scrape(world);
  expect(reading(pod)?.value).toBe(900);
});

describe('a new pod', () => {
  test('has no reading before two points', () => {
    const { world, pod, second } = running({ started: 9 });
    expect(reading(pod)).toBeNull();
    second(10, 1);
    scrape(world);
    expect(reading(pod)).toBeNull();
    second(20, 4);
    scrape(world);
    expect(reading(pod)).toEqual({ value: 300, time: 20 * SECOND, window: 10 * SECOND });
  });

  test('whose first sample is 10 to 15 s old counts from its start', () => {
    const { world, pod, second } = running({ started: 8 });
    second(20, 6);
    scrape(world);
    expect(reading(pod)).toEqual({ value: 500, time: 20 * SECOND, window: 12 * SECOND });
  });

  test('is sampled from the start of its container to its end', () => {
    const world = worldOf();
    const pod = addPod(world, { node: addNode(world) });
    sampleKubelets(world, 0);
    expect(sampleTime(pod)).toBe(Number.NEGATIVE_INFINITY);
    startPod(world, pod, 5 * SECOND);
    sampleKubelets(world, 10 * SECOND);
    expect(sampleTime(pod)).toBe(10 * SECOND);
    scaleTo(world, pod.deployment, 0, 12 * SECOND);
    sampleKubelets(world, 20 * SECOND);
    expect(pod.state).toBe('draining');
    expect(sampleTime(pod)).toBe(20 * SECOND);
    termPod(world, pod, 25 * SECOND);
    sampleKubelets(world, 30 * SECOND);
    expect(sampleTime(pod)).toBe(20 * SECOND);
  });
});

test('a pod that ends or starts again changes nothing for the others of its phase', () => {
  const world = worldOf();
  const nodes = [0, 0, 3].map((phase) => addNode(world, { samplePhase: phase * SECOND }));
  const pods = [0, 1, 2, 3, 4].map((i) => addPod(world, { state: 'ready', node: nodes[i % 3] }));
  // Twice is once.
  for (const pod of [...pods, ...pods]) startSampling(pod);
  stopSampling(pods[1]);
  stopSampling(pods[1]);
  stopSampling(pods[0]);
  startSampling(pods[0]);
  sampleKubelets(world, 0);
  sampleKubelets(world, 3 * SECOND);
  const never = Number.NEGATIVE_INFINITY;
  expect(pods.map(sampleTime)).toEqual([0, never, 3 * SECOND, 0, 0]);
  stopSampling(pods[0]);
  sampleKubelets(world, 10 * SECOND);
  expect(pods.map(sampleTime)).toEqual([0, never, 3 * SECOND, 10 * SECOND, 10 * SECOND]);
  const { values } = world.deployments[0].points;
  const own = (pod: Pod) => values[rowOf(pod) + SAMPLE_CPU] + values[rowOf(pod) + BASE];
  expect(own(pods[3])).toBe(containerCpu(pods[3], 10 * SECOND));
});
