/** The table strategies × measures for a terminal, the baseline's column first. */
import {
  type ComparisonTable,
  label,
  type TableCell,
  type TableColumn,
  type TableRow,
} from '@peakless/engine';
import Table from 'cli-table3';
import type { Session } from '../session.ts';
import type { Colors } from './terminal.ts';
import { textWidth, wrap } from './text-width.ts';

const TITLE_WIDTH = 24;

/** In a narrow terminal differences take a line of their own, and intervals are left out. */
export function measureTable(table: ComparisonTable, session: Session): string {
  const wide = drawTable(table, session, wideCell);
  const fits = textWidth(wide.slice(0, wide.indexOf('\n'))) <= session.terminal.columns;
  return fits ? wide : drawTable(table, session, narrowCell);
}

type CellText = (cell: TableCell, row: TableRow, colors: Colors) => string;

function drawTable(
  table: ComparisonTable,
  { terminal, locale }: Session,
  cellText: CellText,
): string {
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
    const cells = order.map(({ index }) => cellText(row.cells[index] as TableCell, row, colors));
    output.push([row.label, ...cells]);
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

function wideCell(cell: TableCell, { essential }: TableRow, colors: Colors): string {
  const difference = cell.difference === null ? '' : `  ${differenceText(cell, colors)}`;
  const bounds = essential && cell.bounds !== null ? `\n${colors.dim(cell.bounds)}` : '';
  return `${valueText(cell, colors)}${difference}${bounds}`;
}

function narrowCell(cell: TableCell, _: TableRow, colors: Colors): string {
  const hasDifference = cell.difference !== null && cell.mark !== 'same';
  const difference = hasDifference ? `\n${differenceText(cell, colors)}` : '';
  return `${valueText(cell, colors)}${difference}`;
}

function valueText({ defined, value }: TableCell, colors: Colors): string {
  return defined ? value : colors.yellow(value);
}

function differenceText({ difference, mark, significant }: TableCell, colors: Colors): string {
  if (mark === 'same' || difference === null) return colors.dim(difference ?? '');
  if (significant === false) return colors.dim(`~${difference}`);
  if (mark === 'better') return colors.green(difference);
  return mark === 'worse' ? colors.red(difference) : difference;
}
