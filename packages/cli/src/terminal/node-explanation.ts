/** Why nodes came or went, below the decisions about pods. */
import {
  type ExplainContext,
  explainNodes,
  label,
  type NodeDecisionRow,
  nodeDecisionsBetween,
  type StrategyResult,
} from '@peakless/engine';
import type { Session } from '../session.ts';
import { wrap } from './text-width.ts';

const WIDTH = 110;

/** Of a period, or the newest of each pool at an instant. */
export function nodeRows(
  { nodeDecisions = [] }: Partial<StrategyResult>,
  { from, to }: { readonly from: number; readonly to: number },
  at: number | null,
): readonly NodeDecisionRow[] {
  if (at === null) return nodeDecisionsBetween(nodeDecisions, from, to);
  const newest = new Map<string | null, NodeDecisionRow>();
  for (const row of nodeDecisions) if (row.at <= at) newest.set(row.pool, row);
  return [...newest.values()].sort((a, b) => a.at - b.at);
}

export function printNodes(
  rows: readonly NodeDecisionRow[],
  context: ExplainContext,
  { terminal, locale }: Session,
): void {
  if (rows.length === 0) return;
  const { colors, result } = terminal;
  result(`\n${colors.bold(label('explain.nodes', locale))}`);
  const width = Math.max(30, Math.min(WIDTH, terminal.columns) - 2);
  for (const row of rows) {
    const { time, pool, nodes, text } = explainNodes(row, context);
    result(`${colors.bold(time)}  ${pool}  ${nodes}`);
    for (const line of wrap(text, width)) result(`  ${line}`);
  }
}
