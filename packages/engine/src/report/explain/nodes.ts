/** Why nodes came or went, in words: a line per row. */
import type { NodeDecisionRow } from '../../outcome.ts';
import { formatCount } from '../format.ts';
import { label, renderMessage } from '../messages/index.ts';
import type { ExplainContext } from './decision.ts';
import { momentText } from './moments.ts';

export interface ExplainedNodes {
  /** "08:00:05", or "08:00:05 – 08:04:50" while nothing could be done. */
  readonly time: string;
  readonly pool: string;
  /** "2 → 5", or "5". */
  readonly nodes: string;
  readonly text: string;
}

export function explainNodes(row: NodeDecisionRow, context: ExplainContext): ExplainedNodes {
  const { at, until = at, pool, from, to, reason } = row;
  const { locale, clock } = context;
  const begin = momentText(at, clock);
  return {
    time: until > at ? `${begin} – ${momentText(until, clock)}` : begin,
    pool: pool ?? label('explain.nodes.all', locale),
    nodes: from === to ? formatCount(to) : `${formatCount(from)} → ${formatCount(to)}`,
    text: renderMessage(reason, locale, { currency: '', clock }),
  };
}

/** Rows that were made or in force in [from, to]. */
export function nodeDecisionsBetween(
  rows: readonly NodeDecisionRow[],
  from: number,
  to: number,
): readonly NodeDecisionRow[] {
  return rows.filter(({ at, until = at }) => at <= to && until >= from);
}
