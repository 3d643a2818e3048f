/**
 * Cumulative CPU of a service's pods: what starts of their applications use, and what kubelets and
 * metrics-server know of the whole; time µs, CPU core-µs. A table with a row per pod: all pods are
 * gone through every few seconds, and a row is two lines of the processor's cache, the first of
 * which is all that a kubelet's sample needs, where objects with boxed numbers are many.
 */
import type { Pod } from './world.ts';

/** What starts have used until APP_SINCE, and cores that one uses from then on: over all starts. */
export const APP_CPU = 0;
export const APP_RATE = 1;
export const APP_SINCE = 2;
/** From here on: of the pod's container, cleared with it. */
const OF_CONTAINER = 3;
/** CPU of the pod when its container was started: the container's own counter began at 0. */
export const BASE = 3;
/** Newest kubelet sample; time −Infinity = none. */
export const SAMPLE_TIME = 4;
export const SAMPLE_CPU = 5;
/** metrics-server’s last points: how many of two there are, the newer one, the one before. */
export const POINTS = 6;
export const TIME = 7;
export const CPU = 8;
export const EARLIER_TIME = 9;
export const EARLIER_CPU = 10;

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
  return rowOfColumn(column);
}

export function rowOfColumn(column: number): number {
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
  points.values.fill(0, row + OF_CONTAINER, row + WIDTH);
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
