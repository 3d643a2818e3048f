/**
 * What a node autoscaler sees of the cluster. A view is made anew only after something that it
 * shows has changed, and so are the lists of them: a thousand idle nodes cost a loop nothing.
 */
import type {
  LaunchFailure,
  NodeView,
  PendingPod,
  PodView,
  ProvisionerObservation,
} from '../provisioning/provisioner.ts';
import type { NodeLoop } from './node-loop.ts';
import { podRequests } from './pod-requests.ts';
import type { Node, Pod, World } from './world.ts';

/** Something about the node has changed that its view shows. */
export function touchNode({ nodeLoop }: World, node: Node): void {
  node.view = null;
  nodeLoop.nodeViews = null;
  nodeLoop.version += 1;
}

/** A pod has become unschedulable, or is so no more. */
export function touchPending({ nodeLoop }: World, pod: Pod): void {
  const { pendingView: seen, unschedulableSince: since } = pod;
  if (seen !== null) nodeLoop.pending.remove(seen.since, seen);
  pod.pendingView = since === null ? null : pendingView(pod, since);
  if (pod.pendingView !== null) nodeLoop.pending.add(pod.pendingView.since, pod.pendingView);
  nodeLoop.pendingViews = null;
  nodeLoop.version += 1;
}

export function observeNodes(
  world: World,
  loop: NodeLoop,
  failures: readonly LaunchFailure[],
  draws: ProvisionerObservation['draws'],
  now: number,
): ProvisionerObservation {
  loop.nodeViews ??= nodeViews(world);
  loop.pendingViews ??= loop.pending.toArray();
  return {
    now,
    groups: world.model.pools,
    nodes: loop.nodeViews,
    pending: loop.pendingViews,
    failures,
    version: loop.version,
    draws,
  };
}

function nodeViews({ nodes }: World): readonly NodeView[] {
  const views: NodeView[] = [];
  for (const node of nodes) {
    node.view ??= makeView(node);
    views.push(node.view);
  }
  return views;
}

function makeView(node: Node): NodeView {
  const { id, pool, offering, claim, life, state, cpu, memory, podsFree } = node;
  let priorityMin = 0;
  for (const { deployment } of node.bound) {
    priorityMin = Math.min(priorityMin, deployment.priority);
  }
  return {
    id,
    group: pool.name,
    type: offering.type,
    zone: offering.zone,
    plan: offering.plan,
    state: state === 'upcoming' || state === 'usable' ? state : 'leaving',
    stopping: state === 'removing',
    claim,
    requested: life.requested,
    usable: life.usable ?? null,
    allocatable: offering.allocatable,
    free: { cpu, memory, pods: podsFree },
    emptySince: node.emptySince,
    pods: node.bound.map(podView),
    priorityMin,
  };
}

/** Pods of a ReplicaSet may all be moved. */
function podView(pod: Pod): PodView {
  const { cpu, memory } = podRequests(pod);
  const owner = pod.deployment.model.service.name;
  const { priority } = pod.deployment;
  return { id: pod.id, owner, cpu, memory, priority, evictable: true };
}

/** Written out: a loop compares all of them, and copies made by spreading have no common layout. */
function pendingView(pod: Pod, since: number): PendingPod {
  const { id, owner, cpu, memory, priority, evictable } = podView(pod);
  return { id, owner, cpu, memory, priority, evictable, since };
}
