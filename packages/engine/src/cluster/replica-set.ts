/**
 * The ReplicaSet: makes pods until there are as many as wanted, and chooses which ones go. A pod
 * that goes leaves the endpoints after the propagation delay, serves what it holds, and is killed
 * at the end of its grace period; its requests count on the node until it is gone.
 *
 * @source kubernetes/kubernetes pkg/controller/controller_utils.go, ActivePodsWithRanks (victims).
 */
import { assert } from '../kernel/assert.ts';
import { enter, leave } from './by-id.ts';
import { stopSampling } from './metrics-pipeline.ts';
import { propagation, wantPod } from './pod-start.ts';
import { retryUnschedulable, unbindPod, unparkPod } from './scheduler.ts';
import type { Deployment, Pod, World } from './world.ts';

/** Makes the number of pods that are not on their way out equal to `desired`. */
export function scaleTo(world: World, deployment: Deployment, desired: number, now: number): void {
  deployment.desired = desired;
  const surplus = activePods(deployment) - desired;
  for (let i = surplus; i < 0; i++) wantPod(world, deployment, now);
  if (surplus <= 0) return;
  const active = deployment.pods.filter((pod) => pod.state !== 'draining');
  for (const pod of victims(active).slice(0, surplus)) deletePod(world, pod, now);
}

/** How many pods there are that are not on their way out. */
export function activePods({ pods, draining }: Deployment): number {
  return pods.length - draining;
}

/**
 * Which pods go first: not bound before bound, pending before running, not ready before ready, more
 * siblings on the node, ready for a shorter time, younger.
 */
function victims(pods: readonly Pod[]): Pod[] {
  const siblings = new Map<number, number>();
  for (const { node } of pods) {
    if (node !== null) siblings.set(node.id, (siblings.get(node.id) ?? 0) + 1);
  }
  const ranked = pods.map((pod) => ({
    pod,
    stage: stageOf(pod),
    crowd: pod.node === null ? 0 : (siblings.get(pod.node.id) ?? 0),
    readySince: pod.readySince ?? 0,
  }));
  ranked.sort(
    (a, b) =>
      a.stage - b.stage || b.crowd - a.crowd || b.readySince - a.readySince || b.pod.id - a.pod.id,
  );
  return ranked.map(({ pod }) => pod);
}

/** How far the pod has come: bound, then running, then ready. */
function stageOf({ node, state, readySince }: Pod): number {
  return (node === null ? 0 : 4) + (state === 'pending' ? 0 : 2) + (readySince === null ? 0 : 1);
}

function deletePod(world: World, pod: Pod, now: number): void {
  pod.life.draining = now;
  unparkPod(pod);
  if (pod.state !== 'ready') {
    removePod(world, pod, now);
    return;
  }
  pod.state = 'draining';
  pod.deployment.draining += 1;
  const { terminationGracePeriod } = pod.deployment.model.service.workload;
  world.calendar.schedule(now + propagation(world, pod), { kind: 'pod', pod, stage: 'unrouted' });
  world.calendar.schedule(now + terminationGracePeriod, { kind: 'pod', pod, stage: 'killed' });
}

/** No client sends to the pod any more. */
export function unroutePod(_world: World, pod: Pod): void {
  if (pod.state !== 'draining') return;
  pod.deployment.model.plane.withdraw(pod.column);
  enter(pod.deployment.unrouted, pod);
}

/** The grace period is over: what the pod still holds is lost. */
export function killPod(world: World, pod: Pod, now: number): void {
  if (pod.state !== 'draining') return;
  const { plane } = pod.deployment.model;
  plane.withdraw(pod.column);
  plane.lose(pod.column, now);
  removePod(world, pod, now);
}

/** The kubelet notices, at its relist, that a withdrawn pod has finished. */
export function removeFinished(world: World, now: number): void {
  for (const { unrouted, model } of world.deployments) {
    const { preStopSleep } = model.service.workload;
    const finished = unrouted.filter(
      ({ life, column }) =>
        now >= (life.draining ?? now) + preStopSleep && model.plane.outstanding(column, now) === 0,
    );
    for (const pod of finished) removePod(world, pod, now);
  }
}

function removePod(world: World, pod: Pod, now: number): void {
  assert(pod.state !== 'gone', `pod ${pod.id} is removed twice`);
  const { deployment } = pod;
  if (pod.state === 'draining') deployment.draining -= 1;
  pod.state = 'gone';
  pod.life.gone = now;
  leave(deployment.pods, pod);
  leave(deployment.unrouted, pod);
  stopSampling(world, pod);
  unbindPod(world, pod, now);
  retryUnschedulable(world, now);
}
