/**
 * Which nodes Karpenter takes away, and what replaces them. Three methods in order, the first that
 * finds something acts: *emptiness* removes nodes without pods; *multi-node* consolidation looks
 * for the largest number of the cheapest-to-move nodes (at most 100, by halving) whose pods fit on
 * the others and at most one new node that costs less than they do; *single-node* does the same for
 * one. A command is looked at again after a while, and dropped if the world has moved on.
 *
 * Not modelled: drift and expiry; pod disruption budgets and do-not-disrupt (no pod blocks a
 * command); spot-to-spot consolidation (spot nodes are not replaced, only removed, as with the
 * feature gate's default); the time that a simulation takes (1 and 3 minutes at most).
 *
 * @source kubernetes-sigs/karpenter, pkg/controllers/disruption/{emptiness,multinodeconsolidation,
 *   singlenodeconsolidation,consolidation,validation,helpers,types}.go, August 2026.
 */
import type { Offering } from '../provisioner.ts';
import { type Budget, type DisruptionReason, disruptionsLeft } from './budgets.ts';
import { offeringKey } from './offering.ts';
import { type Claim, type SolveNode, type SolvePod, type SolvePool, solve } from './solve.ts';

/** Nodes that multi-node consolidation looks at. */
const CANDIDATES_MAX = 100;

export const CONSOLIDATION_POLICIES = ['WhenEmptyOrUnderutilized', 'WhenEmpty', 'Never'] as const;

export interface DisruptionSpec {
  readonly policy: (typeof CONSOLIDATION_POLICIES)[number];
  /** µs without a pod coming or going after which a node may go. */
  readonly consolidateAfter: number;
  readonly budgets: readonly Budget[];
}

/** A node as the disruption controller sees it. */
export interface DisruptionNode extends SolveNode {
  readonly pool: string;
  readonly type: string;
  /** Per hour, micro-units. */
  readonly price: number;
  readonly spot: boolean;
  /** Those that would have to find another place, and whether one of them may not be moved. */
  readonly bound: readonly SolvePod[];
  readonly blocked: boolean;
  /** When a pod last came or went, or the node was initialised, µs. */
  readonly lastPodEvent: number;
  /** Until when it is kept for pods that were meant for it, µs. */
  readonly nominatedUntil: number;
  /** On its way out already. */
  readonly disrupting: boolean;
}

export interface DisruptionView {
  readonly now: number;
  /** In the order of `solveOrder`, those on their way out included. */
  readonly nodes: readonly DisruptionNode[];
  /** Pods that wait, those of nodes on their way out included. */
  readonly pending: readonly SolvePod[];
  readonly pools: readonly SolvePool[];
}

export type DisruptionMethod = 'emptiness' | 'multi-node' | 'single-node';

export interface Command {
  readonly method: DisruptionMethod;
  /** Ids of the nodes to remove. */
  readonly nodes: readonly number[];
  /** Launched, and initialised, before they go; null = none is needed. */
  readonly replacement: Replacement | null;
}

export interface Replacement {
  readonly pool: string;
  /** Cheapest first. */
  readonly offerings: readonly Offering[];
}

const METHODS: Readonly<Record<DisruptionMethod, Method>> = {
  emptiness,
  'multi-node': multiNode,
  'single-node': singleNode,
};

type Method = (spec: DisruptionSpec, scene: Scene) => Command | null;

/** A view, with what all simulations of a turn need. */
interface Scene {
  readonly view: DisruptionView;
  /** Nodes that are not on their way out, in the order of `solveOrder`. */
  readonly staying: readonly DisruptionNode[];
  readonly upcoming: ReadonlySet<number>;
  /** The pods that wait need several new nodes as it is: nothing can be consolidated. */
  readonly isCrowded: boolean;
}

function sceneOf(view: DisruptionView): Scene {
  const staying = view.nodes.filter(({ disrupting }) => !disrupting);
  const upcoming = staying.filter(({ initialized }) => !initialized).map(({ id }) => id);
  const { pending, pools } = view;
  const isCrowded = pending.length > 1 && solve(pending, staying, pools).claims.length > 1;
  return { view, staying, upcoming: new Set(upcoming), isCrowded };
}

const ORDER = Object.keys(METHODS) as readonly DisruptionMethod[];

/** `after`: only methods that come after this one, whose command was dropped. */
export function findCommand(
  spec: DisruptionSpec,
  view: DisruptionView,
  after: DisruptionMethod | null = null,
): Command | null {
  const scene = sceneOf(view);
  for (const method of ORDER.slice(after === null ? 0 : ORDER.indexOf(after) + 1)) {
    const command = METHODS[method](spec, scene);
    if (command !== null) return command;
  }
  return null;
}

/** Nodes that may go as far as their own state is concerned: more of them only with time. */
export function eligible(
  { consolidateAfter }: DisruptionSpec,
  { now, nodes }: DisruptionView,
): number {
  return nodes.filter((node) => isEligible(node, consolidateAfter, now)).length;
}

function isEligible(node: DisruptionNode, consolidateAfter: number, now: number): boolean {
  const { initialized, disrupting, blocked, nominatedUntil, lastPodEvent } = node;
  if (!initialized || disrupting || blocked) return false;
  return nominatedUntil <= now && now - lastPodEvent >= consolidateAfter;
}

/** What is left of a command after the wait; null = it is dropped. */
export function validated(
  spec: DisruptionSpec,
  view: DisruptionView,
  command: Command,
): Command | null {
  const { method, nodes, replacement } = command;
  const ids = new Set(nodes);
  // The budgets are for these alone: others that may go as well by now take nothing of them.
  const able = candidates(spec, view, method).filter(({ id }) => ids.has(id));
  const fit = within(spec, view, reasonOf(method), able);
  // Of empty nodes those that are still empty go; else all or none.
  if (method === 'emptiness') {
    return fit.length === 0 ? null : { ...command, nodes: fit.map(({ id }) => id) };
  }
  if (fit.length < nodes.length) return null;
  const moved = moveAway(sceneOf(view), fit);
  if (moved === null || (moved.length === 0) !== (replacement === null)) return null;
  if (replacement === null) return command;
  const now = new Set(moved[0].offerings.map(offeringKey));
  return replacement.offerings.every((one) => now.has(offeringKey(one))) ? command : null;
}

function reasonOf(method: DisruptionMethod): DisruptionReason {
  return method === 'emptiness' ? 'empty' : 'underutilized';
}

/** Nodes that the method may take, cheapest to move first: by the number of their pods. */
function candidates(
  { policy, consolidateAfter }: DisruptionSpec,
  { now, nodes }: DisruptionView,
  method: DisruptionMethod,
): DisruptionNode[] {
  if (policy === 'Never' || (method !== 'emptiness' && policy === 'WhenEmpty')) return [];
  return nodes
    .filter(
      (node) =>
        (method === 'emptiness') === (node.bound.length === 0) &&
        isEligible(node, consolidateAfter, now),
    )
    .sort((a, b) => a.bound.length - b.bound.length || a.id - b.id);
}

/** Those of the nodes, in their order, that the budgets of their pools allow to go together. */
function within(
  { budgets }: DisruptionSpec,
  { now, nodes }: DisruptionView,
  reason: DisruptionReason,
  wanted: readonly DisruptionNode[],
): DisruptionNode[] {
  const left = new Map<string, number>();
  return wanted.filter(({ pool }) => {
    const own = left.get(pool) ?? disruptionsLeft(budgets, countOf(nodes, pool), reason, now);
    left.set(pool, own - 1);
    return own > 0;
  });
}

/** A node that has been drained counts no more: its instance is about to end. */
function countOf(nodes: readonly DisruptionNode[], name: string) {
  const own = nodes.filter(
    ({ pool, initialized, disrupting, bound }) =>
      pool === name && initialized && !(disrupting && bound.length === 0),
  );
  return { total: own.length, disrupting: own.filter(({ disrupting }) => disrupting).length };
}

function emptiness(spec: DisruptionSpec, { view }: Scene): Command | null {
  const nodes = within(spec, view, 'empty', candidates(spec, view, 'emptiness'));
  if (nodes.length === 0) return null;
  return { method: 'emptiness', nodes: nodes.map(({ id }) => id), replacement: null };
}

function multiNode(spec: DisruptionSpec, scene: Scene): Command | null {
  const { view } = scene;
  const wanted = candidates(spec, view, 'multi-node');
  const nodes = within(spec, view, 'underutilized', wanted).slice(0, CANDIDATES_MAX);
  let best: Command | null = null;
  let low = 2;
  let high = nodes.length;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const command = consolidate(scene, nodes.slice(0, middle), 'multi-node');
    if (command === null) high = middle - 1;
    else {
      best = command;
      low = middle + 1;
    }
  }
  return best;
}

function singleNode(spec: DisruptionSpec, scene: Scene): Command | null {
  const { view } = scene;
  const allowed = new Map<string, boolean>();
  for (const node of candidates(spec, view, 'single-node')) {
    const { pool } = node;
    // A command takes one node: all may be looked at while one may go.
    const isAllowed = allowed.get(pool) ?? within(spec, view, 'underutilized', [node]).length > 0;
    allowed.set(pool, isAllowed);
    const command = isAllowed ? consolidate(scene, [node], 'single-node') : null;
    if (command !== null) return command;
  }
  return null;
}

/** Removes the nodes, with one cheaper node in their place if it must be. */
function consolidate(
  scene: Scene,
  nodes: readonly DisruptionNode[],
  method: DisruptionMethod,
): Command | null {
  const moved = moveAway(scene, nodes);
  if (moved === null || moved.length > 1) return null;
  const ids = nodes.map(({ id }) => id);
  if (moved.length === 0) return { method, nodes: ids, replacement: null };
  if (nodes.every(({ spot }) => spot)) return null;
  const [{ pool, offerings }] = moved;
  const paid = nodes.reduce((sum, { price }) => sum + price, 0);
  const below = Math.min(paid, nodes.length > 1 ? cheapestKept(nodes, offerings) : paid);
  const cheaper = offerings.filter(({ perHour }) => perHour < below);
  return cheaper.length === 0
    ? null
    : { method, nodes: ids, replacement: { pool, offerings: cheaper } };
}

/**
 * Replacing several nodes by one of a type that one of them has is no better than keeping that one:
 * the replacement has to cost less than the cheapest of these.
 */
function cheapestKept(nodes: readonly DisruptionNode[], offerings: readonly Offering[]): number {
  const offered = new Set(offerings.map(({ type }) => type));
  const kept = nodes.filter(({ type }) => offered.has(type)).map(({ price }) => price);
  return Math.min(Number.POSITIVE_INFINITY, ...kept);
}

/**
 * The claims that it takes to place the pods of these nodes without them; null = some pod fits
 * nowhere, or only on a node that is not there yet.
 */
function moveAway(scene: Scene, nodes: readonly DisruptionNode[]): readonly Claim[] | null {
  const { pending } = scene.view;
  if (scene.isCrowded) return null;
  // If they find no place alone, they find none beside thousands of pods that wait.
  if (pending.length > 0 && placesFor(scene, nodes, []) === null) return null;
  return placesFor(scene, nodes, pending);
}

function placesFor(
  { view, staying, upcoming }: Scene,
  nodes: readonly DisruptionNode[],
  pending: readonly SolvePod[],
): readonly Claim[] | null {
  const without = new Set(nodes.map(({ id }) => id));
  const moving = nodes.flatMap(({ bound }) => bound);
  const { onNodes, claims, unplaced } = solve(
    [...pending, ...moving],
    staying,
    view.pools,
    without,
  );
  const own = new Set(moving.map(({ id }) => id));
  if (unplaced.some((id) => own.has(id))) return null;
  for (const id of own) {
    const node = onNodes.get(id);
    if (node !== undefined && upcoming.has(node)) return null;
  }
  return claims;
}
