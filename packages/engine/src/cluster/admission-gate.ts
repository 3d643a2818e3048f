/**
 * Gates of a security platform: an admission webhook in front of every pod, and a scan of every
 * image that is new on a node. With a capacity a gate is a queue, first come first served; without
 * one every check begins at once.
 */
import { nextNormal } from '../kernel/random.ts';
import type { GateSpec } from '../scenario/schema.ts';
import { delayFrom } from './delays.ts';
import { nodeOf } from './node-of.ts';
import type { ServiceStreams } from './service-streams.ts';
import type { Pod, World } from './world.ts';

export interface Gate {
  readonly spec: GateSpec;
  /** By owner of pods: another service’s checks do not change the times of one. */
  readonly streams: ServiceStreams;
  /** When each of its servers is free, µs; empty = there is no limit. */
  readonly free: number[];
}

/** The gates of a cluster; null = there is none. */
export interface Gates {
  readonly admission: Gate | null;
  readonly imageScan: Gate | null;
}

export function createGate(spec: GateSpec | undefined, streams: ServiceStreams): Gate | null {
  if (spec === undefined) return null;
  const free = new Array<number>(spec.capacity ?? 0).fill(Number.NEGATIVE_INFINITY);
  return { spec, streams, free };
}

/** When a check for a pod of the owner that is asked for at `now` is done, µs. */
function passGate({ spec, streams, free }: Gate, owner: number, now: number): number {
  const time = delayFrom(spec, nextNormal(streams(owner)));
  if (free.length === 0) return now + time;
  let server = 0;
  for (let i = 1; i < free.length; i++) if (free[i] < free[server]) server = i;
  free[server] = Math.max(now, free[server]) + time;
  return free[server];
}

/** When a pod whose create call arrives at `now` exists, µs. */
export function admittedAt({ gates }: World, { deployment }: Pod, now: number): number {
  return gates.admission === null ? now : passGate(gates.admission, deployment.index, now);
}

/**
 * When the pod's image is scanned, µs: what has been on the node from the start is, and pods of the
 * same image wait for the same scan.
 */
export function scannedAt({ gates }: World, pod: Pod, now: number): number {
  const node = nodeOf(pod);
  const { index } = pod.deployment;
  const isOld = node.imagePresent.get(index) === Number.NEGATIVE_INFINITY;
  if (gates.imageScan === null || isOld) return now;
  const at = node.scanned.get(index) ?? passGate(gates.imageScan, index, now);
  node.scanned.set(index, at);
  return Math.max(now, at);
}
