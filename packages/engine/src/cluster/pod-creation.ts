/**
 * The creating half of a ReplicaSet controller. A sync makes at most 500 pods, in batches of 1, 2,
 * 4, 8 …: the calls of a batch are concurrent, and the next batch starts when all have succeeded.
 * The next sync waits until all of this one is seen. A refused call ends the sync, and the
 * controller tries again after an exponential back-off, or as soon as one of its pods is gone or
 * more of them are wanted.
 * Create and delete calls of all ReplicaSets share the client's rate limit.
 *
 * @source kubernetes/kubernetes pkg/controller/replicaset/replica_set.go (burstReplicas,
 * slowStartBatch); client-go util/workqueue/default_rate_limiters.go (5 ms · 2^n, at most 1000 s)
 */
import { admittedAt } from './admission-gate.ts';
import { enter } from './by-id.ts';
import { delayFrom } from './delays.ts';
import { doubledWait } from './doubling.ts';
import { noteRefusal } from './ledger-notes.ts';
import { newPod } from './pod-start.ts';
import { type Refusal, takeQuota } from './quota.ts';
import { enqueuePod } from './scheduling-queue.ts';
import type { Deployment, Pod, ReplicaSet, World } from './world.ts';

const SECOND = 1e6;
const BURST_REPLICAS = 500;
const FIRST_RETRY = 5000;
const LONGEST_RETRY = 1000 * SECOND;

export function restingReplicaSet(): ReplicaSet {
  return {
    uncreated: [],
    due: Number.POSITIVE_INFINITY,
    isCalling: false,
    left: 0,
    batch: 0,
    refused: 0,
    failures: 0,
  };
}

/** One more pod is wanted: the controllers react, if they are not at it already. */
export function wantPod(world: World, deployment: Deployment, now: number): void {
  const { replicaSet } = deployment;
  enter(replicaSet.uncreated, newPod(world, deployment, now));
  if (replicaSet.due === Number.POSITIVE_INFINITY || isBackingOff(replicaSet)) {
    startSync(world, deployment, now);
  }
}

/** Its last sync ended in a refusal, and the next one is some time away. */
function isBackingOff({ isCalling, failures }: ReplicaSet): boolean {
  return !isCalling && failures > 0;
}

/** The controllers notice: the first pod exists after `startup.create`. */
function startSync(world: World, deployment: Deployment, now: number): void {
  const { uncreated, due } = deployment.replicaSet;
  const { create } = world.model.strategy.startup;
  const at = now + delayFrom(create, uncreated[0].draws.create);
  if (at < due) turnAt(world, deployment, at);
}

function turnAt({ calendar }: World, deployment: Deployment, at: number): void {
  deployment.replicaSet.due = at;
  calendar.schedule(at, { kind: 'replicate', deployment });
}

/** A sync begins, or all calls of its last batch have been answered. */
export function replicate(world: World, deployment: Deployment, now: number): void {
  const { replicaSet } = deployment;
  // It became due earlier, and this is the old appointment.
  if (replicaSet.due !== now) return;
  replicaSet.due = Number.POSITIVE_INFINITY;
  if (replicaSet.isCalling && replicaSet.refused > 0) {
    retryLater(world, deployment, now);
  } else if (!replicaSet.isCalling) {
    replicaSet.left = Math.min(BURST_REPLICAS, replicaSet.uncreated.length);
    replicaSet.batch = 1;
    if (replicaSet.left > 0) callBatch(world, deployment, now);
    else replicaSet.failures = 0;
  } else if (replicaSet.left > 0 && replicaSet.uncreated.length > 0) {
    callBatch(world, deployment, now);
  } else {
    replicaSet.isCalling = false;
    replicaSet.failures = 0;
    if (replicaSet.uncreated.length > 0) startSync(world, deployment, now);
  }
}

function callBatch(world: World, deployment: Deployment, now: number): void {
  const { replicaSet } = deployment;
  const { createCall } = world.model.strategy.startup;
  const count = Math.min(replicaSet.batch, replicaSet.left, replicaSet.uncreated.length);
  let end = now;
  for (const pod of replicaSet.uncreated.splice(0, count)) {
    const sent = callTime(world, now);
    // `startup.create` ends with the first call of a sync.
    const isFirst = !replicaSet.isCalling;
    // A call returns when the webhooks have agreed.
    const called = isFirst ? sent : sent + delayFrom(createCall, pod.draws.create);
    const at = admittedAt(world, pod, called);
    world.calendar.schedule(at, { kind: 'pod', pod, stage: 'created' });
    end = Math.max(end, at);
  }
  replicaSet.isCalling = true;
  replicaSet.left -= count;
  replicaSet.batch *= 2;
  turnAt(world, deployment, end);
}

function retryLater(world: World, deployment: Deployment, now: number): void {
  const { replicaSet } = deployment;
  replicaSet.isCalling = false;
  replicaSet.refused = 0;
  replicaSet.failures += 1;
  turnAt(world, deployment, now + doubledWait(FIRST_RETRY, replicaSet.failures, LONGEST_RETRY));
}

/** A create call arrives: a quota may refuse it; else the pod is on its way to the scheduler. */
export function createPod(world: World, pod: Pod, now: number): void {
  const refusal = takeQuota(world, pod);
  if (refusal !== null) {
    const { replicaSet } = pod.deployment;
    if (replicaSet.failures === 0 && replicaSet.refused === 0) {
      noteRefusal(world, pod.deployment, refusal, now);
    }
    replicaSet.refused += 1;
    enter(replicaSet.uncreated, pod);
    return;
  }
  const { schedule } = world.model.strategy.startup;
  pod.life.created = now;
  enqueuePod(world, pod, now + delayFrom(schedule, pod.draws.schedule));
}

/** The quota has refused the pod for long: the back-off is at its longest. */
export function refuseStanding(world: World, pod: Pod, refusal: Refusal): void {
  const { deployment } = pod;
  const { replicaSet } = deployment;
  enter(replicaSet.uncreated, pod);
  if (replicaSet.failures > 0) return;
  noteRefusal(world, deployment, refusal, 0);
  replicaSet.failures = 1;
  turnAt(world, deployment, LONGEST_RETRY);
}

/** One of its pods is gone: a sync that waits to be tried again is tried now. */
export function wakeReplicaSet(world: World, deployment: Deployment, now: number): void {
  const { replicaSet } = deployment;
  const { due } = replicaSet;
  const waits = isBackingOff(replicaSet) && due !== Number.POSITIVE_INFINITY;
  if (waits && due > now) turnAt(world, deployment, now);
}

/** When the client's rate limit lets the next call through: a token bucket, as GCRA. */
export function callTime(world: World, now: number): number {
  const { createRate, createBurst } = world.model.strategy.startup;
  const interval = SECOND / createRate;
  const allowed = Math.max(now, Math.ceil(world.callTat - (createBurst - 1) * interval));
  world.callTat = Math.max(world.callTat, allowed) + interval;
  return allowed;
}
