/**
 * The Cluster Autoscaler's scale-up: pods that fit nowhere, in groups of equal ones; for each node
 * group that may grow, how many of its nodes take how many of them; the expander keeps one group.
 *
 * @source kubernetes-sigs/cluster-autoscaler, pkg/core/scaleup/orchestrator/orchestrator.go,
 *   pkg/core/static_autoscaler.go (allPodsAreNew); defaults: pkg/config/flags/flags.go.
 */
import type { Message } from '../outcome.ts';
import { estimateNodes, type PodGroup } from './binpacking.ts';
import type { ExpansionOption } from './expanders/expander.ts';
import { chooseOption, type ExpanderName } from './expanders/index.ts';
import { type GroupBackoff, isBackedOff } from './group-backoff.ts';
import type {
  GroupView,
  NodeLaunch,
  NodeView,
  PendingPod,
  ProvisionerObservation,
} from './provisioner.ts';
import { balancedZones } from './zones.ts';

/** A loop does nothing while the oldest pending pod is younger than this, µs. */
const YOUNG_POD = 2_000_000;
/** --max-nodes-per-scaleup */
const NODES_PER_SCALE_UP = 1000;

export interface ScaleUpConfig {
  readonly expander: ExpanderName;
  readonly maxNodesTotal?: number;
}

interface ScaleUpState {
  /** Neither leaving nor given up. */
  readonly nodes: readonly NodeView[];
  readonly unplaced: readonly PendingPod[];
  readonly backoff: GroupBackoff;
}

export interface ScaleUp {
  readonly launches: readonly NodeLaunch[];
  /** The pods are so new that more are expected. */
  readonly tooYoung: boolean;
  /** Why no node is ordered for pods that fit nowhere. */
  readonly reason: Message | null;
}

const NOTHING: ScaleUp = { launches: [], tooYoung: false, reason: null };
const TOO_YOUNG: ScaleUp = { launches: [], tooYoung: true, reason: null };

export function scaleUp(
  config: ScaleUpConfig,
  observation: ProvisionerObservation,
  state: ScaleUpState,
): ScaleUp {
  const { now, groups, draws } = observation;
  const { unplaced, nodes } = state;
  if (unplaced.length === 0) return NOTHING;
  let oldest = now;
  for (const { since } of unplaced) if (since < oldest) oldest = since;
  if (now - oldest < YOUNG_POD) return TOO_YOUNG;
  const alike = groupsOf(unplaced);
  const options = groups.flatMap((group) => optionOf(config, group, alike, state, now));
  const best = chooseOption([config.expander], options, draws.uniform);
  if (best === null)
    return { launches: [], tooYoung: false, reason: whyNot(config, observation, state) };
  const { offerings } = groups.find(({ name }) => name === best.group) as GroupView;
  const pods = best.podsOfGroup.reduce((sum, count) => sum + count, 0);
  const reason = {
    key: options.length > 1 ? 'nodes.scale-up-chosen' : 'nodes.scale-up',
    params: { pods, waiting: unplaced.length, age: now - oldest, expander: config.expander },
  };
  const own = nodes.filter(({ group }) => group === best.group);
  const shares = balancedZones(offerings, own, best.nodes);
  const launches = shares.map((share) => ({ group: best.group, claim: null, reason, ...share }));
  return { launches, tooYoung: false, reason: null };
}

/** Equal pods in one group, in the order of their owners: no matter in which order they came. */
function groupsOf(pods: readonly PendingPod[]): readonly PodGroup[] {
  const groups = new Map<string, PodGroup & { count: number }>();
  let last: PendingPod | undefined;
  let group: (PodGroup & { count: number }) | undefined;
  for (const pod of pods) {
    const { owner, cpu, memory } = pod;
    const isSame = last?.owner === owner && last.cpu === cpu && last.memory === memory;
    last = pod;
    if (!isSame || group === undefined) {
      const key = `${owner}/${cpu}/${memory}`;
      group = groups.get(key) ?? { cpu, memory, onePerNode: false, count: 0 };
      groups.set(key, group);
    }
    group.count += 1;
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function optionOf(
  config: ScaleUpConfig,
  group: GroupView,
  pods: readonly PodGroup[],
  { nodes, backoff }: ScaleUpState,
  now: number,
): readonly ExpansionOption[] {
  const { name, priority } = group;
  const room = roomFor(config, group, nodes);
  if (room < 1 || isBackedOff(backoff, name, now) || group.offerings.length === 0) return [];
  const template = group.offerings[0].allocatable;
  const estimate = estimateNodes(template, pods, room);
  const requested = (of: (group: PodGroup) => number) =>
    pods.reduce((sum, one, i) => sum + of(one) * estimate.podsOfGroup[i], 0);
  const cpu = requested((one) => one.cpu);
  const memory = requested((one) => one.memory);
  return [{ ...estimate, group: name, template, cpu, memory, priority }];
}

/** How many nodes the group may get. */
function roomFor(
  { maxNodesTotal = Number.POSITIVE_INFINITY }: ScaleUpConfig,
  { name, max }: GroupView,
  nodes: readonly NodeView[],
): number {
  const size = nodes.filter(({ group }) => group === name).length;
  return Math.min(max - size, maxNodesTotal - nodes.length, NODES_PER_SCALE_UP);
}

function whyNot(
  config: ScaleUpConfig,
  { now, groups }: ProvisionerObservation,
  { nodes, unplaced, backoff }: ScaleUpState,
): Message {
  const params = { waiting: unplaced.length };
  const open = groups.filter((group) => roomFor(config, group, nodes) > 0);
  if (open.length === 0) return { key: 'nodes.at-max', params };
  if (open.every(({ name }) => isBackedOff(backoff, name, now))) {
    const until = Math.min(...open.map(({ name }) => backoff.get(name)?.until ?? now));
    return { key: 'nodes.backed-off', params: { ...params, until } };
  }
  return { key: 'nodes.too-large', params };
}
