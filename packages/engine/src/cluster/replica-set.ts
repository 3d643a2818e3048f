/**
 * The ReplicaSet: makes pods until there are as many as wanted, and chooses which ones go. A pod
 * that goes leaves the endpoints after the propagation delay, serves what it holds, and is killed
 * at the end of its grace period; its requests count on the node until it is gone.
 *
 * @source kubernetes/kubernetes pkg/controller/controller_utils.go, ActivePodsWithRanks (victims).
 */
import { assert } from '../kernel/assert.ts';
import { propagation, wantPod } from './pod-start.ts';
import { retryUnschedulable, unbindPod } from './scheduler.ts';
import type { Deployment, Pod, World } from './world.ts';

/** Makes the number of pods that are not on their way out equal to `desired`. */
export function scaleTo(world: World, deployment: Deployment, desired: number, now: number): void {
  deployment.desired = desired;
  const active = deployment.pods.filter((pod) => pod.state !== 'draining');
  for (let i = active.length; i < desired; i++) wantPod(world, deployment, now);
  if (active.length > desired) {
    for (const pod of victims(active).slice(0, active.length - desired)) {
      deletePod(world, pod, now);
    }
  }
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
  const crowd = (pod: Pod) => (pod.node === null ? 0 : (siblings.get(pod.node.id) ?? 0));
  const bound = (pod: Pod) => (pod.node === null ? 0 : 1);
  const running = (pod: Pod) => (pod.state === 'pending' ? 0 : 1);
  const ready = (pod: Pod) => (pod.readySince === null ? 0 : 1);
  return [...pods].sort(
    (a, b) =>
      bound(a) - bound(b) ||
      running(a) - running(b) ||
      ready(a) - ready(b) ||
      crowd(b) - crowd(a) ||
      (b.readySince ?? 0) - (a.readySince ?? 0) ||
      b.life.ordinal - a.life.ordinal,
  );
}

function deletePod(world: World, pod: Pod, now: number): void {
  pod.life.draining = now;
  pod.unschedulableSince = null;
  if (pod.state !== 'ready') {
    removePod(world, pod, now);
    return;
  }
  pod.state = 'draining';
  const { terminationGracePeriod } = pod.deployment.model.service.workload;
  world.calendar.schedule(now + propagation(world, pod), { kind: 'pod', pod, stage: 'unrouted' });
  world.calendar.schedule(now + terminationGracePeriod, { kind: 'pod', pod, stage: 'killed' });
}

/** No client sends to the pod any more. */
export function unroutePod(_world: World, pod: Pod): void {
  if (pod.state === 'draining') pod.deployment.model.plane.withdraw(pod.column);
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
  for (const deployment of world.deployments) {
    const { plane } = deployment.model;
    const finished = deployment.pods.filter(
      (pod) =>
        pod.state === 'draining' &&
        plane.outstanding(pod.column, now) === 0 &&
        !plane.isReady(pod.column) &&
        now >= (pod.life.draining ?? now) + deployment.model.service.workload.preStopSleep,
    );
    for (const pod of finished) removePod(world, pod, now);
  }
}

function removePod(world: World, pod: Pod, now: number): void {
  assert(pod.state !== 'gone', `pod ${pod.id} is removed twice`);
  pod.state = 'gone';
  pod.life.gone = now;
  const { deployment } = pod;
  deployment.pods = deployment.pods.filter((other) => other !== pod);
  unbindPod(pod, now);
  retryUnschedulable(world, now);
}
