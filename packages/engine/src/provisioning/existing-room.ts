/**
 * The room that nodes in use or on their way have for pending pods, first fit. Pods below the
 * expendable cut-off do not exist for the Cluster Autoscaler: they take no room and ask for none.
 * Pause pods with the priority of the cut-off itself do both.
 *
 * @source kubernetes-sigs/cluster-autoscaler, pkg/core/podlistprocessor/filter_out_schedulable.go
 *   (priority first), pkg/config/flags/flags.go (expendable-pods-priority-cutoff).
 */
import type { NodeView, PendingPod, ProvisionerObservation } from './provisioner.ts';

export const EXPENDABLE_CUTOFF = -10;

/**
 * A node as it will be: without expendable pods, and with the pending ones that were put there; of
 * one that is not usable yet, `free` alone tells of them.
 */
export type Room = Pick<NodeView, 'id' | 'group' | 'state' | 'allocatable' | 'free' | 'pods'>;

const isExpendable = ({ priority }: { readonly priority: number }) => priority < EXPENDABLE_CUTOFF;

/** Most nodes have no expendable pods: they are their own rooms. */
export function roomOf(node: NodeView): Room {
  return node.priorityMin < EXPENDABLE_CUTOFF ? withoutExpendable(node) : node;
}

function withoutExpendable(node: NodeView): Room {
  let { cpu, memory, pods } = node.free;
  for (const pod of node.pods) {
    if (!isExpendable(pod)) continue;
    cpu += pod.cpu;
    memory += pod.memory;
    pods += 1;
  }
  return changed(
    node,
    { cpu, memory, pods },
    node.pods.filter((pod) => !isExpendable(pod)),
  );
}

function changed(room: Room, free: Room['free'], pods: Room['pods']): Room {
  const { id, group, state, allocatable } = room;
  return { id, group, state, allocatable, free, pods };
}

/** Pods that are alike but for their owner, the oldest first. */
type Alike = readonly PendingPod[];

/** Puts the pods into the rooms, which are replaced by fuller ones; those that fit nowhere. */
export function packPending(
  rooms: Room[],
  { pending, groups }: ProvisionerObservation,
): readonly PendingPod[] {
  const kinds = alikeOf(pending);
  if (kinds.length === 0) return [];
  if (kinds.length === 1) return placeAll(rooms, kinds[0]);
  const whole = groups[0]?.offerings[0]?.allocatable ?? { cpu: 1, memory: 1 };
  const size = ([{ cpu, memory }]: Alike) => cpu / whole.cpu + memory / whole.memory;
  // Largest first: else small pods could use up the room that was made for large.
  const sorted = kinds.sort(
    (a, b) =>
      b[0].priority - a[0].priority ||
      size(b) - size(a) ||
      b[0].cpu - a[0].cpu ||
      b[0].memory - a[0].memory,
  );
  return sorted.flatMap((alike) => placeAll(rooms, alike));
}

function alikeOf(pending: readonly PendingPod[]): Alike[] {
  if (pending.length === 0) return [];
  // Mostly there is one kind alone, and then nothing to copy.
  const kinds = areAlike(pending) ? [pending] : sortedOut(pending);
  return kinds.filter(([first]) => !isExpendable(first));
}

function areAlike(pending: readonly PendingPod[]): boolean {
  const { cpu, memory, priority } = pending[0];
  for (const pod of pending) {
    if (pod.cpu !== cpu || pod.memory !== memory || pod.priority !== priority) return false;
  }
  return true;
}

function sortedOut(pending: readonly PendingPod[]): Alike[] {
  const groups: PendingPod[][] = [];
  let last: PendingPod[] | undefined;
  for (const pod of pending) {
    // Neighbours are mostly alike.
    if (last === undefined || !isLike(last[0], pod)) {
      last = groups.find(([first]) => isLike(first, pod));
      if (last === undefined) {
        last = [];
        groups.push(last);
      }
    }
    last.push(pod);
  }
  return groups;
}

function isLike(a: PendingPod, b: PendingPod): boolean {
  return a.cpu === b.cpu && a.memory === b.memory && a.priority === b.priority;
}

/**
 * First fit. Rooms only fill up, so one that refused a pod refuses its equals: thousands of
 * replicas look at each room once. Those that found no room.
 */
function placeAll(rooms: Room[], pods: Alike): readonly PendingPod[] {
  const [{ cpu, memory }] = pods;
  let placed = 0;
  for (let i = 0; i < rooms.length && placed < pods.length; i++) {
    const before = placed;
    let { cpu: cpuFree, memory: memoryFree, pods: podsFree } = rooms[i].free;
    while (placed < pods.length && cpuFree >= cpu && memoryFree >= memory && podsFree >= 1) {
      cpuFree -= cpu;
      memoryFree -= memory;
      podsFree -= 1;
      placed += 1;
    }
    if (placed === before) continue;
    const free = { cpu: cpuFree, memory: memoryFree, pods: podsFree };
    const room = rooms[i];
    // Nobody asks what is on a node that is still to come.
    const isUsable = room.state === 'usable';
    const own = isUsable ? room.pods.concat(pods.slice(before, placed)) : room.pods;
    rooms[i] = changed(room, free, own);
  }
  return pods.slice(placed);
}
