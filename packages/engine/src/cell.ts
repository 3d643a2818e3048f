/** What the simulation of one cell (strategy × replication) hands to the comparison: plain JSON. */
import type { StartupChain } from './ledger/outcome.ts';
import type {
  CpuRecommendation,
  DecisionRow,
  FlowNote,
  Message,
  NodeDecisionRow,
  Outcome,
  PodLevels,
  RequestTrace,
  Series,
} from './outcome.ts';

export interface CellResult {
  readonly outcome: Outcome;
  readonly series: Series;
  readonly decisions: readonly DecisionRow[];
  readonly nodeDecisions: readonly NodeDecisionRow[];
  readonly pods: Readonly<Record<string, PodLevels>>;
  readonly startup: StartupChain | null;
  /** Service that has loads → some of its requests, in order of arrival. */
  readonly requests: Readonly<Record<string, readonly RequestTrace[]>>;
  readonly cpuRequests: Readonly<Record<string, CpuRecommendation>>;
  /** How the strategy was provisioned, in words. */
  readonly notes: readonly Message[];
  /** How it was simulated; no part of the result. */
  readonly flows: readonly FlowNote[];
}
