/**
 * The room that nodes in use or on their way have for pending pods, first fit. Pods below the
 * expendable cut-off do not exist for the Cluster Autoscaler: they take no room and ask for none.
 * Pause pods with the priority of the cut-off itself do both.
 *
 * @source kubernetes-sigs/cluster-autoscaler, pkg/core/podlistprocessor/filter_out_schedulable.go
 *   (priority first), pkg/config/flags/flags.go (expendable-pods-priority-cutoff).
 */
import type { NodeView, PendingPod, PodView, ProvisionerObservation } from './provisioner.ts';

export const EXPENDABLE_CUTOFF = -10;

/** Room of a node, in which pending pods are put. */
export interface Room {
  readonly node: NodeView;
  cpu: number;
  memory: number;
  pods: number;
  /** On it, and put into it; a list of its own once something was put. */
  movable: readonly PodView[];
}

const isExpendable = ({ priority }: PodView) => priority < EXPENDABLE_CUTOFF;

export function roomsOf(nodes: readonly NodeView[]): readonly Room[] {
  return nodes.map(roomOf);
}

function roomOf(node: NodeView): Room {
  const { free, pods } = node;
  const room: Room = { node, cpu: free.cpu, memory: free.memory, pods: free.pods, movable: pods };
  let expendable = 0;
  for (const pod of pods) {
    if (!isExpendable(pod)) continue;
    expendable += 1;
    room.cpu += pod.cpu;
    room.memory += pod.memory;
    room.pods += 1;
  }
  if (expendable > 0) room.movable = pods.filter((pod) => !isExpendable(pod));
  return room;
}

/** Pods that are alike but for their owner, the oldest first. */
type Alike = readonly PendingPod[];

/** Puts the pods into the rooms; those that fit nowhere. */
export function packPending(
  rooms: readonly Room[],
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
  const groups = areAlike(pending) ? [pending] : sortedOut(pending);
  return groups.filter(([first]) => !isExpendable(first)).map(byAge);
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

/** In the order of age, equal ones in that of ids, which is the order in which they come. */
function byAge(pods: Alike): Alike {
  for (let i = 1; i < pods.length; i++) {
    if (pods[i - 1].since > pods[i].since) return pods.toSorted((a, b) => a.since - b.since);
  }
  return pods;
}

function isLike(a: PendingPod, b: PendingPod): boolean {
  return a.cpu === b.cpu && a.memory === b.memory && a.priority === b.priority;
}

/**
 * First fit. Rooms only fill up, so one that refused a pod refuses its equals: thousands of
 * replicas look at each room once. Those that found no room.
 */
function placeAll(rooms: readonly Room[], pods: Alike): readonly PendingPod[] {
  const [{ cpu, memory }] = pods;
  let placed = 0;
  for (const room of rooms) {
    const before = placed;
    while (placed < pods.length && room.cpu >= cpu && room.memory >= memory && room.pods >= 1) {
      room.cpu -= cpu;
      room.memory -= memory;
      room.pods -= 1;
      placed += 1;
    }
    if (placed > before) room.movable = room.movable.concat(pods.slice(before, placed));
    if (placed === pods.length) break;
  }
  return pods.slice(placed);
}
