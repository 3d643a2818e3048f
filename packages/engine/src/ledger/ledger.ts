/**
 * The facts of a run, append-only: who was paid for and when, what every pod and node lived
 * through, and each scaling decision with its reason. Cost, utilization and explanations are folds
 * over it. Times µs since scenario start; negative = before it.
 */
import type { DecisionRow } from '../outcome.ts';

/** An interval [from, to) for which a machine is paid; `to` is null while it runs. */
export interface Lease {
  readonly item: 'vm' | 'node';
  /** Instance type of the price book. */
  readonly type: string;
  readonly from: number;
  to: number | null;
}

/** Instants of a pod's life; absent = not reached. */
export interface PodLife {
  readonly service: string;
  readonly ordinal: number;
  readonly wanted: number;
  created?: number;
  bound?: number;
  imagePresent?: number;
  started?: number;
  appUp?: number;
  ready?: number;
  routed?: number;
  draining?: number;
  gone?: number;
}

export interface NodeLife {
  readonly type: string;
  readonly requested: number;
  running?: number;
  usable?: number;
  removing?: number;
  gone?: number;
}

export interface Ledger {
  readonly leases: Lease[];
  readonly pods: PodLife[];
  readonly nodes: NodeLife[];
  readonly decisions: DecisionRow[];
}

export function createLedger(): Ledger {
  return { leases: [], pods: [], nodes: [], decisions: [] };
}
