/**
 * The Cluster Autoscaler's scale-down as it sits in its loop: what scale-down.ts makes of the nodes
 * that it sees. As long as nothing has changed since the last loop, its answer is not worked out
 * again, unless the set may still grow or a node may be looked at anew.
 */
import type { Room } from './existing-room.ts';
import type { NodeRemoval, ProvisionerObservation } from './provisioner.ts';
import {
  nodesToRemove,
  nodeUtilization,
  observeUnneeded,
  SCALE_DOWN_DEFAULTS,
  type ScaleDownConfig,
  type ScaleDownMemory,
  unneededMost,
} from './scale-down.ts';

type UnneededConfig = Pick<
  ScaleDownConfig,
  'utilizationThreshold' | 'unneededTime' | 'delayAfterAdd' | 'scanInterval'
>;

export interface UnneededMemory {
  readonly scaleDown: ScaleDownMemory;
  /** Of the observation that it was worked out from; null = it may grow: work it out again. */
  readonly version: number | null;
  /** When the first of the nodes left alone is looked at again, µs. */
  readonly recheck: number;
}

export function unneededAfter(
  config: UnneededConfig,
  { now, version }: ProvisionerObservation,
  rooms: readonly Room[],
  before: UnneededMemory,
): UnneededMemory {
  if (before.version === version && now < before.recheck) return before;
  const full = fullConfig(config);
  const scaleDown = observeUnneeded(full, rooms, before.scaleDown, now);
  const isWhole = scaleDown.unneededSince.size < unneededMost(full, before.scaleDown);
  let recheck = Number.POSITIVE_INFINITY;
  for (const until of scaleDown.leftAloneUntil.values()) recheck = Math.min(recheck, until);
  return { scaleDown, version: isWhole ? version : null, recheck };
}

function fullConfig(config: UnneededConfig): ScaleDownConfig {
  const { utilizationThreshold, unneededTime, delayAfterAdd, scanInterval } = config;
  return {
    ...SCALE_DOWN_DEFAULTS,
    utilizationThreshold,
    unneededTime,
    delayAfterAdd,
    scanInterval,
  };
}

interface LoopState {
  readonly unneeded: UnneededMemory;
  readonly leaving: ReadonlyMap<number, boolean>;
  readonly lastAdd: number;
}

/** `rooms`: of nodes that are neither leaving nor given up. */
export function removals(
  config: UnneededConfig,
  { now, groups }: ProvisionerObservation,
  rooms: readonly Room[],
  { unneeded, leaving, lastAdd }: LoopState,
): readonly NodeRemoval[] {
  const { unneededSince } = unneeded.scaleDown;
  // Most loops end here: nothing has been unneeded for long enough, or something was just added.
  if (now < lastAdd + config.delayAfterAdd) return [];
  let first = Number.POSITIVE_INFINITY;
  for (const since of unneededSince.values()) first = Math.min(first, since);
  if (first + config.unneededTime >= now) return [];
  const aboveMin = new Map(groups.map(({ name, min }) => [name, -min]));
  for (const { group } of rooms) aboveMin.set(group, (aboveMin.get(group) ?? 0) + 1);
  const draining = [...leaving.values()].filter((drained) => drained).length;
  const state = {
    lastAdd,
    lastFailure: Number.NEGATIVE_INFINITY,
    lastDelete: Number.NEGATIVE_INFINITY,
    draining,
    emptyLeaving: leaving.size - draining,
    aboveMin,
  };
  const ripe = rooms.filter(({ id }) => unneededSince.has(id));
  const full = fullConfig(config);
  const { empty, drain } = nodesToRemove(full, ripe, unneeded.scaleDown, state, now);
  const since = (node: number) => now - (unneededSince.get(node) ?? now);
  const used = new Map(ripe.map((node) => [node.id, node]));
  return [
    ...empty.map((node): NodeRemoval => {
      const reason = { key: 'nodes.empty', params: { unneeded: since(node) } };
      return { node, how: 'delete', reason };
    }),
    ...drain.map((node): NodeRemoval => {
      const utilization = nodeUtilization(used.get(node) as Room);
      const pods = used.get(node)?.pods.length ?? 0;
      const params = { unneeded: since(node), pods, utilization };
      return { node, how: 'drain', reason: { key: 'nodes.drain', params } };
    }),
  ];
}
