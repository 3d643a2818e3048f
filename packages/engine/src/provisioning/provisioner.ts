/** A node autoscaler's whole world: what it sees and what it decides. Pure. */

export interface PendingPod {
  /** Millicores and bytes requested. */
  readonly cpu: number;
  readonly memory: number;
  /** When it became unschedulable, µs. */
  readonly since: number;
}

export interface NodeView {
  readonly id: number;
  readonly state: 'upcoming' | 'usable';
  /** Unrequested resources. */
  readonly cpu: number;
  readonly memory: number;
  readonly pods: number;
  /** Since when no pod is on it, µs; null = pods are on it. */
  readonly emptySince: number | null;
}

export interface ProvisionerObservation {
  readonly now: number;
  readonly pending: readonly PendingPod[];
  readonly nodes: readonly NodeView[];
  /** When a node was last requested, µs; −Infinity = never. */
  readonly lastAdded: number;
  /** What a new node offers. */
  readonly template: { readonly cpu: number; readonly memory: number; readonly pods: number };
  readonly min: number;
  readonly max: number;
  readonly unneededTime: number;
  readonly delayAfterAdd: number;
}

export interface ProvisionerDecision {
  readonly add: number;
  /** Ids of nodes to remove. */
  readonly remove: readonly number[];
}

export type Provisioner = (observation: ProvisionerObservation) => ProvisionerDecision;
