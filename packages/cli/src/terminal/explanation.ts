/** Decisions in words: a block per decision, and what the pods do at an instant. */
import {
  type Comparison,
  type DecisionRow,
  type ExplainContext,
  explainDecision,
  explainNodes,
  formatInstant,
  label,
  momentText,
  podsThen,
  podsThenText,
  type StrategyResult,
  toCanonicalJson,
} from '@peakless/engine';
import type { Session } from '../session.ts';
import { nodeRows, printNodes } from './node-explanation.ts';
import { textWidth, wrap } from './text-width.ts';

export interface Explanation {
  readonly comparison: Comparison;
  readonly strategy: StrategyResult;
  readonly services: readonly string[];
  readonly period: { readonly from: number; readonly to: number };
  /** µs; null = a period is asked for. */
  readonly at: number | null;
  readonly rows: readonly DecisionRow[];
}

/** The full date, for what may lie outside of the run. */
export const momentOf = formatInstant;

export function printExplanation(explanation: Explanation, session: Session): void {
  const { strategy, rows, at, services, comparison } = explanation;
  const { terminal, locale, words } = session;
  const { colors, result } = terminal;
  const context = contextOf(explanation, session);
  const title = comparison.scenario.title[locale];
  result(`${colors.bold(title)}  ${colors.dim(words.explained(strategy.title[locale]))}`);
  if (at === null) {
    for (const row of rows) result(block(row, context, services.length > 1, session));
    const nodes = nodeRows(strategy, explanation.period, null);
    if (rows.length === 0 && nodes.length === 0) result(`\n${words.noDecisions}`);
    printNodes(nodes, context, session);
    return;
  }
  result(words.atInstant(momentOf(at, comparison.scenario.clock)));
  for (const service of services) {
    const row = rows.find((one) => one.service === service);
    if (row === undefined) result(`\n${service}  ${noneYet(explanation, service, session)}`);
    else result(block(row, context, true, session));
    const levels = strategy.pods[service];
    if (levels === undefined) continue;
    const pods = podsThenText(podsThen(levels, at), context);
    const of = strategy.kind === 'vm-group' ? 'explain.vms' : 'explain.pods';
    result(lines([{ label: label(of, locale), text: pods }], context, session));
  }
  printNodes(nodeRows(strategy, explanation.period, at), context, session);
}

function contextOf({ comparison }: Explanation, { locale }: Session): ExplainContext {
  return { locale, clock: comparison.scenario.clock };
}

function noneYet(explanation: Explanation, service: string, session: Session): string {
  const first = explanation.strategy.decisions.find((row) => row.service === service);
  if (first === undefined) return session.words.noDecisions;
  const at = momentText(first.at, explanation.comparison.scenario.clock);
  return label('explain.none-yet', session.locale, { at });
}

function block(
  row: DecisionRow,
  context: ExplainContext,
  named: boolean,
  session: Session,
): string {
  const { colors } = session.terminal;
  const { time, replicas, syncs, lines: parts } = explainDecision(row, context);
  const change = row.from === row.to ? replicas : colors.bold(replicas);
  const head = [colors.bold(time), ...(named ? [row.service] : []), change, colors.dim(syncs)];
  return `\n${head.join('  ').trimEnd()}\n${lines(parts, context, session)}`;
}

const WIDTH = 110;

/** Labels in one column, texts beside it. */
function lines(
  parts: readonly { readonly label: string; readonly text: string }[],
  { locale }: ExplainContext,
  { terminal }: Session,
): string {
  const names = ['saw', 'asked', 'window', 'limit', 'done', 'pods', 'vms'];
  const column = Math.max(...names.map((name) => textWidth(label(`explain.${name}`, locale))));
  const width = Math.max(30, Math.min(WIDTH, terminal.columns) - column - 4);
  return parts
    .flatMap((part) =>
      wrap(part.text, width).map((text, i) => {
        const name = i === 0 ? part.label : '';
        const gap = ' '.repeat(column - textWidth(name));
        return `  ${terminal.colors.dim(name)}${gap}  ${text}`;
      }),
    )
    .join('\n');
}

/** What is printed, for programs: rows as in a comparison, each with its words. */
export function explanationJson(explanation: Explanation, session: Session): string {
  const { comparison, strategy, services, period, at, rows } = explanation;
  const { scenario, provenance } = comparison;
  const context = contextOf(explanation, session);
  const levels = services.flatMap((service) => {
    const found = strategy.pods[service];
    return at === null || found === undefined ? [] : [[service, podsThen(found, at)] as const];
  });
  return toCanonicalJson({
    format: 'peakless-explanation/1',
    scenario: { name: scenario.name, clock: scenario.clock },
    seed: provenance.seed,
    strategy: strategy.name,
    ...(at === null ? { period } : { at, pods: Object.fromEntries(levels) }),
    decisions: rows.map((row) => ({ ...row, words: explainDecision(row, context) })),
    nodes: nodeRows(strategy, period, at).map((row) => ({
      ...row,
      words: explainNodes(row, context),
    })),
  }).trimEnd();
}
