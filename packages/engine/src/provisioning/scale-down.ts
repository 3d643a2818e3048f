/**
 * Which nodes the Cluster Autoscaler takes away, in two steps as in its loop: what is unneeded now
 * and since when, which is kept up even in a cool-down; then which of those may go.
 *
 * A node is unneeded while the pods on it request at most the threshold of its CPU and memory, and
 * all of them fit on the others, together with those that moved to it from nodes found unneeded
 * before. It must be so in every loop for longer than `unneededTime`. Empty nodes go together;
 * those with pods are drained `drainsMax` at a time.
 *
 * Not modelled: disruption budgets and pods that may not be evicted are the observer's to mark
 * (`evictable`); unready nodes; the limits of 30 candidates and of computing time per loop.
 *
 * @source kubernetes/autoscaler, cluster-autoscaler/core/scaledown/{eligibility/eligibility,
 *   planner/planner,unneeded/nodes,budgets/budgets}.go; defaults: pkg/config/flags/flags.go of
 *   kubernetes-sigs/cluster-autoscaler, August 2026.
 */
import { MICROSECONDS_PER_SECOND } from '../kernel/units.ts';
import type { NodeTemplate } from './binpacking.ts';

export interface ScaleDownConfig {
  /** Share of allocatable requested, 0..1. */
  readonly utilizationThreshold: number;
  /** µs */
  readonly unneededTime: number;
  readonly delayAfterAdd: number;
  readonly delayAfterFailure: number;
  readonly delayAfterDelete: number;
  /** A node whose pods fit nowhere is not looked at again before. */
  readonly recheckTime: number;
  /** Nodes on their way out at once, and those of them that are drained. */
  readonly deletionsMax: number;
  readonly drainsMax: number;
}

export const SCALE_DOWN_DEFAULTS: ScaleDownConfig = {
  utilizationThreshold: 0.5,
  unneededTime: 600 * MICROSECONDS_PER_SECOND,
  delayAfterAdd: 600 * MICROSECONDS_PER_SECOND,
  delayAfterFailure: 180 * MICROSECONDS_PER_SECOND,
  delayAfterDelete: 0,
  recheckTime: 300 * MICROSECONDS_PER_SECOND,
  deletionsMax: 10,
  drainsMax: 1,
};

export interface NodePod {
  /** Millicores and bytes requested. */
  readonly cpu: number;
  readonly memory: number;
  /** Of a DaemonSet: counted, but it goes with its node. */
  readonly daemon: boolean;
  readonly evictable: boolean;
}

export interface CandidateNode {
  readonly id: number;
  readonly allocatable: NodeTemplate;
  readonly pods: readonly NodePod[];
}

export interface ScaleDownMemory {
  /** Since when each node has been unneeded, µs, by id. */
  readonly unneededSince: ReadonlyMap<number, number>;
  /** Until when nodes whose pods fit nowhere are left alone, µs, by id. */
  readonly leftAloneUntil: ReadonlyMap<number, number>;
}

export const NO_SCALE_DOWN_MEMORY: ScaleDownMemory = {
  unneededSince: new Map(),
  leftAloneUntil: new Map(),
};

/** Larger share of CPU and memory requested, daemons included. */
export function nodeUtilization({ allocatable, pods }: CandidateNode): number {
  const cpu = pods.reduce((sum, pod) => sum + pod.cpu, 0);
  const memory = pods.reduce((sum, pod) => sum + pod.memory, 0);
  return Math.max(cpu / allocatable.cpu, memory / allocatable.memory);
}

/** The memory after a loop that sees these nodes, none of them on its way out. */
export function observeUnneeded(
  config: ScaleDownConfig,
  nodes: readonly CandidateNode[],
  memory: ScaleDownMemory,
  now: number,
): ScaleDownMemory {
  const rooms = new Map(nodes.map((node) => [node.id, roomOf(node)]));
  const unneededSince = new Map<number, number>();
  const leftAloneUntil = new Map(
    [...memory.leftAloneUntil].filter(([id, until]) => until > now && rooms.has(id)),
  );
  for (const node of nodes) {
    if (leftAloneUntil.has(node.id)) continue;
    if (nodeUtilization(node) > config.utilizationThreshold) continue;
    if (movesAway(node.id, rooms)) {
      unneededSince.set(node.id, memory.unneededSince.get(node.id) ?? now);
      rooms.delete(node.id);
    } else leftAloneUntil.set(node.id, now + config.recheckTime);
  }
  return { unneededSince, leftAloneUntil };
}

/** A node in the simulation, in which pods of nodes found unneeded have moved. */
interface Room {
  cpu: number;
  memory: number;
  pods: number;
  /** That have to find another place if it goes: its own and those that moved here. */
  readonly movable: NodePod[];
}

function roomOf({ allocatable, pods }: CandidateNode): Room {
  const room: Room = { ...allocatable, movable: pods.filter((pod) => !pod.daemon) };
  for (const pod of pods) take(room, pod);
  return room;
}

function take(room: Room, { cpu, memory }: NodePod): void {
  room.cpu -= cpu;
  room.memory -= memory;
  room.pods -= 1;
}

/** Puts the pods into the other rooms, all or none of them. */
function movesAway(id: number, rooms: Map<number, Room>): boolean {
  const changed = new Map<number, Room>();
  for (const pod of rooms.get(id)?.movable ?? []) {
    if (!pod.evictable) return false;
    const other = destinationOf(pod, id, rooms, changed);
    if (other === null) return false;
    const { movable, ...room } = changed.get(other) ?? (rooms.get(other) as Room);
    const copy = { ...room, movable: [...movable] };
    take(copy, pod);
    copy.movable.push(pod);
    changed.set(other, copy);
  }
  for (const [other, room] of changed) rooms.set(other, room);
  return true;
}

/** The first other node with room for the pod, after the changes so far; null = none. */
function destinationOf(
  pod: NodePod,
  from: number,
  rooms: ReadonlyMap<number, Room>,
  changed: ReadonlyMap<number, Room>,
): number | null {
  for (const [id, room] of rooms) {
    if (id === from) continue;
    const { cpu, memory, pods } = changed.get(id) ?? room;
    if (cpu >= pod.cpu && memory >= pod.memory && pods >= 1) return id;
  }
  return null;
}

export interface ScaleDownState {
  /** When it last happened, µs; −Infinity = never. */
  readonly lastAdd: number;
  readonly lastFailure: number;
  readonly lastDelete: number;
  /** Nodes on their way out: empty ones, and those being drained. */
  readonly emptyLeaving: number;
  readonly draining: number;
  /** Of the group, those leaving not counted, and its minimum. */
  readonly size: number;
  readonly min: number;
}

export interface ScaleDownDecision {
  /** Ids: deleted at once, and drained first. */
  readonly empty: readonly number[];
  readonly drain: readonly number[];
}

export function nodesToRemove(
  config: ScaleDownConfig,
  nodes: readonly CandidateNode[],
  { unneededSince }: ScaleDownMemory,
  state: ScaleDownState,
  now: number,
): ScaleDownDecision {
  if (coolingDown(config, state, now)) return { empty: [], drain: [] };
  const ripe = nodes.filter(({ id }) => {
    const since = unneededSince.get(id);
    return since !== undefined && since + config.unneededTime < now;
  });
  const above = Math.max(0, state.size - state.min);
  const isEmpty = ({ pods }: CandidateNode) => pods.every((pod) => pod.daemon);
  const budget = Math.max(0, config.deletionsMax - state.emptyLeaving - state.draining);
  const empty = ripe.filter(isEmpty).slice(0, Math.min(above, budget));
  const drains = Math.max(0, config.drainsMax - state.draining);
  const left = Math.min(above, budget) - empty.length;
  const drain = ripe.filter((node) => !isEmpty(node)).slice(0, Math.min(left, drains));
  return { empty: empty.map(({ id }) => id), drain: drain.map(({ id }) => id) };
}

function coolingDown(config: ScaleDownConfig, state: ScaleDownState, now: number): boolean {
  return (
    now < state.lastAdd + config.delayAfterAdd ||
    now < state.lastFailure + config.delayAfterFailure ||
    now < state.lastDelete + config.delayAfterDelete
  );
}
