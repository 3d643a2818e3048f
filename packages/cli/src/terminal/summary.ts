/** Several scenarios in one short table: what to choose in each. */
import { type Comparison, comparisonTable, label } from '@peakless/engine';
import Table from 'cli-table3';
import type { Session } from '../session.ts';

export function printSummary(comparisons: readonly Comparison[], session: Session): void {
  const { terminal, locale, words } = session;
  const table = new Table({ style: { head: [], border: [] } });
  table.push(
    [
      label('report.scenario', locale),
      label('report.best-choice', locale),
      label('measure.cost.label', locale),
      label('measure.sloAttainment.label', locale),
    ].map((head) => terminal.colors.bold(head)),
  );
  for (const comparison of comparisons) table.push(summaryRow(comparison, session));
  terminal.result(`\n${terminal.colors.bold(words.summary)}\n${table.toString()}`);
}

function summaryRow(comparison: Comparison, { locale, terminal }: Session): string[] {
  const { columns, rows } = comparisonTable(comparison, locale);
  const title = comparison.scenario.title[locale];
  const chosen = columns.findIndex(({ recommended }) => recommended);
  if (chosen === -1) return [title, terminal.colors.red(label('report.no-choice', locale)), '', ''];
  const shown = (measure: string) => {
    const cell = rows.find((row) => row.measure === measure)?.cells[chosen];
    return [cell?.value, cell?.difference].filter((text) => text).join('  ');
  };
  return [title, columns[chosen]?.title ?? '', shown('cost'), shown('sloAttainment')];
}
