/**
 * The facts of a run, append-only: who was paid for and when, what every pod and node lived
 * through, and each scaling decision with its reason. Cost, utilization and explanations are folds
 * over it. Times µs since scenario start; negative = before it.
 */
import type { DecisionRow, NodeDecisionRow } from '../outcome.ts';
import type { CpuUsage } from './cpu-usage.ts';

/** An interval [from, to) for which a machine is paid; `to` is null while it runs. */
export interface Lease {
  readonly item: 'vm' | 'node' | 'pod';
  /** Instance type of the price book. */
  readonly type: string;
  /** Price plan; absent = that of the strategy. */
  readonly plan?: string;
  readonly from: number;
  to: number | null;
}

/** Failed probes, out of memory, end of the process. */
export type RestartCause = 'startup' | 'liveness' | 'oom' | 'crash';

/** Instants of a pod's life; undefined = not reached. */
export interface PodLife {
  readonly service: string;
  readonly ordinal: number;
  readonly wanted: number;
  created?: number | undefined;
  bound?: number | undefined;
  imagePresent?: number | undefined;
  started?: number | undefined;
  appUp?: number | undefined;
  ready?: number | undefined;
  routed?: number | undefined;
  draining?: number | undefined;
  gone?: number | undefined;
  /** Each time that its container ended although the pod was wanted. */
  restarts?: { readonly at: number; readonly cause: RestartCause }[];
  /** When it did not serve after it had been routed; `to` is null while that lasts. */
  outages?: { readonly from: number; to: number | null }[];
}

/** A life that begins. With all stages in it from the start, all lives have one layout for V8. */
export function newLife(service: string, ordinal: number, wanted: number): PodLife {
  return {
    service,
    ordinal,
    wanted,
    created: undefined,
    bound: undefined,
    imagePresent: undefined,
    started: undefined,
    appUp: undefined,
    ready: undefined,
    routed: undefined,
    draining: undefined,
    gone: undefined,
  };
}

export interface NodeLife {
  readonly type: string;
  readonly pool: string;
  readonly zone: string;
  readonly plan: string;
  /** 0 for nodes that stood before the scenario. */
  readonly requested: number;
  stood?: boolean;
  running?: number;
  usable?: number;
  removing?: number;
  gone?: number;
  /** Its pods were evicted before it was removed. */
  drained?: boolean;
  /** How it came to its end; absent = it is there. */
  end?: NodeEnd;
}

export type NodeEnd =
  | 'stock-out' // the cloud had no such instance
  | 'quota' // the account may run no more
  | 'not-joined' // it ran, and never became a node
  | 'removed' // by the node autoscaler
  | 'interrupted' // spot capacity, taken back
  | 'died'; // with all its pods

/** One image on its way to one node, from the wish for it on; absent = not reached. */
export interface ImagePull {
  readonly service: string;
  /** Number of the node. */
  readonly node: number;
  /** Only the digest was asked for: the image was there. */
  readonly isCheck: boolean;
  readonly wanted: number;
  /** Its first attempt: before, it waits for other pulls of the node. */
  begun?: number;
  present?: number;
  /** Compressed bytes that came over the network. */
  bytes: number;
  /** Attempts that failed. */
  failures: number;
}

/** One VM that a group wanted, from the call for it on; absent = not reached. */
export interface VmCall {
  readonly service: string;
  readonly at: number;
  /** It was in the warm pool; else it is a new one. */
  readonly isPooled: boolean;
  running?: number;
  failure?: LaunchFailure;
}

/** Why a VM did not come: the account may run no more; the call timed out; no host had room. */
export type LaunchFailure = 'quota' | 'timeout' | 'no-host';

/** A row that later turns may lengthen (`NodeDecisionRow`). */
export type NodeDecision = { -readonly [K in keyof NodeDecisionRow]: NodeDecisionRow[K] };

export interface Ledger {
  readonly leases: Lease[];
  readonly pods: PodLife[];
  readonly nodes: NodeLife[];
  readonly decisions: DecisionRow[];
  /** Service → the CPU that its pods used, sample by sample. */
  readonly cpuUsage: Map<string, CpuUsage>;
  readonly nodeDecisions: NodeDecision[];
  readonly images: ImagePull[];
  readonly vmCalls: VmCall[];
}

export function createLedger(): Ledger {
  return {
    leases: [],
    pods: [],
    nodes: [],
    decisions: [],
    cpuUsage: new Map(),
    nodeDecisions: [],
    images: [],
    vmCalls: [],
  };
}
