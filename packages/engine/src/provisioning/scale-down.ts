/**
 * Which nodes the Cluster Autoscaler takes away, in two steps as in its loop: what is unneeded now
 * and since when, which is kept up even in a cool-down; then which of those may go.
 *
 * A node is unneeded while the pods on it request at most the threshold of its CPU and memory, and
 * all of them fit on the others, together with those that moved to it from nodes found unneeded
 * before. It must be so in every loop for longer than `unneededTime`. Empty nodes go together;
 * those with pods are drained `drainsMax` at a time.
 *
 * Empty nodes are looked at first, then those found unneeded before, then the others; and no more
 * than could be removed in time are looked for, which keeps a loop over a thousand nodes cheap.
 *
 * Not modelled: disruption budgets and pods that may not be evicted are the observer's to mark
 * (`evictable`); unready nodes; the limit of computing time per loop.
 *
 * @source kubernetes-sigs/cluster-autoscaler, pkg/core/scaledown/{eligibility/eligibility,
 *   planner/planner,unneeded/nodes,budgets/budgets}.go, unneededNodesLimit; defaults:
 *   pkg/config/flags/flags.go, August 2026.
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
  /** Pause between two loops. */
  readonly scanInterval: number;
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
  scanInterval: 10 * MICROSECONDS_PER_SECOND,
  deletionsMax: 10,
  drainsMax: 1,
};

export interface NodePod {
  /** Millicores and bytes requested. */
  readonly cpu: number;
  readonly memory: number;
  /** Of a DaemonSet: counted, but it goes with its node; absent = no. */
  readonly daemon?: boolean;
  readonly evictable: boolean;
}

export interface CandidateNode {
  readonly id: number;
  /** Its node group. */
  readonly group: string;
  /** Those that are not usable are not looked at, and nothing moves to them. */
  readonly state: 'upcoming' | 'usable' | 'leaving';
  readonly allocatable: NodeTemplate;
  /** Unrequested. */
  readonly free: NodeTemplate;
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
export function nodeUtilization({ allocatable, free }: CandidateNode): number {
  return Math.max(1 - free.cpu / allocatable.cpu, 1 - free.memory / allocatable.memory);
}

/** The memory after a loop that sees these nodes. */
export function observeUnneeded(
  config: ScaleDownConfig,
  nodes: readonly CandidateNode[],
  memory: ScaleDownMemory,
  now: number,
): ScaleDownMemory {
  const most = unneededMost(config, memory);
  const unneededSince = new Map<number, number>();
  const leftAloneUntil = new Map<number, number>();
  const idle: CandidateNode[] = [];
  for (const node of nodes) {
    if (node.state !== 'usable') continue;
    const { id } = node;
    const until = memory.leftAloneUntil.get(id) ?? now;
    if (until > now) leftAloneUntil.set(id, until);
    else if (nodeUtilization(node) <= config.utilizationThreshold) {
      // From an empty one nothing has to move.
      if (!isEmpty(node)) idle.push(node);
      else if (unneededSince.size < most)
        unneededSince.set(id, memory.unneededSince.get(id) ?? now);
    }
  }
  // As long as all nodes with pods are in use there is nothing to simulate.
  if (idle.length === 0) return { unneededSince, leftAloneUntil };
  const rooms: Room[] = [];
  for (const node of nodes) {
    if (node.state === 'usable' && !unneededSince.has(node.id)) rooms.push(roomOf(node));
  }
  const search: Search = { pod: undefined, at: 0 };
  for (const room of candidates(rooms, idle, memory)) {
    if (unneededSince.size >= most) break;
    const { id } = room.node;
    if (movesAway(room, rooms, search)) unneededSince.set(id, memory.unneededSince.get(id) ?? now);
    else leftAloneUntil.set(id, now + config.recheckTime);
  }
  return { unneededSince, leftAloneUntil };
}

/** Unneeded nodes that are looked for: as many more as two loops could remove. */
export function unneededMost(
  { deletionsMax, unneededTime, scanInterval }: ScaleDownConfig,
  { unneededSince }: ScaleDownMemory,
): number {
  const loops = Math.max(1, Math.floor(unneededTime / scanInterval));
  return Math.min(unneededSince.size + 2 * deletionsMax, deletionsMax * (loops + 1));
}

/** Rooms of idle nodes: those that were unneeded before, then the others, each in their order. */
function candidates(
  rooms: readonly Room[],
  idle: readonly CandidateNode[],
  { unneededSince }: ScaleDownMemory,
): readonly Room[] {
  const unneeded: Room[] = [];
  const others: Room[] = [];
  let next = 0;
  for (const room of rooms) {
    if (room.node !== idle[next]) continue;
    next += 1;
    if (unneededSince.has(room.node.id)) unneeded.push(room);
    else others.push(room);
  }
  return unneeded.concat(others);
}

function isEmpty({ pods }: CandidateNode): boolean {
  return pods.length === 0 || pods.every((pod) => pod.daemon === true);
}

/** A node in the simulation, in which pods of nodes found unneeded have moved. */
interface Room {
  readonly node: CandidateNode;
  cpu: number;
  memory: number;
  pods: number;
  /** Pods that moved here. */
  readonly guests: NodePod[];
}

function roomOf(node: CandidateNode): Room {
  const { cpu, memory, pods } = node.free;
  return { node, cpu, memory, pods, guests: [] };
}

/**
 * The first room that may take pods like the last one. Rooms only fill up: those that refused a pod
 * refuse its equals, whichever nodes they come from, and are not asked again.
 */
interface Search {
  pod: NodePod | undefined;
  at: number;
}

/**
 * Puts its pods, and those that moved here, into the other rooms, and takes it out of them: all of
 * that or nothing.
 */
function movesAway(room: Room, rooms: Room[], search: Search): boolean {
  const moving: NodePod[] = [];
  for (const pod of room.node.pods) if (pod.daemon !== true) moving.push(pod);
  moving.push(...room.guests);
  const targets: Room[] = [];
  let { pod: last, at } = search;
  for (const pod of moving) {
    if (last?.cpu !== pod.cpu || last.memory !== pod.memory) at = 0;
    last = pod;
    while (at < rooms.length && (rooms[at] === room || !takes(rooms[at], pod))) at += 1;
    if (at === rooms.length || !pod.evictable) {
      for (let i = 0; i < targets.length; i++) give(targets[i], moving[i], -1);
      return false;
    }
    give(rooms[at], pod, 1);
    targets.push(rooms[at]);
  }
  for (let i = 0; i < targets.length; i++) targets[i].guests.push(moving[i]);
  const own = rooms.indexOf(room);
  rooms.splice(own, 1);
  search.pod = last;
  search.at = own < at ? at - 1 : at;
  return true;
}

function takes({ cpu, memory, pods }: Room, pod: NodePod): boolean {
  return cpu >= pod.cpu && memory >= pod.memory && pods >= 1;
}

function give(room: Room, { cpu, memory }: NodePod, pods: 1 | -1): void {
  room.cpu -= pods * cpu;
  room.memory -= pods * memory;
  room.pods -= pods;
}

export interface ScaleDownState {
  /** When it last happened, µs; −Infinity = never. */
  readonly lastAdd: number;
  readonly lastFailure: number;
  readonly lastDelete: number;
  /** Nodes on their way out: empty ones, and those being drained. */
  readonly emptyLeaving: number;
  readonly draining: number;
  /** Of each group: nodes above its minimum, those leaving not counted. */
  readonly aboveMin: ReadonlyMap<string, number>;
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
  const above = new Map(state.aboveMin);
  const budget = Math.max(0, config.deletionsMax - state.emptyLeaving - state.draining);
  const empty = taken(ripe.filter(isEmpty), budget, above);
  const drains = Math.max(0, config.drainsMax - state.draining);
  const drain = taken(
    ripe.filter((node) => !isEmpty(node)),
    Math.min(budget - empty.length, drains),
    above,
  );
  return { empty, drain };
}

/** Ids of the first `count` nodes whose groups stay at their minimum; `above` is used up. */
function taken(
  nodes: readonly CandidateNode[],
  count: number,
  above: Map<string, number>,
): readonly number[] {
  const ids: number[] = [];
  for (const { id, group } of nodes) {
    if (ids.length >= count) break;
    const left = above.get(group) ?? 0;
    if (left < 1) continue;
    above.set(group, left - 1);
    ids.push(id);
  }
  return ids;
}

function coolingDown(config: ScaleDownConfig, state: ScaleDownState, now: number): boolean {
  return (
    now < state.lastAdd + config.delayAfterAdd ||
    now < state.lastFailure + config.delayAfterFailure ||
    now < state.lastDelete + config.delayAfterDelete
  );
}
