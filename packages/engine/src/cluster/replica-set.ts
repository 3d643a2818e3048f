/**
 * The ReplicaSet: makes pods until there are as many as wanted, and chooses which ones go (how they
 * end: termination.ts).
 *
 * @source kubernetes/kubernetes pkg/controller/controller_utils.go, ActivePodsWithRanks (victims).
 */
import { callTime, wantPod } from './pod-creation.ts';
import { dequeuePod } from './scheduling-queue.ts';
import { removePod, terminatePod } from './termination.ts';
import type { Deployment, Pod, World } from './world.ts';

/** Makes the number of pods that are not on their way out equal to `desired`. */
export function scaleTo(world: World, deployment: Deployment, desired: number, now: number): void {
  deployment.desired = desired;
  const surplus = activePods(deployment) - desired;
  for (let i = surplus; i < 0; i++) wantPod(world, deployment, now);
  if (surplus <= 0) return;
  const active = deployment.pods.filter((pod) => pod.state !== 'draining' && !pod.isDoomed);
  for (const pod of victims(active, now).slice(0, surplus)) deletePod(world, pod, now);
}

/** How many pods there are that are not on their way out. */
export function activePods({ pods, draining }: Deployment): number {
  return pods.length - draining;
}

/** The delete call waits for the client's rate limit; a pod without an object needs none. */
function deletePod(world: World, pod: Pod, now: number): void {
  const at = pod.life.created === undefined ? now : callTime(world, now);
  if (at <= now) {
    terminatePod(world, pod, now);
    return;
  }
  pod.isDoomed = true;
  pod.deployment.draining += 1;
  world.calendar.schedule(at, { kind: 'pod', pod, stage: 'deleted' });
}

/** The delete call has come through. */
export function deletedPod(world: World, pod: Pod, now: number): void {
  if (!pod.isDoomed) return;
  spare(pod);
  terminatePod(world, pod, now);
}

/** It is no longer about to be deleted: something else ends it. */
function spare(pod: Pod): void {
  if (!pod.isDoomed) return;
  pod.isDoomed = false;
  pod.deployment.draining -= 1;
}

interface Ranked {
  readonly pod: Pod;
  readonly stage: number;
  /** Siblings on its node. */
  readonly crowd: number;
  readonly readyFor: number;
  readonly age: number;
}

/**
 * Which pods go first: not bound before bound, pending before running, not ready before ready,
 * cheaper to delete, more siblings on the node, ready for a shorter time, more restarts, younger.
 * Times count by powers of two only; within one, chance decides (the UID).
 */
function victims(pods: readonly Pod[], now: number): Pod[] {
  const siblings = new Map<number, number>();
  for (const { node } of pods) {
    if (node !== null) siblings.set(node.id, (siblings.get(node.id) ?? 0) + 1);
  }
  const ranked = pods.map((pod) => ({
    pod,
    stage: stageOf(pod),
    crowd: pod.node === null ? 0 : (siblings.get(pod.node.id) ?? 0),
    readyFor: pod.readySince === null ? -1 : ageBucket(now - pod.readySince),
    age: pod.life.created === undefined ? -1 : ageBucket(now - pod.life.created),
  }));
  return ranked.sort(byRank).map(({ pod }) => pod);
}

function byRank(a: Ranked, b: Ranked): number {
  const known = a.stage - b.stage || a.pod.deletionCost - b.pod.deletionCost || b.crowd - a.crowd;
  if (known !== 0) return known;
  // Pods that became ready at different times are told apart by that alone.
  if (a.pod.readySince !== b.pod.readySince) return a.readyFor - b.readyFor || byUid(a, b);
  return b.pod.restarts - a.pod.restarts || a.age - b.age || byUid(a, b);
}

function byUid({ pod: a }: Ranked, { pod: b }: Ranked): number {
  return a.uid - b.uid || b.id - a.id;
}

/** ⌊log₂ of nanoseconds⌋; −1 = no time at all. */
export function ageBucket(microseconds: number): number {
  const nanoseconds = microseconds * 1000;
  // Beyond 32 bits the upper ones alone decide.
  if (nanoseconds >= 2 ** 32) return 63 - Math.clz32(nanoseconds / 2 ** 32);
  return 31 - Math.clz32(nanoseconds);
}

/** How far the pod has come: bound, then running, then ready. */
function stageOf({ node, state, readySince }: Pod): number {
  return (node === null ? 0 : 4) + (state === 'pending' ? 0 : 2) + (readySince === null ? 0 : 1);
}

/**
 * The pod is asked to leave its node although it is still wanted (drain, preemption): it ends as a
 * deleted one does, and its ReplicaSet makes another at once. One on its way out just goes on.
 */
export function evictPod(world: World, pod: Pod, now: number): void {
  if (pod.state === 'draining' || pod.state === 'gone') return;
  const isWanted = !pod.isDoomed;
  spare(pod);
  terminatePod(world, pod, now);
  if (isWanted) wantPod(world, pod.deployment, now);
}

/** The pod is gone this instant, with its node: its requests fail, and another is made. */
export function losePod(world: World, pod: Pod, now: number): void {
  if (pod.state === 'gone') return;
  const { deployment } = pod;
  const isWanted = pod.state !== 'draining' && !pod.isDoomed;
  spare(pod);
  pod.life.draining ??= now;
  dequeuePod(world, pod);
  // Nobody needs to hear of it: its address answers no more.
  pod.container.listing += 1;
  pod.container.isListed = false;
  if (pod.life.routed !== undefined && !deployment.isPause) {
    const { plane } = deployment.model;
    plane.withdraw(pod.column);
    plane.lose(pod.column, now);
  }
  removePod(world, pod, now);
  if (isWanted) wantPod(world, deployment, now);
}
