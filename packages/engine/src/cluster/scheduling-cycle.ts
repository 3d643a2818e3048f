/**
 * The scheduler at work: one server that takes up one pod after another, of the highest priority
 * first, each for 1 ÷ throughput. A cycle ends in a node, in room made by preemption, or in the
 * pool.
 *
 * Pods of an owner are alike: while nothing can have made room, one that found none stands for all.
 * Cycles that end before anything else can happen are done at once instead of one by one from the
 * calendar: what they change (queues, nodes and pods, pulls that begin, rows of the ledger) nobody
 * looks at before the next event or second.
 */
import { pullImage } from './images.ts';
import { preemptFor } from './preemption.ts';
import { bindPod, findNode } from './scheduler.ts';
import { armCycle, dequeuePod, nextEnd, nextPod, parkPod } from './scheduling-queue.ts';
import { isServerless, launchServerless, serverlessNode } from './serverless.ts';
import type { Node, Pod, World } from './world.ts';

const SECOND = 1_000_000;

/** All cycles that end now, and those after them that end before anything else happens. */
export function runCycles(world: World, now: number): void {
  const { scheduler, calendar, horizon } = world;
  if (scheduler.due !== now) return;
  scheduler.due = Number.POSITIVE_INFINITY;
  // From second to second pods may end without an event of their own. What ends at the horizon
  // still counts.
  const quiet = Math.min((Math.floor(now / SECOND) + 1) * SECOND, horizon + 1);
  for (;;) {
    const end = nextEnd(world);
    if (end > now && (end >= quiet || end >= calendar.nextTime)) break;
    const pod = nextPod(world, end);
    if (pod === null) break;
    scheduler.free = end;
    // Nothing has changed since no node took a pod like this one.
    if (pod.deployment.noRoomAt === scheduler.version) parkPod(world, pod, end);
    else attempt(world, pod, end);
  }
  armCycle(world);
}

function attempt(world: World, pod: Pod, now: number): void {
  const node = isServerless(world) ? serverlessNode(world, pod, now) : findNode(world, pod);
  if (node !== null) {
    assignNode(world, pod, node);
    boundPod(world, pod, now);
    return;
  }
  if (preemptFor(world, pod, now)) return;
  pod.deployment.noRoomAt = world.scheduler.version;
  parkPod(world, pod, now);
}

function assignNode(world: World, pod: Pod, node: Node): void {
  dequeuePod(world, pod);
  bindPod(world, pod, node);
}

/** The pod is bound to its node, whose kubelet takes it on. */
export function boundPod(world: World, pod: Pod, now: number): void {
  const { node, life } = pod;
  if (node === null) return;
  life.bound = now;
  pod.startTime = now;
  if (pod.deployment.isPause) startPause(pod, now);
  else if (node.offering.item === 'pod') launchServerless(world, pod, now);
  else pullImage(world, pod, node, now);
}

/** A pause container is the sandbox that is there anyway. */
function startPause(pod: Pod, now: number): void {
  const { life } = pod;
  for (const stage of ['imagePresent', 'started', 'appUp', 'ready', 'routed'] as const) {
    life[stage] = now;
  }
  pod.readySince = now;
  pod.state = 'ready';
}
