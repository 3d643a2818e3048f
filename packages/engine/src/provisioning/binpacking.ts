/**
 * How many nodes of one group take the pods, and which pods: the Cluster Autoscaler's estimate, by
 * first-fit decreasing over groups of equal pods. A group goes first to the nodes opened so far, in
 * their order; what is left looks at the newest node alone, and opens another when that is full.
 *
 * A node that was opened for a pod too large for it stays open and empty: it is taken by a later
 * group, and not counted if none does.
 *
 * Not modelled: topology spread, affinity, and the time limit of a group (10 s of computing).
 *
 * @source kubernetes-sigs/cluster-autoscaler, pkg/estimator/{binpacking_estimator,
 *   decreasing_pod_orderer}.go, August 2026.
 */

/** What a new node offers, with what its daemons take already gone. */
export interface NodeTemplate {
  /** Millicores. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  readonly pods: number;
}

/** Pods that are the same to the scheduler. */
export interface PodGroup {
  /** Millicores and bytes requested by each. */
  readonly cpu: number;
  readonly memory: number;
  /** They ask for the same port of the node as all other pods that do. */
  readonly onePerNode: boolean;
  readonly count: number;
}

export interface Estimate {
  /** With a pod at least. */
  readonly nodes: number;
  /** Pods that found room, per group in the order given. */
  readonly podsOfGroup: readonly number[];
}

interface OpenNode {
  cpu: number;
  memory: number;
  pods: number;
  portTaken: boolean;
}

interface Packing {
  readonly template: NodeTemplate;
  readonly opened: OpenNode[];
  readonly nodesMax: number;
}

/** `nodesMax`: nodes that may be opened; Infinity = as many as it takes. */
export function estimateNodes(
  template: NodeTemplate,
  groups: readonly PodGroup[],
  nodesMax: number,
): Estimate {
  const packing: Packing = { template, opened: [], nodesMax };
  const podsOfGroup = groups.map(() => 0);
  for (const index of decreasing(template, groups)) {
    const group = groups[index];
    const placed = fillOpened(packing, group);
    podsOfGroup[index] = placed + openFor(packing, group, group.count - placed);
  }
  const nodes = packing.opened.filter((node) => node.pods < template.pods).length;
  return { nodes, podsOfGroup };
}

/** Largest share of a node first; equal ones in the order given. */
function decreasing(template: NodeTemplate, groups: readonly PodGroup[]): readonly number[] {
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
  const sizes = groups.map(
    ({ cpu, memory }) => share(cpu, template.cpu) + share(memory, template.memory),
  );
  return groups.map((_, index) => index).sort((a, b) => sizes[b] - sizes[a]);
}

/** First fit. A node that refused a pod refuses its equals: each node is looked at once. */
function fillOpened({ opened }: Packing, group: PodGroup): number {
  let placed = 0;
  for (const node of opened) {
    while (placed < group.count && place(node, group)) placed += 1;
    if (placed === group.count) break;
  }
  return placed;
}

function openFor(packing: Packing, group: PodGroup, count: number): number {
  const { template, opened, nodesMax } = packing;
  let placed = 0;
  while (placed < count) {
    const newest = opened.at(-1);
    if (newest !== undefined && place(newest, group)) {
      placed += 1;
      continue;
    }
    // What an empty node refuses no new one takes.
    if (newest !== undefined && newest.pods === template.pods) break;
    if (opened.length >= nodesMax) break;
    const { cpu, memory, pods } = template;
    opened.push({ cpu, memory, pods, portTaken: false });
  }
  return placed;
}

function place(node: OpenNode, { cpu, memory, onePerNode }: PodGroup): boolean {
  if (node.cpu < cpu || node.memory < memory || node.pods < 1) return false;
  if (onePerNode && node.portTaken) return false;
  node.cpu -= cpu;
  node.memory -= memory;
  node.pods -= 1;
  node.portTaken ||= onePerNode;
  return true;
}
