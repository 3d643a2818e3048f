/**
 * A node autoscaler's whole world: what it sees, what it decides. Pure: (config, observation,
 * memory) → decision. The cluster (cluster/node-loop.ts) makes the observation, carries the
 * decision out, and calls again when the decision says so.
 *
 * - A *group* is what nodes are launched from: a node group of the Cluster Autoscaler, a NodePool
 *   of Karpenter. Its *offerings* are what the cloud sells for it: instance type × zone × plan. A
 *   group of the Cluster Autoscaler offers one type; Karpenter names several in a launch, and the
 *   cloud takes the first that it has.
 * - A launch may carry a `claim`, a number of the provisioner's own, by which it recognizes the
 *   nodes later: which pods they were meant for, which node they replace (launch the replacement,
 *   remember its claim, drain the old node once a node of that claim is usable). Pods are bound by
 *   the scheduler alone: what a node was launched for is the provisioner's memory.
 * - The provisioner owns its clock: `takes` until the decision is carried out (the loop's run),
 *   `wake` for the next turn. It sees the state of the turn's beginning; what changed meanwhile is
 *   the cluster's to bear (a node that is no longer empty is not deleted).
 * - A launch that the cloud refuses appears in `failures` of the next observation. A node that
 *   never joins stays `upcoming`, and paid, until the provisioner gives it up.
 */
import type { Message } from '../outcome.ts';
import type { NodeTemplate } from './binpacking.ts';

export interface PodView {
  readonly id: number;
  /** Pods of one owner are alike to the scheduler. */
  readonly owner: string;
  /** Millicores and bytes requested. */
  readonly cpu: number;
  readonly memory: number;
  /** Pause pods that hold room for others have a negative one. */
  readonly priority: number;
  /** A node autoscaler may move it to another node. */
  readonly evictable: boolean;
}

/** A pod that no node takes. */
export interface PendingPod extends PodView {
  /** When it became unschedulable, µs. */
  readonly since: number;
}

export interface NodeView {
  readonly id: number;
  readonly group: string;
  readonly type: string;
  readonly zone: string;
  /** Price plan. */
  readonly plan: string;
  /** upcoming = launched, not ready; leaving = drained or being deleted: it takes no pods. */
  readonly state: 'upcoming' | 'usable' | 'leaving';
  /** It is leaving, and its instance has been told to stop; absent = not yet. */
  readonly stopping?: boolean;
  /** Of the launch that it came from; null = it had none. */
  readonly claim: number | null;
  /** When it was launched, and became ready, µs; null = not yet. */
  readonly requested: number;
  readonly usable: number | null;
  readonly allocatable: NodeTemplate;
  /** Unrequested resources. */
  readonly free: NodeTemplate;
  /** Since when no pod is on it, µs; null = pods are on it, or it is not ready. */
  readonly emptySince: number | null;
  /** By id, those on their way out included. */
  readonly pods: readonly PodView[];
  /** The lowest of its pods if that is negative; else 0. */
  readonly priorityMin: number;
}

/** What the cloud sells: one instance type in one zone under one plan. */
export interface Offering {
  readonly type: string;
  readonly zone: string;
  readonly plan: string;
  /** Micro-units per hour. */
  readonly perHour: number;
  /** What a new node offers to pods. */
  readonly allocatable: NodeTemplate;
}

export interface GroupView {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Of the operator: the highest goes first (priority expander, weight of a NodePool). */
  readonly priority: number;
  readonly offerings: readonly Offering[];
}

/** The cloud does not have what a launch asked for. */
export interface LaunchFailure {
  readonly at: number;
  /** null = the node comes all the same: the cloud had the next offering of its launch. */
  readonly node: number | null;
  readonly group: string;
  readonly claim: number | null;
  readonly offering: Offering;
  readonly reason: LaunchFailureReason;
}

export type LaunchFailureReason = 'stock-out' | 'quota';

export interface ProvisionerObservation {
  /** µs */
  readonly now: number;
  readonly groups: readonly GroupView[];
  /** By id, those that are gone left out. */
  readonly nodes: readonly NodeView[];
  /** The oldest first, equal ones by id. */
  readonly pending: readonly PendingPod[];
  /** Since the last decision, in order of time. */
  readonly failures: readonly LaunchFailure[];
  /** Changes whenever nodes, their pods or the pending pods do. */
  readonly version: number;
  /** Random numbers of this turn, the same however they are used. */
  readonly draws: { readonly normal: number; readonly uniform: number };
}

export interface NodeLaunch {
  readonly group: string;
  readonly count: number;
  /** Of the group; for each node the cloud takes the first that it has. */
  readonly offerings: readonly Offering[];
  readonly claim: number | null;
  readonly reason: Message;
}

export interface NodeRemoval {
  readonly node: number;
  /**
   * `drain`: taint, evict its pods, delete when they are gone. `delete`: only if no pod has come to
   * it. `abandon`: an upcoming node is given up. `cordon`: it takes no more pods, and stays; until
   * `uncordon`.
   */
  readonly how: 'drain' | 'delete' | 'abandon' | 'cordon' | 'uncordon';
  readonly reason: Message;
}

export interface ProvisionerDecision<Memory> {
  readonly launches: readonly NodeLaunch[];
  readonly removals: readonly NodeRemoval[];
  readonly memory: Memory;
  /** From the observation until the decision is carried out, µs. */
  readonly takes: number;
  readonly wake: Wake;
  /** Why nothing was done although something was asked for; null = nothing to tell. */
  readonly reason: Message | null;
}

/** When the next turn is. */
export interface Wake {
  /** At the latest, µs since the scenario start, not before the decision is carried out. */
  readonly at: number;
  /** Earlier, when a pod becomes unschedulable (also since this turn's observation). */
  readonly onPending: boolean;
}

export interface Provisioner<Config, Memory> {
  /** Memory before the first decision. */
  readonly initial: Memory;
  /** The cloud replaces a node that a group loses (death, interruption), unasked. */
  readonly groupsKeepSize: boolean;
  /** Period within which the first turn falls, µs; Infinity = there is none. */
  period(config: Config): number;
  decide(
    config: Config,
    observation: ProvisionerObservation,
    memory: Memory,
  ): ProvisionerDecision<Memory>;
}
