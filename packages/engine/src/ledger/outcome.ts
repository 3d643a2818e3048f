/** What facts of the ledger come to in an Outcome (outcome.ts): plain JSON. */

/** What pause pods held for pods of services. */
export interface SpareRoom {
  /** Their time on nodes, µs. */
  readonly podTime: number;
  /** Of the CPU of the machines paid for, 0..1, and the same share of what the nodes cost. */
  readonly share: number;
  readonly cost: number;
  /** How many gave way. */
  readonly victims: number;
}

/** What it took to get images onto nodes. */
export interface ImageCounts {
  readonly pulled: number;
  /** Still on their way at the end, or their node is gone. */
  readonly unfinished: number;
  /** Attempts that failed. */
  readonly failures: number;
  /** As transferred. */
  readonly bytes: number;
  /** From the wish for an image until it is there, the turns of others included, µs. */
  readonly longest: number;
}

/** What became of the VMs that groups called for. */
export interface VmCounts {
  /** New VMs, those for the warm pool included, and VMs taken from it. */
  readonly launched: number;
  readonly resumed: number;
  /** Calls that failed, by cause. */
  readonly quota: number;
  readonly timeout: number;
  readonly noHost: number;
  /** From the call to a VM that runs, the slowest, µs. */
  readonly longest: number;
}

/** How often containers ended although their pods were wanted, by cause. */
export interface RestartCounts {
  readonly total: number;
  /** Killed by a startup or liveness probe. */
  readonly probes: number;
  readonly outOfMemory: number;
  readonly crashes: number;
}

/** Stages from the wish for a pod to its first request; a VM is `bind`-ed when it runs. */
export type StartupStage = 'create' | 'bind' | 'image' | 'container' | 'app' | 'probes' | 'routing';

/** µs; quantiles by the nearest rank. */
export interface StartupTimes {
  readonly mean: number;
  readonly median: number;
  readonly p95: number;
}

/** Where the time from the wish for a pod, or for a VM of a group, to its first request went. */
export interface StartupChain {
  /** That were wanted in the run and serve, and those that do not by its end, or never did. */
  readonly pods: number;
  readonly unfinished: number;
  /** The first of them to serve, µs; null = none did. */
  readonly first: { readonly wanted: number; readonly routed: number } | null;
  /** From the wish to the first request; null = none serves. */
  readonly total: StartupTimes | null;
  /** In order; their means add up to the total's where all pods have all of them. */
  readonly stages: readonly ({ readonly stage: StartupStage } & StartupTimes)[];
  /** Of nodes ordered in the run, from the order until pods may run there; null = none came. */
  readonly nodes: StartupTimes | null;
}

/** What became of the nodes of a cluster, those that stood at the start included. */
export interface NodeCounts {
  /** Ordered in the run. */
  readonly launched: number;
  /** Of these: the cloud had none, or the account may run no more. */
  readonly refused: number;
  /** Given up: they never became nodes. */
  readonly notJoined: number;
  /** Of the node autoscaler, and how many of them were drained. */
  readonly removed: number;
  readonly drained: number;
  readonly interrupted: number;
  readonly died: number;
}
