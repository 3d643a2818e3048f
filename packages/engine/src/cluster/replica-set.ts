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
  for (const { pod } of victims(world, active, surplus, now)) deletePod(world, pod, now);
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

interface Victim {
  readonly pod: Pod;
  readonly rank: number;
}

/**
 * Which pods go first: not bound before bound, pending before running, not ready before ready,
 * cheaper to delete, more siblings on the node, ready for a shorter time, more restarts, younger.
 * Times count by powers of two only; within one, chance decides (the UID). Where so many pods rank
 * before it that it stays in any case, a pod is not compared with others.
 */
function victims(
  world: World,
  active: readonly Pod[],
  surplus: number,
  now: number,
): readonly Victim[] {
  const siblings = new Int32Array(world.nodesMade);
  for (let i = 0; i < active.length; i++) {
    const { node } = active[i];
    if (node !== null) siblings[node.id] += 1;
  }
  const ranks = new Float64Array(active.length);
  for (let i = 0; i < active.length; i++) ranks[i] = rankOf(active[i], siblings, now);
  const last = ranks.toSorted()[surplus - 1];
  const first: Victim[] = [];
  for (let i = 0; i < active.length; i++) {
    if (ranks[i] <= last) first.push({ pod: active[i], rank: ranks[i] });
  }
  first.sort((a, b) => a.rank - b.rank || byUid(a.pod, b.pod));
  for (let from = 0; from < first.length; ) {
    let to = from + 1;
    while (to < first.length && first[to].rank === first[from].rank) to += 1;
    if (to > from + 1) tellApart(first, from, to, now);
    from = to;
  }
  return first.slice(0, surplus);
}

/**
 * Pods of one rank, in the order of their UIDs. Those that became ready at one instant are told
 * apart by restarts and age before that, those of different instants are not: together that is no
 * order (A before B by age, yet B before C and C before A by UID), and Kubernetes leaves what
 * becomes of it to its sort. Here pods of one instant change places among themselves.
 */
function tellApart(ranked: Victim[], from: number, to: number, now: number): void {
  const instants = new Set<number | null>();
  for (let i = from; i < to; i++) instants.add(ranked[i].pod.readySince);
  if (instants.size === to - from) return;
  const places = new Map<number | null, number[]>();
  for (let i = from; i < to; i++) {
    const { readySince } = ranked[i].pod;
    const own = places.get(readySince);
    if (own === undefined) places.set(readySince, [i]);
    else own.push(i);
  }
  for (const own of places.values()) {
    if (own.length === 1) continue;
    const pods = own.map((place) => ranked[place]);
    pods.sort((a, b) => byAge(a.pod, b.pod, now));
    for (let i = 0; i < own.length; i++) ranked[own[i]] = pods[i];
  }
}

/** Stage, cost, siblings and readiness as one integer: 3, 32, 11 and 7 bits. */
function rankOf(pod: Pod, siblings: Int32Array, now: number): number {
  const { node, readySince } = pod;
  const crowd = node === null ? 0 : siblings[node.id];
  const readyFor = readySince === null ? -1 : ageBucket(now - readySince);
  const known = (stageOf(pod) * COSTS + pod.deletionCost) * CROWDS - crowd;
  return known * AGES + readyFor;
}

const COSTS = 2 ** 32;
const CROWDS = 2 ** 11;
const AGES = 2 ** 7;

/** More restarts first, then the younger. */
function byAge(a: Pod, b: Pod, now: number): number {
  return b.restarts - a.restarts || ageOf(a, now) - ageOf(b, now) || byUid(a, b);
}

function byUid(a: Pod, b: Pod): number {
  return a.uid - b.uid || b.id - a.id;
}

function ageOf({ life }: Pod, now: number): number {
  return life.created === undefined ? -1 : ageBucket(now - life.created);
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
