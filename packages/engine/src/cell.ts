/** What the simulation of one cell (strategy × replication) hands to the comparison: plain JSON. */
import type { DecisionRow, Message, Outcome, Series } from './outcome.ts';

export interface CellResult {
  readonly outcome: Outcome;
  readonly series: Series;
  readonly decisions: readonly DecisionRow[];
  /** How the strategy was provisioned, in words. */
  readonly notes: readonly Message[];
}
