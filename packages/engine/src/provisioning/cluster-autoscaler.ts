/**
 * The Cluster Autoscaler's loop over one node group: nodes on their way count as empty room; what
 * still does not fit is packed first-fit into new nodes; a node without pods for the unneeded time
 * goes, unless a node was added recently. Not in this release: draining nodes that are not empty,
 * back-off after failures, several groups and expanders.
 *
 * @source kubernetes/autoscaler cluster-autoscaler/FAQ.md; core/static_autoscaler.go (young pods).
 */
import type { NodeView, PendingPod, Provisioner, ProvisionerObservation } from './provisioner.ts';

/** A loop does nothing while the oldest pending pod is younger than this, µs. */
const YOUNG_POD = 2_000_000;

interface Room {
  cpu: number;
  memory: number;
  pods: number;
}

export const clusterAutoscaler: Provisioner = (observation) => {
  const { now, pending, nodes } = observation;
  const upcoming = nodes.filter((node) => node.state === 'upcoming').map(room);
  const unplaced = pending.filter((pod) => !place(upcoming, pod));
  if (unplaced.length > 0) {
    const oldest = Math.min(...unplaced.map((pod) => pod.since));
    if (now - oldest < YOUNG_POD) return { add: 0, remove: [] };
    return { add: newNodes(unplaced, observation), remove: [] };
  }
  return { add: 0, remove: pending.length > 0 ? [] : unneeded(observation) };
};

function room(node: NodeView): Room {
  return { cpu: node.cpu, memory: node.memory, pods: node.pods };
}

/** Puts the pod into the first room that takes it. */
function place(rooms: readonly Room[], pod: PendingPod): boolean {
  const found = rooms.find((r) => r.cpu >= pod.cpu && r.memory >= pod.memory && r.pods >= 1);
  if (found === undefined) return false;
  found.cpu -= pod.cpu;
  found.memory -= pod.memory;
  found.pods -= 1;
  return true;
}

/** Nodes that first-fit packing of the largest pods first opens, up to the pool's limit. */
function newNodes(pods: readonly PendingPod[], observation: ProvisionerObservation): number {
  const { template, nodes, max } = observation;
  const size = (pod: PendingPod) => pod.cpu / template.cpu + pod.memory / template.memory;
  const opened: Room[] = [];
  for (const pod of [...pods].sort((a, b) => size(b) - size(a))) {
    if (place(opened, pod)) continue;
    if (nodes.length + opened.length >= max) continue;
    const fresh = { ...template };
    if (place([fresh], pod)) opened.push(fresh);
  }
  return opened.length;
}

function unneeded(observation: ProvisionerObservation): number[] {
  const { now, nodes, min, unneededTime, delayAfterAdd, lastAdded } = observation;
  if (now - lastAdded < delayAfterAdd) return [];
  const idle = nodes.filter(
    (node) =>
      node.state === 'usable' && node.emptySince !== null && now - node.emptySince >= unneededTime,
  );
  return idle.slice(0, Math.max(0, nodes.length - min)).map((node) => node.id);
}
