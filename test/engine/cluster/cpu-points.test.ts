/** The table of pods' CPU: a row per pod, however many come. */
import { expect, test } from 'vitest';
import {
  APP_CPU,
  CPU,
  clearPoints,
  EARLIER_CPU,
  EARLIER_TIME,
  lastReading,
  POINTS,
  rowOf,
  SAMPLE_TIME,
  TIME,
} from '../../../packages/engine/src/cluster/cpu-points.ts';
import type { Pod } from '../../../packages/engine/src/cluster/world.ts';
import { addPod, worldOf } from './world.ts';

/** Two points 10 µs apart, `cores` of CPU in between. */
function used(pod: Pod, cores: number): void {
  const { values } = pod.deployment.points;
  const row = rowOf(pod);
  values[row + POINTS] = 2;
  values[row + EARLIER_TIME] = 5;
  values[row + TIME] = 15;
  values[row + EARLIER_CPU] = 1;
  values[row + CPU] = 1 + 10 * cores;
}

test('what is known of a pod stays with it when the table grows', () => {
  const world = worldOf();
  const pods: Pod[] = [];
  for (let i = 0; i < 200; i++) {
    pods.push(addPod(world));
    used(pods[i], i);
  }
  expect(pods.map(lastReading)).toEqual(pods.map((_, i) => ({ cores: i, time: 15 })));
});

test('a container that is started again is not known, but what the pod used adds up', () => {
  const world = worldOf();
  const [first, second] = [addPod(world), addPod(world)];
  const { values } = first.deployment.points;
  used(first, 3);
  used(second, 4);
  values[rowOf(first) + APP_CPU] = 7;
  clearPoints(first);
  expect(lastReading(first)).toBeNull();
  expect(values[rowOf(first) + SAMPLE_TIME]).toBe(Number.NEGATIVE_INFINITY);
  expect(values[rowOf(first) + APP_CPU]).toBe(7);
  expect(lastReading(second)).toEqual({ cores: 4, time: 15 });
});
