/**
 * The scheduler: filters by requests, scores by LeastAllocated (spreads), ties to the oldest node.
 *
 * @source kubernetes/kubernetes pkg/scheduler/apis/config/v1/default_plugins.go,
 * NodeResourcesFit with LeastAllocated, cpu and memory at equal weight.
 */
import { assert } from '../kernel/assert.ts';
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
  for (const node of world.nodes) {
    if (node.state !== 'usable' || node.podsFree < 1) continue;
    if (node.cpu < cpu || node.memory < memory) continue;
    const score = (node.cpu - cpu) / allocatable.cpu + (node.memory - memory) / allocatable.memory;
    if (score > bestScore) {
      best = node;
      bestScore = score;
    }
  }
  return best;
}

export function bindPod(pod: Pod, node: Node): void {
  const { cpu, memory } = podRequests(pod);
  node.cpu -= cpu;
  node.memory -= memory;
  node.podsFree -= 1;
  node.pods += 1;
  node.emptySince = null;
  pod.node = node;
  assert(node.cpu >= 0 && node.memory >= 0 && node.podsFree >= 0, `node ${node.id} over-committed`);
}

/** Gives a pod's resources back to its node. */
export function unbindPod(pod: Pod, now: number): void {
  const { node } = pod;
  if (node === null) return;
  const { cpu, memory } = podRequests(pod);
  node.cpu += cpu;
  node.memory += memory;
  node.podsFree += 1;
  node.pods -= 1;
  if (node.pods === 0) node.emptySince = now;
  pod.node = null;
}

/**
 * Something changed that may help: unschedulable pods are tried again after the rest of their
 * back-off, up to 1 s for a pod that failed once.
 */
export function retryUnschedulable(world: World, now: number): void {
  for (const deployment of world.deployments) {
    for (const pod of deployment.pods) {
      if (pod.unschedulableSince === null || pod.attemptDue) continue;
      pod.attemptDue = true;
      const rest = Math.round((0.1 + 0.9 * pod.draws.backoff) * 1e6);
      world.calendar.schedule(now + rest, { kind: 'pod', pod, stage: 'schedule' });
    }
  }
}
