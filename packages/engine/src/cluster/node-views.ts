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
  pod.pendingView = null;
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
  loop.nodeViews ??= world.nodes.map(nodeView);
  loop.pendingViews ??= pendingPods(world);
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

function nodeView(node: Node): NodeView {
  node.view ??= makeView(node);
  return node.view;
}

function makeView(node: Node): NodeView {
  const { id, pool, offering, claim, life, state, cpu, memory, podsFree } = node;
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
  };
}

/** Pods of a ReplicaSet may all be moved. */
function podView(pod: Pod): PodView {
  const { cpu, memory } = podRequests(pod);
  const owner = pod.deployment.model.service.name;
  const { priority } = pod.deployment;
  return { id: pod.id, owner, cpu, memory, priority, evictable: true };
}

function pendingPods(world: World): readonly PendingPod[] {
  const pending: PendingPod[] = [];
  let owners = 0;
  for (const { unschedulable } of world.owners) {
    if (unschedulable.length > 0) owners += 1;
    for (const pod of unschedulable) pending.push(pendingView(pod));
  }
  return owners > 1 ? pending.sort((a, b) => a.id - b.id) : pending;
}

function pendingView(pod: Pod): PendingPod {
  pod.pendingView ??= pendingSince(podView(pod), pod.unschedulableSince ?? 0);
  return pod.pendingView;
}

/** Written out: a loop compares all of them, and copies made by spreading have no common layout. */
function pendingSince(pod: PodView, since: number): PendingPod {
  const { id, owner, cpu, memory, priority, evictable } = pod;
  return { id, owner, cpu, memory, priority, evictable, since };
}
