/**
 * A pod that is deleted ends on two ways at once: clients hear of it (endpoints.ts), and its
 * kubelet lets preStop sleep, sends TERM, and kills what is left at the end of the grace period.
 *
 *   deleted ─┬─ EndpointSlice, proxies ──────────────► no client sends to it
 *            └─ preStop sleep ─► TERM ─► it has served what it holds, or KILL ─► removed ─► gone
 *
 * An application that closes its port at TERM fails what arrives until clients have heard; one that
 * drains serves it. A node removes one pod after another, and the pod's requests for CPU and memory
 * count on it until it is gone.
 *
 * @source kubernetes/website content/en/docs/concepts/workloads/pods/pod-lifecycle.md, Termination
 * of Pods; kubernetes/kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go, killContainer (a
 * preStop hook is waited for until the grace period is over; at least 2 s are left after TERM).
 */
import { InvariantError } from '../kernel/assert.ts';
import { enter, leave } from './by-id.ts';
import { unlistPod } from './endpoints.ts';
import { stopSampling } from './metrics-pipeline.ts';
import { endWork } from './node-cpu.ts';
import { nodeOf } from './node-of.ts';
import { wakeReplicaSet } from './pod-creation.ts';
import { releaseQuota } from './quota.ts';
import { discountPod, unbindPod } from './scheduler.ts';
import { dequeuePod, noticeRoom } from './scheduling-queue.ts';
import { closeServerless } from './serverless.ts';
import type { Node, Pod, World } from './world.ts';

const SECOND = 1_000_000;

/** What a preStop hook leaves between TERM and KILL at least, µs. */
const LEAST_AFTER_TERM = 2 * SECOND;

/** Pods on a node above which it removes them more slowly. */
const CROWD = 50;

/** The deletion is accepted. */
export function terminatePod(world: World, pod: Pod, now: number): void {
  const { container, deployment } = pod;
  pod.life.draining = now;
  dequeuePod(world, pod);
  if (pod.node === null || pod.life.started === undefined || deployment.isPause) {
    removePod(world, pod, now);
    return;
  }
  // Whatever was about to happen to a pod that is wanted is called off.
  container.run += 1;
  discountPod(pod);
  pod.state = 'draining';
  if (!pod.isDoomed) deployment.draining += 1;
  unlistPod(world, pod, now);
  if (container.startedAt === null) {
    exitPod(world, pod, now);
    return;
  }
  const { terminationGracePeriod: grace, preStopSleep } = deployment.model.service.workload;
  // Without a grace period there is no time for a hook.
  const term = Math.min(preStopSleep, grace);
  const kill = term === 0 ? grace : Math.max(grace, term + LEAST_AFTER_TERM);
  const { run } = container;
  world.calendar.schedule(now + term, { kind: 'pod', pod, stage: 'term', run });
  world.calendar.schedule(now + kill, { kind: 'pod', pod, stage: 'killed', run });
  const { loadBalancer } = world.model.strategy.startup;
  if (loadBalancer === undefined || loadBalancer.deregistrationDelay >= kill) return;
  const cut = now + loadBalancer.deregistrationDelay;
  world.calendar.schedule(cut, { kind: 'pod', pod, stage: 'cut', run });
}

/** TERM: an application that is not up yet ends at once. */
export function termPod(world: World, pod: Pod, now: number): void {
  const { container, deployment } = pod;
  container.isTermed = true;
  if (!container.isUp) {
    exitPod(world, pod, now);
    return;
  }
  if (world.model.strategy.startup.termination.onTerm === 'close') {
    deployment.model.plane.refuse(pod.column, now);
  }
  enter(deployment.ending, pod);
}

/** The load balancer closes the connections of a target that has had its time. */
export function cutPod(_world: World, pod: Pod, now: number): void {
  pod.deployment.model.plane.lose(pod.column, now);
}

/** The grace period is over: what the pod still holds is lost. */
export function killPod(world: World, pod: Pod, now: number): void {
  const { hasEnded } = pod.container;
  if (pod.state !== 'draining' || hasEnded) return;
  const { plane } = pod.deployment.model;
  plane.refuse(pod.column, now);
  plane.lose(pod.column, now);
  exitPod(world, pod, now);
}

/** The kubelet notices, at its relist, that an application has served what it held. */
export function endFinished(world: World, now: number): void {
  for (const { ending, model } of world.deployments) {
    if (ending.length === 0) continue;
    const closes = world.model.strategy.startup.termination.onTerm === 'close';
    // A pod that exits leaves the list.
    for (let i = 0; i < ending.length; ) {
      const pod = ending[i];
      const isDone = closes || !pod.container.isListed;
      if (isDone && model.plane.outstanding(pod.column, now) === 0) exitPod(world, pod, now);
      else i += 1;
    }
  }
}

/** Its processes have ended: the node removes one such pod after another. */
export function exitPod(world: World, pod: Pod, now: number): void {
  const { container, deployment } = pod;
  const node = nodeOf(pod);
  if (container.hasEnded) throw new InvariantError(`pod ${pod.id} ends twice`);
  container.hasEnded = true;
  container.isUp = false;
  leave(deployment.ending, pod);
  endWork(world, pod, now);
  stopSampling(pod);
  // Clients that have not heard of it find nobody.
  deployment.model.plane.refuse(pod.column, now);
  node.stopping.push(pod);
  if (node.stopping.length === 1) removeNext(world, node, now);
}

function removeNext(world: World, node: Node, now: number): void {
  if (node.stopping.length === 0) return;
  const pod = node.stopping[0];
  const { stopsPerNode, crowdedStopsPerNode } = world.model.strategy.startup.termination;
  const rate = node.pods > CROWD ? Math.min(stopsPerNode, crowdedStopsPerNode) : stopsPerNode;
  world.calendar.schedule(Math.ceil(now + SECOND / rate), { kind: 'pod', pod, stage: 'removed' });
}

/** The node has removed the pod. */
export function removedPod(world: World, pod: Pod, now: number): void {
  const { node } = pod;
  if (node === null || node.stopping[0] !== pod) return;
  node.stopping.shift();
  removePod(world, pod, now);
  removeNext(world, node, now);
}

/** The pod is gone, and its room is free. */
export function removePod(world: World, pod: Pod, now: number): void {
  if (pod.state === 'gone') throw new InvariantError(`pod ${pod.id} is removed twice`);
  const { deployment, node } = pod;
  if (pod.state === 'draining' || pod.isDoomed) deployment.draining -= 1;
  endWork(world, pod, now);
  discountPod(pod);
  pod.state = 'gone';
  pod.life.gone = now;
  leave(deployment.pods, pod);
  leave(deployment.ending, pod);
  leave(deployment.replicaSet.uncreated, pod);
  if (node?.stopping.includes(pod)) forgetStop(world, node, pod, now);
  stopSampling(pod);
  unbindPod(world, pod, now);
  releaseQuota(world, pod);
  wakeReplicaSet(world, deployment, now);
  if (node === null) return;
  noticeRoom(world, node, now);
  closeServerless(world, node, now);
}

/** A pod that the node was about to remove is gone already. */
function forgetStop(world: World, node: Node, pod: Pod, now: number): void {
  const isNext = node.stopping[0] === pod;
  node.stopping.splice(node.stopping.indexOf(pod), 1);
  if (isNext) removeNext(world, node, now);
}
