/** What Karpenter remembers from one turn to the next. */
import type { BatchWindow } from './batch-window.ts';
import type { Command, DisruptionMethod } from './disruption.ts';
import type { SoldOut } from './offering.ts';

export interface KarpenterMemory {
  /** null = no batch is open. */
  readonly window: BatchWindow | null;
  /** Pods that have waited since then have been in a batch. */
  readonly solvedAt: number;
  readonly nextClaim: number;
  readonly soldOut: SoldOut;
  /** Node → until when it is kept for pods, µs. */
  readonly nominated: ReadonlyMap<number, number>;
  /** Node → the pods that were last seen on it, and since when. */
  readonly crews: ReadonlyMap<number, Crew>;
  readonly nextPoll: number;
  /** Waits for its second look; null = none does. */
  readonly waiting: WaitingCommand | null;
  /** Nodes that go as soon as their replacement is ready. */
  readonly replacing: readonly ReplacingCommand[];
  /** What the world looked like when there was nothing to disrupt. */
  readonly calm: string | null;
}

export interface Crew {
  /** Ids, in order. */
  readonly pods: string;
  readonly since: number;
}

export interface WaitingCommand {
  readonly command: Command;
  readonly validateAt: number;
}

export interface ReplacingCommand {
  readonly method: DisruptionMethod;
  readonly nodes: readonly number[];
  /** Of the replacement's launch. */
  readonly claim: number;
  readonly since: number;
  readonly lookAt: number;
  readonly pause: number;
}

export const NO_KARPENTER_MEMORY: KarpenterMemory = {
  window: null,
  solvedAt: Number.NEGATIVE_INFINITY,
  nextClaim: 0,
  soldOut: new Map(),
  nominated: new Map(),
  crews: new Map(),
  nextPoll: Number.NEGATIVE_INFINITY,
  waiting: null,
  replacing: [],
  calm: null,
};
