/**
 * The scheduler: filters by requests, scores by LeastAllocated (spreads), ties to the oldest node.
 * Nodes with the same room left score alike, so only rooms are compared (rooms.ts).
 *
 * @source kubernetes/kubernetes pkg/scheduler/apis/config/v1/default_plugins.go,
 * NodeResourcesFit with LeastAllocated, cpu and memory at equal weight.
 */
import { assert } from '../kernel/assert.ts';
import { enter, leave } from './by-id.ts';
import { closeNode, openNode } from './rooms.ts';
import type { Node, Pod, World } from './world.ts';

/** Resources that a pod asks for: millicores and bytes. */
export function podRequests(pod: Pod): { cpu: number; memory: number } {
  const { cpuRequest, memoryRequest } = pod.deployment.model.service.workload;
  return { cpu: cpuRequest ?? 0, memory: memoryRequest };
}

export function findNode(world: World, pod: Pod): Node | null {
  const { cpu, memory } = podRequests(pod);
  const { allocatable } = world.model;
  let best: Node | null = null;
  let bestScore = -1;
  for (const room of world.rooms) {
    if (room.podsFree < 1 || room.cpu < cpu || room.memory < memory) continue;
    const score = (room.cpu - cpu) / allocatable.cpu + (room.memory - memory) / allocatable.memory;
    const [oldest] = room.nodes;
    if (score > bestScore || (score === bestScore && best !== null && oldest.id < best.id)) {
      best = oldest;
      bestScore = score;
    }
  }
  return best;
}

export function bindPod({ rooms }: World, pod: Pod, node: Node): void {
  const { cpu, memory } = podRequests(pod);
  closeNode(rooms, node);
  node.cpu -= cpu;
  node.memory -= memory;
  node.podsFree -= 1;
  node.pods += 1;
  node.emptySince = null;
  pod.node = node;
  assert(node.cpu >= 0 && node.memory >= 0 && node.podsFree >= 0, `node ${node.id} over-committed`);
  openNode(rooms, node);
}

/** Gives a pod's resources back to its node. */
export function unbindPod({ rooms }: World, pod: Pod, now: number): void {
  const { node } = pod;
  if (node === null) return;
  const { cpu, memory } = podRequests(pod);
  closeNode(rooms, node);
  node.cpu += cpu;
  node.memory += memory;
  node.podsFree += 1;
  node.pods -= 1;
  if (node.pods === 0) node.emptySince = now;
  pod.node = null;
  if (node.state === 'usable') openNode(rooms, node);
}

/** No node takes the pod, until something changes. */
export function parkPod(pod: Pod, now: number): void {
  const { unschedulable, parked } = pod.deployment;
  if (pod.unschedulableSince === null) {
    pod.unschedulableSince = now;
    enter(unschedulable, pod);
  }
  enter(parked, pod);
}

/** The pod has a node, or needs none any more. */
export function unparkPod(pod: Pod): void {
  if (pod.unschedulableSince === null) return;
  pod.unschedulableSince = null;
  leave(pod.deployment.unschedulable, pod);
  leave(pod.deployment.parked, pod);
}

/**
 * Something changed that may help: unschedulable pods are tried again after the rest of their
 * back-off, up to 1 s for a pod that failed once.
 */
export function retryUnschedulable(world: World, now: number): void {
  for (const { parked } of world.deployments) {
    for (const pod of parked) {
      const rest = Math.round((0.1 + 0.9 * pod.draws.backoff) * 1e6);
      world.calendar.schedule(now + rest, { kind: 'pod', pod, stage: 'schedule' });
    }
    parked.length = 0;
  }
}
