/**
 * The Cluster Autoscaler, one loop: book failures and give up nodes that never joined; set aside
 * the pods that nodes in use or on their way will take; for the others order nodes of one group
 * (scale-up.ts), unless they are all very young; else look for nodes that nobody needs
 * (scale-down.ts).
 *
 * A pod stays pending for up to a second after its node became usable (the scheduler's back-off):
 * nodes in use count as room, or a loop within that second would order another node for it.
 *
 * Not modelled: unready nodes stop no loop (more than 45 %, and 3, would); pods of nodes that are
 * being drained are not yet looked after; balancing of similar groups.
 *
 * @source kubernetes-sigs/cluster-autoscaler, pkg/core/static_autoscaler.go (order, young pods),
 *   pkg/loop/trigger.go (the two kinds of loop), pkg/core/podlistprocessor/
 *   filter_out_schedulable.go, pkg/clusterstate; defaults: pkg/config/flags/flags.go, August 2026.
 */
import { exp } from '../kernel/elementary.ts';
import { roundDelay } from '../kernel/units.ts';
import { packPending, type Room, roomOf } from './existing-room.ts';
import type { ExpanderName } from './expanders/index.ts';
import {
  type BackoffConfig,
  type GroupBackoff,
  withFailure,
  withoutStale,
  withSuccess,
} from './group-backoff.ts';
import type {
  NodeLaunch,
  NodeRemoval,
  NodeView,
  PendingPod,
  Provisioner,
  ProvisionerDecision,
  ProvisionerObservation,
  Wake,
} from './provisioner.ts';
import { NO_SCALE_DOWN_MEMORY } from './scale-down.ts';
import { scaleUp } from './scale-up.ts';
import { removals, type UnneededMemory, unneededAfter } from './unneeded.ts';

export const LOOPS = ['frequent', 'timed'] as const;

/** Times µs. */
export interface ClusterAutoscalerConfig {
  /** timed: one loop per interval; frequent: also when a pod finds no room, or a loop did much. */
  readonly loop: (typeof LOOPS)[number];
  readonly scanInterval: number;
  /** How long a loop computes: median and log-standard deviation. */
  readonly loopRun: { readonly median: number; readonly sigma: number };
  readonly expander: ExpanderName;
  /** Of all groups together; absent = no limit. */
  readonly maxNodesTotal?: number;
  readonly maxProvisionTime: number;
  readonly backoff: BackoffConfig;
  readonly unneededTime: number;
  readonly delayAfterAdd: number;
  readonly utilizationThreshold: number;
}

export interface ClusterAutoscalerMemory {
  readonly backoff: GroupBackoff;
  /** Groups with nodes on their way. */
  readonly awaited: ReadonlySet<string>;
  readonly unneeded: UnneededMemory;
  /** What the last loop saw, for as long as nothing has changed; null = it gave nodes up. */
  readonly seen: Seen | null;
  /** Nodes that it removes, by id: whether they are drained. */
  readonly leaving: ReadonlyMap<number, boolean>;
  readonly lastAdd: number;
  /** The loop before this one added or removed nodes. */
  readonly acted: boolean;
}

/** An observation worked up: all that a loop needs of it. */
interface Seen {
  readonly version: number;
  /** Neither leaving nor given up, and what they will be once the pending pods are in. */
  readonly nodes: readonly NodeView[];
  readonly rooms: readonly Room[];
  readonly unplaced: readonly PendingPod[];
  /** When the first of the nodes on their way was ordered, µs. */
  readonly requested: number;
}

/** What became of the orders of earlier loops. */
type Orders = Pick<ClusterAutoscalerMemory, 'backoff' | 'awaited' | 'leaving'>;

/** What a loop knows before it acts. */
interface Survey extends Orders {
  readonly seen: Seen;
  /** Nodes that are given up now. */
  readonly abandoned: readonly NodeRemoval[];
}

type Decision = ProvisionerDecision<ClusterAutoscalerMemory>;

const NONE: readonly NodeRemoval[] = [];

export const clusterAutoscaler: Provisioner<ClusterAutoscalerConfig, ClusterAutoscalerMemory> = {
  initial: {
    backoff: new Map(),
    awaited: new Set(),
    unneeded: { scaleDown: NO_SCALE_DOWN_MEMORY, version: null, recheck: Number.POSITIVE_INFINITY },
    seen: null,
    leaving: new Map(),
    lastAdd: Number.NEGATIVE_INFINITY,
    acted: false,
  },
  groupsKeepSize: true,
  period: ({ scanInterval }) => scanInterval,
  decide,
};

function decide(
  config: ClusterAutoscalerConfig,
  observation: ProvisionerObservation,
  before: ClusterAutoscalerMemory,
): Decision {
  const { now, draws } = observation;
  const { seen, abandoned, backoff, awaited, leaving } = survey(config, observation, before);
  const { nodes, rooms, unplaced } = seen;
  const { launches, tooYoung, reason } = scaleUp(config, observation, { nodes, unplaced, backoff });
  const adds = launches.length > 0;
  const isWhole = abandoned.length === 0;
  const known = isWhole ? before.unneeded : { ...before.unneeded, version: null };
  const unneeded = adds ? before.unneeded : unneededAfter(config, observation, rooms, known);
  const state = { unneeded, leaving, lastAdd: before.lastAdd };
  // Pods that are about to be helped: nothing is taken away under them.
  const removed = adds || tooYoung ? NONE : removals(config, observation, rooms, state);
  const acted = adds || removed.length > 0;
  const memory: ClusterAutoscalerMemory = {
    backoff,
    awaited: adds ? withLaunched(awaited, launches) : awaited,
    unneeded,
    seen: isWhole ? seen : null,
    leaving: removed.length > 0 ? withRemoved(leaving, removed) : leaving,
    lastAdd: adds ? now : before.lastAdd,
    acted,
  };
  const takes = loopTime(config, draws.normal);
  const wake = nextLoop(config, now + takes, acted || before.acted);
  return { launches, removals: abandoned.concat(removed), memory, takes, wake, reason };
}

/** Nothing is worked up again while the cluster is as the last loop saw it and left it. */
function survey(
  config: ClusterAutoscalerConfig,
  observation: ProvisionerObservation,
  before: ClusterAutoscalerMemory,
): Survey {
  const { seen, awaited, leaving } = before;
  const backoff = withoutStale(before.backoff, config.backoff, observation.now);
  if (seen !== null && !before.acted && isUnchanged(config, observation, seen)) {
    return { seen, abandoned: NONE, backoff, awaited, leaving };
  }
  return workUp(config, observation, { backoff, awaited, leaving });
}

/** No node has become late since, either. */
function isUnchanged(
  { maxProvisionTime }: ClusterAutoscalerConfig,
  { now, version, failures }: ProvisionerObservation,
  seen: Seen,
): boolean {
  if (seen.version !== version || failures.length > 0) return false;
  return now - seen.requested <= maxProvisionTime;
}

function workUp(
  config: ClusterAutoscalerConfig,
  observation: ProvisionerObservation,
  before: Orders,
): Survey {
  const { now, version } = observation;
  const groups = { failed: failedGroups(observation), onTheirWay: new Set<string>() };
  const leaving = new Map<number, boolean>();
  const nodes: NodeView[] = [];
  const rooms: Room[] = [];
  const abandoned: NodeRemoval[] = [];
  let requested = Number.POSITIVE_INFINITY;
  for (const node of observation.nodes) {
    if (node.state === 'leaving') {
      const isDrained = before.leaving.get(node.id);
      // A deletion ends when the cloud has taken the order, not when the instance is gone.
      if (isDrained !== undefined && node.stopping !== true) leaving.set(node.id, isDrained);
      continue;
    }
    if (node.state === 'upcoming') {
      if (now - node.requested > config.maxProvisionTime) {
        abandoned.push(giveUp(node, now));
        groups.failed.add(node.group);
        continue;
      }
      groups.onTheirWay.add(node.group);
      requested = Math.min(requested, node.requested);
    }
    nodes.push(node);
    rooms.push(roomOf(node));
  }
  const unplaced = packPending(rooms, observation);
  const { backoff, awaited } = bookGroups(config, groups, before, now);
  const seen = { version, nodes, rooms, unplaced, requested };
  return { seen, abandoned, backoff, awaited, leaving };
}

/** A group whose node comes in another zone has not failed. */
function failedGroups({ failures }: ProvisionerObservation): Set<string> {
  const failed = new Set<string>();
  for (const { node, group } of failures) if (node !== null) failed.add(group);
  return failed;
}

/** A node that was ordered long ago and has never registered. */
function giveUp({ id, requested }: NodeView, now: number): NodeRemoval {
  const reason = { key: 'nodes.not-joined', params: { after: now - requested } };
  return { node: id, how: 'abandon', reason };
}

interface GroupNews {
  readonly failed: ReadonlySet<string>;
  /** With nodes that are still to come. */
  readonly onTheirWay: ReadonlySet<string>;
}

/** What became of the orders: failures back their groups off, groups whose nodes came are free. */
function bookGroups(
  { backoff: config }: ClusterAutoscalerConfig,
  { failed, onTheirWay }: GroupNews,
  before: Orders,
  now: number,
): Pick<Orders, 'backoff' | 'awaited'> {
  let { backoff } = before;
  for (const group of failed) backoff = withFailure(backoff, config, group, now);
  const awaited = new Set<string>();
  for (const group of before.awaited) {
    if (onTheirWay.has(group)) awaited.add(group);
    else if (!failed.has(group)) backoff = withSuccess(backoff, group);
  }
  return { backoff, awaited };
}

function withLaunched(
  awaited: ReadonlySet<string>,
  launches: readonly NodeLaunch[],
): ReadonlySet<string> {
  const all = new Set(awaited);
  for (const { group } of launches) all.add(group);
  return all;
}

function withRemoved(
  leaving: ReadonlyMap<number, boolean>,
  removed: readonly NodeRemoval[],
): ReadonlyMap<number, boolean> {
  const all = new Map(leaving);
  for (const { node, how } of removed) all.set(node, how === 'drain');
  return all;
}

/** How long the loop takes. */
function loopTime({ loopRun: { median, sigma } }: ClusterAutoscalerConfig, normal: number): number {
  return median === 0 ? 0 : roundDelay(median * exp(sigma * normal));
}

/** The next loop follows at once if this one or the one before acted. */
function nextLoop(
  { loop, scanInterval }: ClusterAutoscalerConfig,
  end: number,
  acted: boolean,
): Wake {
  const onPending = loop === 'frequent';
  return { at: onPending && acted ? end : end + scanInterval, onPending };
}
