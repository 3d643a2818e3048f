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
import { packPending, type Room, roomsOf } from './existing-room.ts';
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
  /** Neither leaving nor given up, and their room once the pending pods are in. */
  readonly nodes: readonly NodeView[];
  readonly rooms: readonly Room[];
  readonly unplaced: readonly PendingPod[];
  /** When the first of the nodes on their way was ordered, µs. */
  readonly requested: number;
}

type Decision = ProvisionerDecision<ClusterAutoscalerMemory>;

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
  const isKnown = isUnchanged(config, observation, before.seen);
  const abandoned = isKnown ? [] : notJoined(config, observation);
  const given = new Set(abandoned.map(({ node }) => node));
  const { backoff, awaited, leaving } = bookRequests(config, observation, before, given);
  const seen = isKnown ? before.seen : workUp(observation, given);
  const { nodes, rooms, unplaced } = seen;
  const { launches, tooYoung, reason } = scaleUp(config, observation, { nodes, unplaced, backoff });
  const adds = launches.length > 0;
  const { lastAdd } = before;
  const known = given.size === 0 ? before.unneeded : { ...before.unneeded, version: null };
  const unneeded = adds ? before.unneeded : unneededAfter(config, observation, rooms, known);
  // Pods that are about to be helped: nothing is taken away under them.
  const isBusy = adds || tooYoung;
  const removed = isBusy
    ? []
    : removals(config, observation, rooms, { unneeded, leaving, lastAdd });
  const memory: ClusterAutoscalerMemory = {
    backoff,
    awaited: adds ? withLaunched(awaited, launches) : awaited,
    unneeded,
    seen: given.size === 0 ? seen : null,
    leaving: removed.length > 0 ? withRemoved(leaving, removed) : leaving,
    lastAdd: adds ? observation.now : lastAdd,
    acted: adds || removed.length > 0,
  };
  const times = nextLoop(config, observation, memory.acted || before.acted);
  return { launches, removals: [...abandoned, ...removed], memory, reason, ...times };
}

/** The cluster is as the last loop saw it, and no node has become late since. */
function isUnchanged(
  { maxProvisionTime }: ClusterAutoscalerConfig,
  { now, version }: ProvisionerObservation,
  seen: Seen | null,
): seen is Seen {
  return seen?.version === version && now - seen.requested <= maxProvisionTime;
}

function workUp(observation: ProvisionerObservation, given: ReadonlySet<number>): Seen {
  const { version } = observation;
  const nodes: NodeView[] = [];
  let requested = Number.POSITIVE_INFINITY;
  for (const node of observation.nodes) {
    if (node.state === 'leaving' || given.has(node.id)) continue;
    if (node.state === 'upcoming') requested = Math.min(requested, node.requested);
    nodes.push(node);
  }
  const rooms = roomsOf(nodes);
  return { version, nodes, rooms, unplaced: packPending(rooms, observation), requested };
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

/** How long this loop takes; the next one follows at once if this one or the one before acted. */
function nextLoop(
  config: ClusterAutoscalerConfig,
  { now, draws }: ProvisionerObservation,
  acted: boolean,
): Pick<Decision, 'takes' | 'wake'> {
  const takes = loopTime(config, draws.normal);
  const end = now + takes;
  const frequent = config.loop === 'frequent';
  const at = frequent && acted ? end : end + config.scanInterval;
  return { takes, wake: { at, onPending: frequent } };
}

function loopTime({ loopRun: { median, sigma } }: ClusterAutoscalerConfig, normal: number): number {
  return median === 0 ? 0 : roundDelay(median * exp(sigma * normal));
}

/** Nodes that were ordered long ago and have never registered. */
function notJoined(
  { maxProvisionTime }: ClusterAutoscalerConfig,
  { now, nodes }: ProvisionerObservation,
): readonly NodeRemoval[] {
  const late: NodeRemoval[] = [];
  for (const { id, state, requested } of nodes) {
    const after = now - requested;
    if (state !== 'upcoming' || after <= maxProvisionTime) continue;
    const reason = { key: 'nodes.not-joined', params: { after } };
    late.push({ node: id, how: 'abandon', reason });
  }
  return late;
}

type Booked = Pick<ClusterAutoscalerMemory, 'backoff' | 'awaited' | 'leaving'>;

/** What became of the orders: failures back their groups off, groups whose nodes came are free. */
function bookRequests(
  { backoff: config }: ClusterAutoscalerConfig,
  { now, nodes, failures }: ProvisionerObservation,
  memory: ClusterAutoscalerMemory,
  given: ReadonlySet<number>,
): Booked {
  const isWaiting = memory.awaited.size + memory.leaving.size + memory.backoff.size > 0;
  if (!isWaiting && failures.length + given.size === 0) return memory;
  const failed = new Set<string>();
  // A group whose node comes in another zone has not failed.
  for (const { node, group } of failures) if (node !== null) failed.add(group);
  const onTheirWay = new Set<string>();
  const leaving = new Map<number, boolean>();
  for (const { id, state, stopping, group } of nodes) {
    if (state === 'upcoming') (given.has(id) ? failed : onTheirWay).add(group);
    // A deletion ends when the cloud has taken the order, not when the instance is gone.
    if (state !== 'leaving' || stopping === true) continue;
    const isDrained = memory.leaving.get(id);
    if (isDrained !== undefined) leaving.set(id, isDrained);
  }
  let backoff = withoutStale(memory.backoff, config, now);
  for (const group of failed) backoff = withFailure(backoff, config, group, now);
  const awaited = new Set([...memory.awaited].filter((group) => onTheirWay.has(group)));
  for (const group of memory.awaited) {
    if (!awaited.has(group) && !failed.has(group)) backoff = withSuccess(backoff, group);
  }
  return { backoff, awaited, leaving };
}
