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

/** Columns of a strategy's title, and the same where space is short. */
const TITLE_WIDTH = 24;
const TITLE_WIDTH_NARROW = 16;

/** A strategy's column, with its place in the cells of a row. */
interface Placed {
  readonly column: TableColumn;
  readonly index: number;
}

interface Layout {
  readonly cell: (cell: TableCell, row: TableRow, colors: Colors) => string;
  readonly titleWidth: number;
}

/**
 * In a narrow terminal differences take a line of their own, intervals are left out and titles are
 * broken; if even that is too wide, the strategies stand in several tables, one below the other.
 */
const LAYOUTS: readonly Layout[] = [
  { cell: wideCell, titleWidth: TITLE_WIDTH },
  { cell: narrowCell, titleWidth: TITLE_WIDTH },
  { cell: narrowCell, titleWidth: TITLE_WIDTH_NARROW },
];

export function measureTable(table: ComparisonTable, session: Session): string {
  const order = table.columns
    .map((column, index): Placed => ({ column, index }))
    .sort((a, b) => Number(b.column.baseline) - Number(a.column.baseline));
  const narrowest = LAYOUTS[LAYOUTS.length - 1] as Layout;
  const draw = (columns: readonly Placed[], layout: Layout) =>
    drawTable(table, columns, layout, session);
  const fits = (drawn: string) =>
    textWidth(drawn.slice(0, drawn.indexOf('\n'))) <= session.terminal.columns;
  for (const layout of LAYOUTS) {
    const drawn = draw(order, layout);
    if (fits(drawn)) return drawn;
  }
  const groups: Placed[][] = [];
  for (const placed of order) {
    const last = groups.at(-1);
    if (last !== undefined && fits(draw([...last, placed], narrowest))) last.push(placed);
    else groups.push([placed]);
  }
  return groups.map((group) => draw(group, narrowest)).join('\n');
}

function drawTable(
  table: ComparisonTable,
  order: readonly Placed[],
  { cell: cellText, titleWidth }: Layout,
  { terminal, locale }: Session,
): string {
  const { colors } = terminal;
  const single = table.columns.length === 1;
  const head = (column: TableColumn) => columnHead(column, single, titleWidth, { locale, colors });
  const output = new Table({
    head: ['', ...order.map(({ column }) => head(column))],
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
  titleWidth: number,
  { locale, colors }: { readonly locale: Session['locale']; readonly colors: Colors },
): string {
  const lines = wrap(column.title, titleWidth).map((line) => colors.bold(line));
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
