/** Observations for tests of node autoscalers: nodes of 15.8 cores, 30 of memory, 110 pods. */
import type {
  GroupView,
  NodeView,
  PendingPod,
  ProvisionerObservation,
} from '../../../packages/engine/src/provisioning/provisioner.ts';

export const SECOND = 1e6;
export const TEMPLATE = { cpu: 15_800, memory: 30, pods: 110 };

export function podOf(id: number, changes: Partial<PendingPod> = {}): PendingPod {
  return {
    id,
    owner: 'app',
    cpu: 1000,
    memory: 1,
    priority: 0,
    evictable: true,
    since: 0,
    ...changes,
  };
}

/** A usable node of group `a`; `free` follows from its pods. */
export function nodeOf(id: number, changes: Partial<NodeView> = {}): NodeView {
  const { pods = [], allocatable = TEMPLATE } = changes;
  return {
    id,
    group: 'a',
    type: 'type',
    zone: '',
    plan: 'on-demand',
    state: 'usable',
    claim: null,
    requested: 0,
    usable: 0,
    allocatable,
    free: {
      cpu: allocatable.cpu - pods.reduce((sum, { cpu }) => sum + cpu, 0),
      memory: allocatable.memory - pods.reduce((sum, { memory }) => sum + memory, 0),
      pods: allocatable.pods - pods.length,
    },
    emptySince: pods.length === 0 ? 0 : null,
    priorityMin: Math.min(0, ...pods.map(({ priority }) => priority)),
    ...changes,
    pods,
  };
}

interface GroupShape {
  readonly min?: number;
  readonly max?: number;
  readonly priority?: number;
  readonly cpu?: number;
  readonly memory?: number;
  readonly zones?: readonly string[];
}

export function group(name: string, shape: GroupShape = {}): GroupView {
  const { min = 0, max = 100, priority = 0, zones = [''] } = shape;
  const { cpu = TEMPLATE.cpu, memory = TEMPLATE.memory } = shape;
  const allocatable = { cpu, memory, pods: TEMPLATE.pods };
  const offering = { type: 'type', plan: 'on-demand', perHour: cpu, allocatable };
  return { name, min, max, priority, offerings: zones.map((zone) => ({ ...offering, zone })) };
}

let versions = 0;

export function observationOf(
  changes: Partial<ProvisionerObservation> = {},
): ProvisionerObservation {
  versions += 1;
  return {
    now: 0,
    groups: [group('a')],
    nodes: [],
    pending: [],
    failures: [],
    version: versions,
    draws: { normal: 0, uniform: 0 },
    ...changes,
  };
}
