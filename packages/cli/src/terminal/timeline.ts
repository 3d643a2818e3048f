/** What a dry run shows besides the numbers: each change of the replicas and why, and the traps. */
import {
  type Comparison,
  type DecisionRow,
  formatCount,
  type Message,
  momentText,
  renderContext,
  renderMessage,
} from '@peakless/engine';
import type { Session } from '../session.ts';
import { textWidth } from './text-width.ts';

const ROWS_SHOWN = 60;

export function printTimeline(comparison: Comparison, session: Session): void {
  const { terminal, words } = session;
  const { colors, result } = terminal;
  const rows = comparison.strategies.flatMap(({ decisions }) => decisions).filter(isChange);
  const services = new Set(rows.map(({ service }) => service));
  result(`\n${colors.bold(words.timeline)}`);
  if (rows.length === 0) result(`  ${words.notScaled}`);
  const shown = rows.slice(0, ROWS_SHOWN);
  const changes = shown.map(({ from, to }) => `${formatCount(from)} → ${formatCount(to)}`);
  const width = Math.max(0, ...changes.map(textWidth));
  shown.forEach((row, i) => {
    const change = changes[i] ?? '';
    const cells = [
      momentText(row.at, comparison.scenario.clock),
      ...(services.size > 1 ? [row.service] : []),
      colors.bold(change) + ' '.repeat(width - textWidth(change)),
      colors.dim(say(row.reason, comparison, session)),
    ];
    result(`  ${cells.join('  ')}`);
  });
  if (rows.length > shown.length) {
    result(colors.dim(`  ${words.moreDecisions(rows.length - shown.length)}`));
  }
}

function isChange({ from, to }: DecisionRow): boolean {
  return from !== to;
}

export function printTraps(
  traps: readonly Message[],
  comparison: Comparison,
  session: Session,
): void {
  const { terminal, words } = session;
  const { colors, result } = terminal;
  if (traps.length === 0) {
    result(`\n${colors.green(words.noTraps)}`);
    return;
  }
  result(`\n${colors.bold(colors.yellow(words.traps))}`);
  for (const trap of traps) result(`  ${colors.yellow('!')} ${say(trap, comparison, session)}`);
}

function say(message: Message, comparison: Comparison, { locale }: Session): string {
  return renderMessage(message, locale, renderContext(comparison, locale));
}
