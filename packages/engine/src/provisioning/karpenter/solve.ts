/**
 * Where Karpenter means to put the pods: on nodes that exist or are on their way; else into a node
 * claim that this solve has opened, the one with the fewest pods first; else into a new claim of
 * the pool with the highest weight. A claim is not yet a machine: it keeps every offering that
 * still holds all its pods, so it grows until not even the largest does, and the cheapest of what
 * is left is launched.
 *
 * Not modelled: affinity, spread, taints, daemons, limits of CPU and memory of a pool (a number of
 * nodes instead), and the minute that a solve may take.
 *
 * @source kubernetes-sigs/karpenter, pkg/controllers/provisioning/scheduling/{queue,scheduler,
 *   nodeclaim}.go, August 2026.
 */
import type { Offering } from '../provisioner.ts';

/** Instance types that a claim names at most, the cheapest. */
const TYPES_MAX = 600;

export interface SolvePod {
  readonly id: number;
  /** Millicores and bytes requested. */
  readonly cpu: number;
  readonly memory: number;
  /** When it was made or began to wait, µs. */
  readonly since: number;
}

export interface SolveNode {
  readonly id: number;
  /** Unrequested resources. */
  readonly free: { readonly cpu: number; readonly memory: number; readonly pods: number };
  /** Ready, with everything that a pod needs; false = on its way. */
  readonly initialized: boolean;
}

export interface SolvePool {
  readonly name: string;
  readonly weight: number;
  /** Cheapest first. */
  readonly offerings: readonly Offering[];
  /** Nodes that it may still add. */
  readonly nodesLeft: number;
}

/** A node that is to be launched. */
export interface Claim {
  readonly pool: string;
  /** Cheapest first; never empty. */
  readonly offerings: readonly Offering[];
  /** Ids */
  readonly pods: readonly number[];
}

export interface Solution {
  /** Pod → node that exists or is on its way. */
  readonly onNodes: ReadonlyMap<number, number>;
  readonly claims: readonly Claim[];
  /** Ids of pods that no claim can hold. */
  readonly unplaced: readonly number[];
}

interface Room {
  cpu: number;
  memory: number;
  pods: number;
}

interface OpenClaim {
  readonly pool: string;
  offerings: readonly Offering[];
  readonly pods: number[];
  cpu: number;
  memory: number;
}

/**
 * Pods come in groups of the same size, and what refused one of them refuses its equals: `at` and
 * `open` leave out what has refused the present size.
 */
interface Solving {
  readonly nodes: readonly SolveNode[];
  readonly without: ReadonlySet<number>;
  /** Node → what is left, of nodes that took a pod. */
  readonly rooms: Map<number, Room>;
  readonly claims: OpenClaim[];
  readonly pools: { readonly pool: SolvePool; left: number }[];
  last: SolvePod | null;
  at: number;
  open: OpenClaim[];
}

const NO_NODE: ReadonlySet<number> = new Set();

/** `nodes`: in the order of `solveOrder`; `without`: ids of those that are left out. */
export function solve(
  pods: readonly SolvePod[],
  nodes: readonly SolveNode[],
  pools: readonly SolvePool[],
  without: ReadonlySet<number> = NO_NODE,
): Solution {
  const solving: Solving = {
    nodes,
    without,
    rooms: new Map(),
    claims: [],
    pools: byWeight(pools).map((pool) => ({ pool, left: pool.nodesLeft })),
    last: null,
    at: 0,
    open: [],
  };
  const onNodes = new Map<number, number>();
  const unplaced: number[] = [];
  for (const pod of [...pods].sort(largestFirst)) {
    startSize(solving, pod);
    const node = placeOnNode(solving, pod);
    if (node !== null) onNodes.set(pod.id, node);
    else if (!joinClaim(solving, pod) && !openClaim(solving, pod)) unplaced.push(pod.id);
  }
  const claims = solving.claims.map(({ pool, offerings, pods: ids }) => {
    return { pool, offerings: cheapestTypes(offerings), pods: ids };
  });
  return { onNodes, claims, unplaced };
}

/** Nodes that are ready come first, then the oldest. */
export function solveOrder<N extends SolveNode>(nodes: readonly N[]): readonly N[] {
  return [...nodes].sort((a, b) => Number(b.initialized) - Number(a.initialized) || a.id - b.id);
}

function byWeight(pools: readonly SolvePool[]): readonly SolvePool[] {
  return [...pools].sort((a, b) => b.weight - a.weight);
}

function largestFirst(a: SolvePod, b: SolvePod): number {
  return b.cpu - a.cpu || b.memory - a.memory || a.since - b.since || a.id - b.id;
}

function startSize(solving: Solving, pod: SolvePod): void {
  const { last } = solving;
  solving.last = pod;
  if (last !== null && last.cpu === pod.cpu && last.memory === pod.memory) return;
  solving.at = 0;
  solving.open = [...solving.claims];
}

/** First fit; the id of the node, or null. */
function placeOnNode(solving: Solving, { cpu, memory }: SolvePod): number | null {
  const { nodes, rooms, without } = solving;
  while (solving.at < nodes.length) {
    const { id, free } = nodes[solving.at];
    const room = rooms.get(id) ?? free;
    if (room.cpu >= cpu && room.memory >= memory && room.pods >= 1 && !without.has(id)) {
      rooms.set(id, { cpu: room.cpu - cpu, memory: room.memory - memory, pods: room.pods - 1 });
      return id;
    }
    solving.at += 1;
  }
  return null;
}

/** The claim with the fewest pods that takes it, of equal ones the oldest. */
function joinClaim(solving: Solving, pod: SolvePod): boolean {
  const { open } = solving;
  while (open.length > 0) {
    let fewest = open[0];
    for (const claim of open) if (claim.pods.length < fewest.pods.length) fewest = claim;
    if (addTo(fewest, pod)) return true;
    open.splice(open.indexOf(fewest), 1);
  }
  return false;
}

function openClaim(solving: Solving, pod: SolvePod): boolean {
  for (const entry of solving.pools) {
    if (entry.left < 1) continue;
    const { name, offerings } = entry.pool;
    const claim: OpenClaim = { pool: name, offerings, pods: [], cpu: 0, memory: 0 };
    if (!addTo(claim, pod)) continue;
    entry.left -= 1;
    solving.claims.push(claim);
    solving.open.push(claim);
    return true;
  }
  return false;
}

/** Puts the pod into the claim if an offering is left that holds it with the others. */
function addTo(claim: OpenClaim, pod: SolvePod): boolean {
  const cpu = claim.cpu + pod.cpu;
  const memory = claim.memory + pod.memory;
  const count = claim.pods.length + 1;
  const left = claim.offerings.filter(
    ({ allocatable }) =>
      allocatable.cpu >= cpu && allocatable.memory >= memory && allocatable.pods >= count,
  );
  if (left.length === 0) return false;
  claim.offerings = left;
  claim.cpu = cpu;
  claim.memory = memory;
  claim.pods.push(pod.id);
  return true;
}

function cheapestTypes(offerings: readonly Offering[]): readonly Offering[] {
  const types = [...new Set(offerings.map(({ type }) => type))];
  if (types.length <= TYPES_MAX) return offerings;
  const kept = new Set(types.slice(0, TYPES_MAX));
  return offerings.filter(({ type }) => kept.has(type));
}
