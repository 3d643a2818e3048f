/**
 * Karpenter: two loops that know each other only by what they do to the cluster. *Provisioning*
 * (provision.ts) gathers pending pods in a window and orders nodes for them, each of the cheapest
 * instance type that holds its share of the pods. *Disruption* (disrupt.ts) removes nodes that are
 * empty or could be emptied, within budgets. A node that has not registered in time is given up.
 *
 * Its nodes have no minimum: those that were there before any pod came are empty to it, and go.
 *
 * @source kubernetes-sigs/karpenter, pkg/controllers/{provisioning,disruption,nodeclaim/lifecycle},
 *   August 2026.
 */
import { assert } from '../../kernel/assert.ts';
import { roundDelay } from '../../kernel/units.ts';
import type {
  NodeRemoval,
  NodeView,
  Provisioner,
  ProvisionerDecision,
  ProvisionerObservation,
} from '../provisioner.ts';
import { disrupt, nextLook } from './disrupt.ts';
import { type KarpenterMemory, NO_KARPENTER_MEMORY } from './memory.ts';
import { withSoldOut } from './offering.ts';
import { nextBatch, type Provisioned, provision } from './provision.ts';
import { type KarpenterConfig, type KarpenterNodes, settingsOf } from './settings.ts';
import { crewsOf } from './view.ts';

export const karpenter: Provisioner<KarpenterNodes, KarpenterMemory> = {
  initial: NO_KARPENTER_MEMORY,
  groupsKeepSize: false,
  period: (nodes) => settings(nodes).pollPeriod,
  decide: (nodes, observation, memory) => decide(settings(nodes), observation, memory),
};

function settings(nodes: KarpenterNodes): KarpenterConfig {
  const config = settingsOf(nodes);
  assert(config !== null, 'Karpenter has no settings');
  return config;
}

export function decide(
  config: KarpenterConfig,
  observation: ProvisionerObservation,
  before: KarpenterMemory,
): ProvisionerDecision<KarpenterMemory> {
  const abandoned = notRegistered(config, observation);
  const provisioned = provision(config, observation, noted(config, observation, before));
  const disrupted = disrupt(config, observation, provisioned.memory);
  const { memory } = disrupted;
  const takes = provisioned.solved ? solveTime(config, observation) : 0;
  const at = Math.min(
    nextBatch(config, observation, memory),
    nextLook(memory),
    nextTimeout(config, observation, abandoned),
  );
  return {
    launches: [...provisioned.launches, ...disrupted.launches],
    removals: [...abandoned, ...disrupted.removals],
    memory,
    takes,
    wake: { at: Math.max(at, observation.now + takes), onPending: memory.window === null },
    reason: reasonOf(provisioned),
  };
}

/** What happened since the last turn. */
function noted(
  { soldOutFor }: KarpenterConfig,
  observation: ProvisionerObservation,
  memory: KarpenterMemory,
): KarpenterMemory {
  const { now, failures } = observation;
  let { soldOut } = memory;
  for (const { offering, at } of failures) {
    soldOut = withSoldOut(soldOut, offering, at + soldOutFor, now);
  }
  const nominated = new Map([...memory.nominated].filter(([, until]) => until > now));
  return { ...memory, soldOut, nominated, crews: crewsOf(observation, memory.crews) };
}

function solveTime(config: KarpenterConfig, { draws }: ProvisionerObservation): number {
  return config.solveTime === 0 ? 0 : roundDelay(config.solveTime * draws.uniform);
}

function isLate(
  { registrationTimeout }: KarpenterConfig,
  { state, requested }: NodeView,
  now: number,
): boolean {
  return state === 'upcoming' && now - requested >= registrationTimeout;
}

function notRegistered(
  config: KarpenterConfig,
  { now, nodes }: ProvisionerObservation,
): readonly NodeRemoval[] {
  return nodes
    .filter((node) => isLate(config, node, now))
    .map(({ id, requested }) => ({
      node: id,
      how: 'abandon',
      reason: { key: 'karpenter.not-registered', params: { after: now - requested } },
    }));
}

/** When the next node on its way is given up, µs. */
function nextTimeout(
  { registrationTimeout }: KarpenterConfig,
  { nodes }: ProvisionerObservation,
  abandoned: readonly NodeRemoval[],
): number {
  const given = new Set(abandoned.map(({ node }) => node));
  let next = Number.POSITIVE_INFINITY;
  for (const { id, state, requested } of nodes) {
    if (state !== 'upcoming' || given.has(id)) continue;
    next = Math.min(next, requested + registrationTimeout);
  }
  return next;
}

function reasonOf({ unplaced }: Provisioned): ProvisionerDecision<KarpenterMemory>['reason'] {
  return unplaced === 0 ? null : { key: 'karpenter.no-type', params: { pods: unplaced } };
}
