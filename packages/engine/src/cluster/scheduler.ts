/**
 * The scheduler's choice: filters by requests and pods per node, scores what is left (scores/), the
 * oldest wins a tie. In big clusters it looks for some feasible nodes only, and goes on from there
 * the next time.
 *
 * @source kubernetes/kubernetes pkg/scheduler/schedule_one.go, numFeasibleNodesToFind.
 */
import { InvariantError } from '../kernel/assert.ts';
import { enter, leave } from './by-id.ts';
import { touchNode } from './node-views.ts';
import { podRequests } from './pod-requests.ts';
import type { ScoreContext, ScoredNode, ScoredPod, ScorePlugin } from './scores/score.ts';
import type { Node, Pod, World } from './world.ts';

export function findNode(world: World, pod: Pod): Node | null {
  const feasible = feasibleNodes(world, pod);
  if (feasible.length <= 1) return feasible[0] ?? null;
  return bestOf(world, pod, feasible);
}

/** All nodes are looked at below this number; above it, at least as many must be feasible. */
const FEW_NODES = 100;

/** Of so many nodes, how many feasible ones are enough. */
export function enoughNodes(nodes: number): number {
  if (nodes < FEW_NODES) return nodes;
  const percent = Math.max(5, 50 - Math.floor(nodes / 125));
  return Math.max(FEW_NODES, Math.floor((nodes * percent) / 100));
}

function feasibleNodes({ scheduler }: World, pod: Pod): Node[] {
  const { openNodes } = scheduler;
  const { cpu, memory } = podRequests(pod);
  const { length } = openNodes;
  const enough = enoughNodes(length);
  const feasible: Node[] = [];
  const first = length === 0 ? 0 : scheduler.next % length;
  let looked = 0;
  for (let at = first; looked < length && feasible.length < enough; looked++) {
    const node = openNodes[at];
    if (node.podsFree >= 1 && node.cpu >= cpu && node.memory >= memory) feasible.push(node);
    at = at + 1 === length ? 0 : at + 1;
  }
  scheduler.next = looked === length ? first : first + looked;
  return feasible;
}

function bestOf(world: World, pod: Pod, nodes: readonly Node[]): Node {
  const { plugins, openNodes } = world.scheduler;
  const { index } = pod.deployment;
  const zones = new Set<string>();
  for (const { zone } of nodes) zones.add(zone);
  const hasZones = zones.size > 1 || !zones.has('');
  const inZone = hasZones ? zoneSiblings(openNodes, index) : null;
  const scored: ScoredNode[] = [];
  let isNearby = false;
  for (const node of nodes) {
    const hasImage = node.imagePresent.has(index);
    isNearby ||= hasImage;
    scored.push({
      allocatable: node.allocatable,
      cpu: node.cpu,
      memory: node.memory,
      hasImage,
      siblings: node.siblings[index] ?? 0,
      zoneSiblings: inZone?.get(node.zone) ?? null,
    });
  }
  const { cpu, memory } = podRequests(pod);
  const asked: ScoredPod = { cpu, memory, imageSize: imageSize(world, pod) };
  const context: ScoreContext = {
    nodes: openNodes.length,
    // Where none of them has it, nobody asks how many others do.
    nodesWithImage: isNearby ? countWithImage(openNodes, index) : 0,
    feasible: nodes.length,
    zones: zones.size,
  };
  const totals = new Float64Array(nodes.length);
  for (const plugin of plugins) addScores(totals, plugin, asked, scored, context);
  let best = 0;
  for (let i = 1; i < nodes.length; i++) {
    const isOlder = totals[i] === totals[best] && nodes[i].id < nodes[best].id;
    if (totals[i] > totals[best] || isOlder) best = i;
  }
  return nodes[best];
}

function addScores(
  totals: Float64Array,
  { weight, score, normalize }: ScorePlugin,
  pod: ScoredPod,
  nodes: readonly ScoredNode[],
  context: ScoreContext,
): void {
  if (normalize === undefined) {
    for (let i = 0; i < nodes.length; i++) totals[i] += weight * score(pod, nodes[i], context);
    return;
  }
  const scores = new Float64Array(nodes.length);
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (let i = 0; i < nodes.length; i++) {
    const value = score(pod, nodes[i], context);
    scores[i] = value;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  for (let i = 0; i < scores.length; i++) totals[i] += weight * normalize(scores[i], low, high);
}

/** Zone → pods of the owner in it. */
function zoneSiblings(nodes: readonly Node[], owner: number): ReadonlyMap<string, number> {
  const zones = new Map<string, number>();
  for (const { zone, siblings } of nodes) {
    if (zone === '') continue;
    zones.set(zone, (zones.get(zone) ?? 0) + (siblings[owner] ?? 0));
  }
  return zones;
}

function countWithImage(nodes: readonly Node[], owner: number): number {
  let count = 0;
  for (const { imagePresent } of nodes) if (imagePresent.has(owner)) count += 1;
  return count;
}

/** Bytes; the pause image is part of every node. */
function imageSize({ images }: World, { deployment }: Pod): number {
  let bytes = 0;
  if (deployment.isPause) return bytes;
  for (const { size } of images.contents[deployment.index]) bytes += size;
  return bytes;
}

export function bindPod(world: World, pod: Pod, node: Node): void {
  const { cpu, memory } = podRequests(pod);
  const { index } = pod.deployment;
  node.cpu -= cpu;
  node.memory -= memory;
  node.podsFree -= 1;
  node.pods += 1;
  enter(node.bound, pod);
  node.siblings[index] = (node.siblings[index] ?? 0) + 1;
  node.emptySince = null;
  pod.node = node;
  touch(world, pod, node);
  if (!(node.cpu >= 0 && node.memory >= 0 && node.podsFree >= 0)) {
    throw new InvariantError(`node ${node.id} over-committed`);
  }
}

/** The pod is on its way out: it does not count when others are spread. */
export function discountPod({ deployment, node, state }: Pod): void {
  if (node !== null && state !== 'draining') node.siblings[deployment.index] -= 1;
}

/** A pod that is gone gives its resources back to its node, if it has one. */
export function unbindPod(world: World, pod: Pod, now: number): void {
  const { node } = pod;
  if (node === null) {
    world.scheduler.touchedPods.push(pod);
    return;
  }
  const { cpu, memory } = podRequests(pod);
  node.cpu += cpu;
  node.memory += memory;
  node.podsFree += 1;
  node.pods -= 1;
  leave(node.bound, pod);
  if (node.pods === 0) node.emptySince = now;
  pod.node = null;
  world.scheduler.version += 1;
  touch(world, pod, node);
}

function touch(world: World, pod: Pod, node: Node): void {
  const { touchedPods, touchedNodes } = world.scheduler;
  touchedPods.push(pod);
  if (touchedNodes[touchedNodes.length - 1] !== node) touchedNodes.push(node);
  touchNode(world, node);
}
