/** The table strategies × measures for a terminal, the baseline's column first. */
import { type ComparisonTable, label, type TableCell, type TableColumn } from '@peakless/engine';
import Table from 'cli-table3';
import type { Session } from '../session.ts';
import type { Colors } from './terminal.ts';
import { wrap } from './text-width.ts';

const TITLE_WIDTH = 24;

export function measureTable(table: ComparisonTable, { terminal, locale }: Session): string {
  const { colors } = terminal;
  const order = table.columns
    .map((column, index) => ({ column, index }))
    .sort((a, b) => Number(b.column.baseline) - Number(a.column.baseline));
  const single = order.length === 1;
  const output = new Table({
    head: ['', ...order.map(({ column }) => columnHead(column, single, locale, colors))],
    colAligns: ['left', ...order.map((): 'right' => 'right')],
    // One line between head and body; no colours but our own.
    style: { head: [], border: [], compact: true },
  });
  for (const row of table.rows) {
    output.push([
      row.label,
      ...order.map(({ index }) => cellText(row.cells[index] as TableCell, row.essential, colors)),
    ]);
  }
  return output.toString();
}

function columnHead(
  column: TableColumn,
  single: boolean,
  locale: Session['locale'],
  colors: Colors,
): string {
  const lines = wrap(column.title, TITLE_WIDTH).map((line) => colors.bold(line));
  if (column.recommended && !single) {
    lines.push(colors.green(`★ ${label('report.recommended', locale)}`));
  }
  if (column.baseline && !single) lines.push(colors.dim(label('report.baseline', locale)));
  const met = label(column.meetsSlo ? 'report.slo-met' : 'report.slo-missed', locale);
  lines.push(column.meetsSlo ? colors.green(`✔ ${met}`) : colors.red(`✘ ${met}`));
  return lines.join('\n');
}

function cellText(cell: TableCell, withBounds: boolean, colors: Colors): string {
  const value = cell.defined ? cell.value : colors.yellow(cell.value);
  const difference = cell.difference === null ? '' : `  ${differenceText(cell, colors)}`;
  const bounds = withBounds && cell.bounds !== null ? `\n${colors.dim(cell.bounds)}` : '';
  return `${value}${difference}${bounds}`;
}

function differenceText({ difference, mark, significant }: TableCell, colors: Colors): string {
  if (mark === 'same' || difference === null) return colors.dim(difference ?? '');
  if (significant === false) return colors.dim(`~${difference}`);
  if (mark === 'better') return colors.green(difference);
  return mark === 'worse' ? colors.red(difference) : difference;
}
