/**
 * Cumulative CPU of a service's pods: what starts of their applications use, and what kubelets and
 * metrics-server know of the whole; time µs, CPU core-µs. A table with a row per pod: all pods are
 * gone through every few seconds, and a row is two lines of the processor's cache, where objects
 * with boxed numbers are many.
 */
import type { Pod } from './world.ts';

/** Newest kubelet sample; time −Infinity = none. */
export const SAMPLE_TIME = 0;
export const SAMPLE_CPU = 1;
/** metrics-server’s last points: how many of two there are, the newer one, the one before. */
export const POINTS = 2;
export const TIME = 3;
export const CPU = 4;
export const EARLIER_TIME = 5;
export const EARLIER_CPU = 6;
/** CPU of the pod when its container was started: the container's own counter began at 0. */
export const BASE = 7;
/** Those above are cleared with the container, those below add up over all starts of a pod. */
const OF_CONTAINER = 8;
/** What starts have used until APP_SINCE, and cores that one uses from then on. */
export const APP_CPU = 8;
export const APP_RATE = 9;
export const APP_SINCE = 10;

const WIDTH = 16;
const FIRST_ROWS = 64;

export interface CpuPoints {
  /** @shape Float64Array[pods ever made × WIDTH] */
  values: Float64Array;
}

export function cpuPoints(): CpuPoints {
  return { values: new Float64Array(FIRST_ROWS * WIDTH) };
}

/** Place of the pod's row in the values of its deployment. */
export function rowOf({ column }: Pod): number {
  return column * WIDTH;
}

/** Nothing is known of the pod’s container, or not any more. */
export function clearPoints(pod: Pod): void {
  const { points } = pod.deployment;
  const row = rowOf(pod);
  if (row >= points.values.length) {
    const { values } = points;
    points.values = new Float64Array(Math.max(2 * values.length, row + WIDTH));
    points.values.set(values);
  }
  points.values.fill(0, row, row + OF_CONTAINER);
  points.values[row + SAMPLE_TIME] = Number.NEGATIVE_INFINITY;
}

/** Mean cores between the last two points, and the newer one's time; null = there are not two. */
export interface CpuReading {
  readonly cores: number;
  readonly time: number;
}

export function lastReading(pod: Pod): CpuReading | null {
  const { values } = pod.deployment.points;
  const row = rowOf(pod);
  if (values[row + POINTS] < 2) return null;
  const time = values[row + TIME];
  const used = values[row + CPU] - values[row + EARLIER_CPU];
  return { cores: used / (time - values[row + EARLIER_TIME]), time };
}
