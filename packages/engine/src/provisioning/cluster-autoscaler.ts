/**
 * The Cluster Autoscaler's loop over one node group: nodes that are usable or on their way count as
 * room; what still does not fit is packed first-fit into new nodes; a node without pods for the
 * unneeded time goes, unless a node was added recently. Not in this release: draining nodes that
 * are not empty, back-off after failures, several groups and expanders.
 *
 * A pod stays pending for up to a second after its node became usable (the scheduler's back-off):
 * if usable nodes did not count, a loop within that second would order another node for it.
 *
 * @source kubernetes/autoscaler cluster-autoscaler/FAQ.md; core/static_autoscaler.go (young pods);
 *   core/podlistprocessor/filter_out_schedulable.go (pods that fit existing nodes are set aside).
 */
import type { NodeView, PendingPod, Provisioner, ProvisionerObservation } from './provisioner.ts';

/** A loop does nothing while the oldest pending pod is younger than this, µs. */
const YOUNG_POD = 2_000_000;

const NONE: ReadonlySet<number> = new Set();

/** First-fit: rooms in their order, with a memory of where the last pod went. */
interface Packing {
  readonly rooms: Room[];
  last: PendingPod | null;
  /** Room of the last pod: those before it have no place for its like. */
  at: number;
}

interface Room {
  /** Of the node; −1 = a new one. */
  readonly id: number;
  cpu: number;
  memory: number;
  pods: number;
  /** A pending pod was put into it. */
  taken: boolean;
}

export const clusterAutoscaler: Provisioner = (observation) => {
  const { now, nodes, template } = observation;
  if (observation.pending.length === 0) return { add: 0, remove: unneeded(observation, NONE) };
  const size = (pod: PendingPod) => pod.cpu / template.cpu + pod.memory / template.memory;
  // Largest first, here as below: else small pods could use up the room that was made for large.
  const pending = [...observation.pending].sort((a, b) => size(b) - size(a));
  const rooms = nodes.map(room);
  const packing = packingOf(rooms);
  const unplaced = pending.filter((pod) => !place(packing, pod));
  if (unplaced.length > 0) {
    const oldest = unplaced.reduce((first, pod) => Math.min(first, pod.since), now);
    if (now - oldest < YOUNG_POD) return { add: 0, remove: [] };
    const add = newNodes(unplaced, observation);
    if (add > 0) return { add, remove: [] };
  }
  const taken = new Set(rooms.filter((r) => r.taken).map((r) => r.id));
  return { add: 0, remove: unneeded(observation, taken) };
};

function room({ id, cpu, memory, pods }: NodeView): Room {
  return { id, cpu, memory, pods, taken: false };
}

function packingOf(rooms: Room[]): Packing {
  return { rooms, last: null, at: 0 };
}

/**
 * Puts the pod into the first room that takes it. Rooms only fill up, so a pod like the last one
 * need not look at those that refused it: thousands of replicas look at each room once.
 */
function place(packing: Packing, pod: PendingPod): boolean {
  const { rooms, last } = packing;
  if (last === null || last.cpu !== pod.cpu || last.memory !== pod.memory) packing.at = 0;
  packing.last = pod;
  while (packing.at < rooms.length && !takes(rooms[packing.at], pod)) packing.at++;
  if (packing.at === rooms.length) return false;
  const found = rooms[packing.at];
  found.cpu -= pod.cpu;
  found.memory -= pod.memory;
  found.pods -= 1;
  found.taken = true;
  return true;
}

function takes({ cpu, memory, pods }: Room, pod: PendingPod): boolean {
  return cpu >= pod.cpu && memory >= pod.memory && pods >= 1;
}

/** Nodes that first-fit packing of the pods, largest first, opens, up to the pool's limit. */
function newNodes(pods: readonly PendingPod[], observation: ProvisionerObservation): number {
  const { template, nodes, max } = observation;
  const opened = packingOf([]);
  for (const pod of pods) {
    if (place(opened, pod)) continue;
    if (nodes.length + opened.rooms.length >= max) continue;
    const fresh: Room = { id: -1, ...template, taken: false };
    if (!takes(fresh, pod)) continue;
    opened.rooms.push(fresh);
    place(opened, pod);
  }
  return opened.rooms.length;
}

function unneeded(observation: ProvisionerObservation, taken: ReadonlySet<number>): number[] {
  const { now, nodes, min, unneededTime, delayAfterAdd, lastAdded } = observation;
  if (now - lastAdded < delayAfterAdd) return [];
  const idle = nodes.filter(
    (node) =>
      node.state === 'usable' &&
      node.emptySince !== null &&
      now - node.emptySince >= unneededTime &&
      !taken.has(node.id),
  );
  return idle.slice(0, Math.max(0, nodes.length - min)).map((node) => node.id);
}
