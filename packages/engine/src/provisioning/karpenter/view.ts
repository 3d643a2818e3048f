/** The cluster as Karpenter's parts see it: its solve and its disruption controller. */
import type { NodeView, PodView, ProvisionerObservation } from '../provisioner.ts';
import type { DisruptionNode, DisruptionView } from './disruption.ts';
import type { Crew, KarpenterMemory } from './memory.ts';
import { cheapestFirst, offeringKey, onSale } from './offering.ts';
import { type SolvePod, type SolvePool, solveOrder } from './solve.ts';

const SPOT = 'spot';

export function viewOf(
  observation: ProvisionerObservation,
  memory: KarpenterMemory,
): DisruptionView {
  const { now, groups, pending } = observation;
  const prices = new Map<string, number>();
  for (const { offerings } of groups) {
    for (const offering of offerings) prices.set(offeringKey(offering), offering.perHour);
  }
  const replaced = new Set(memory.replacing.flatMap(({ nodes }) => nodes));
  const nodes = observation.nodes.map((node) => {
    return nodeOf(node, memory, prices.get(offeringKey(node)) ?? 0, replaced.has(node.id));
  });
  // Pods of nodes whose replacement is on its way: the room that they will need is theirs.
  const moving = nodes.filter(({ id }) => replaced.has(id)).flatMap(({ bound }) => bound);
  return {
    now,
    nodes: solveOrder(nodes),
    pending: [...pending.map((pod) => solvePod(pod, pod.since)), ...moving],
    pools: poolsOf(observation, memory),
  };
}

function nodeOf(
  node: NodeView,
  { nominated, crews }: KarpenterMemory,
  price: number,
  isReplaced: boolean,
): DisruptionNode {
  const { id, group, type, plan, state, free, pods, emptySince, usable } = node;
  const seen = crews.get(id)?.since ?? Number.NEGATIVE_INFINITY;
  return {
    id,
    free,
    initialized: usable !== null,
    pool: group,
    type,
    price,
    spot: plan === SPOT,
    bound: pods.map((pod) => solvePod(pod, Number.NEGATIVE_INFINITY)),
    blocked: pods.some(({ evictable }) => !evictable),
    lastPodEvent: emptySince ?? Math.max(seen, usable ?? seen),
    nominatedUntil: nominated.get(id) ?? Number.NEGATIVE_INFINITY,
    disrupting: state === 'leaving' || isReplaced,
  };
}

function solvePod({ id, cpu, memory }: PodView, since: number): SolvePod {
  return { id, cpu, memory, since };
}

function poolsOf(
  { now, groups, nodes }: ProvisionerObservation,
  { soldOut }: KarpenterMemory,
): readonly SolvePool[] {
  return groups.map(({ name, priority, offerings, max }) => ({
    name,
    weight: priority,
    offerings: onSale(cheapestFirst(offerings), soldOut, now),
    nodesLeft: max - nodes.filter(({ group }) => group === name).length,
  }));
}

/** Since when each node has had the pods that it has now. */
export function crewsOf(
  { now, nodes }: ProvisionerObservation,
  before: ReadonlyMap<number, Crew>,
): ReadonlyMap<number, Crew> {
  return new Map(
    nodes.map(({ id, pods }) => {
      const crew = pods.map((pod) => pod.id).join();
      const known = before.get(id);
      return [id, known?.pods === crew ? known : { pods: crew, since: now }];
    }),
  );
}
