/** What the scheduler lets its score plugins see of a pod and of the nodes that could take it. */

/** What the pod asks for: millicores and bytes; its image in bytes, 0 = every node has it. */
export interface ScoredPod {
  readonly cpu: number;
  readonly memory: number;
  readonly imageSize: number;
}

export interface ScoredNode {
  /** Millicores and bytes that pods may request in all, and those not requested yet. */
  readonly allocatable: { readonly cpu: number; readonly memory: number };
  readonly cpu: number;
  readonly memory: number;
  readonly hasImage: boolean;
  /** Pods of the same owner on it, those on their way out left out. */
  readonly siblings: number;
  /** The same of all nodes of its zone; null = it is in none. */
  readonly zoneSiblings: number | null;
}

/** What is the same for all nodes of one attempt. */
export interface ScoreContext {
  /** Nodes of the cluster, and those of them that have the image: 0 if no feasible one has. */
  readonly nodes: number;
  readonly nodesWithImage: number;
  /** Nodes that the pod fits on, as far as the scheduler looked, and their zones. */
  readonly feasible: number;
  readonly zones: number;
}

export interface ScorePlugin {
  /** In the sum of scores. */
  readonly weight: number;
  /** Whole, higher is better: 0 to 100, or anything ≥ 0 with `normalize`. */
  readonly score: (pod: ScoredPod, node: ScoredNode, context: ScoreContext) => number;
  /** Scores of all nodes → 0 to 100, from the lowest and the highest of them. */
  readonly normalize?: (score: number, low: number, high: number) => number;
}

export const MAX_SCORE = 100;
