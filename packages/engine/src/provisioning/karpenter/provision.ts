/**
 * Karpenter's provisioning: opens a batch window with the first pod that nobody has looked at, and
 * at its end orders one node for each claim of the solve. Pods that go on waiting, for a node on
 * its way or because there is none to be had, are solved for again every few seconds; the nodes
 * that they are meant for are kept for them.
 *
 * @source kubernetes-sigs/karpenter, pkg/controllers/provisioning/{controller,provisioner}.go.
 */
import type { NodeLaunch, ProvisionerObservation } from '../provisioner.ts';
import { type BatchWindow, closesAt, nominationTime, withPods } from './batch-window.ts';
import type { KarpenterMemory } from './memory.ts';
import type { KarpenterConfig } from './settings.ts';
import { solve } from './solve.ts';
import { viewOf } from './view.ts';

export interface Provisioned {
  readonly launches: readonly NodeLaunch[];
  readonly memory: KarpenterMemory;
  /** A solve was made. */
  readonly solved: boolean;
  /** Pods that it has no node for. */
  readonly unplaced: number;
}

export function provision(
  config: KarpenterConfig,
  observation: ProvisionerObservation,
  before: KarpenterMemory,
): Provisioned {
  const window = windowAfter(config, observation, before);
  const memory = { ...before, window };
  const waits = window === null || closesAt(window, config.batch) > observation.now;
  if (waits) return { launches: [], memory, solved: false, unplaced: 0 };
  return solved(config, observation, { ...memory, window: null });
}

function windowAfter(
  { retryPeriod }: KarpenterConfig,
  { now, pending }: ProvisionerObservation,
  { window, solvedAt }: KarpenterMemory,
): BatchWindow | null {
  const fresh = pending.map(({ since }) => since).filter((since) => since > solvedAt);
  if (window !== null) return withPods(window, fresh);
  if (fresh.length > 0) return withPods({ opened: now, newest: now }, fresh);
  const isRetry = pending.length > 0 && now >= solvedAt + retryPeriod;
  return isRetry ? { opened: now, newest: now } : null;
}

function solved(
  { batch }: KarpenterConfig,
  observation: ProvisionerObservation,
  memory: KarpenterMemory,
): Provisioned {
  const { now } = observation;
  const { pending, nodes, pools } = viewOf(observation, memory);
  const staying = nodes.filter(({ disrupting }) => !disrupting);
  const { onNodes, claims, unplaced } = solve(pending, staying, pools);
  const nominated = new Map(memory.nominated);
  for (const node of onNodes.values()) nominated.set(node, now + nominationTime(batch));
  const launches = claims.map(({ pool, offerings, pods }, i) => ({
    group: pool,
    count: 1,
    offerings,
    claim: memory.nextClaim + i,
    reason: {
      key: 'karpenter.claimed',
      params: { pods: pods.length, offerings: offerings.length },
    },
  }));
  const nextClaim = memory.nextClaim + claims.length;
  const after = { ...memory, nominated, nextClaim, solvedAt: now };
  return { launches, memory: after, solved: true, unplaced: unplaced.length };
}

/** When the batch ends, or the next begins for pods that have waited through one, µs. */
export function nextBatch(
  { batch, retryPeriod }: KarpenterConfig,
  { pending }: ProvisionerObservation,
  { window, solvedAt }: KarpenterMemory,
): number {
  if (window !== null) return closesAt(window, batch);
  return pending.length > 0 ? solvedAt + retryPeriod : Number.POSITIVE_INFINITY;
}
