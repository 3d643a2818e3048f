/** Cells of a CSV table: numbers with a decimal point and nothing else. */
import { type Facts, type Reporter, shown } from './diagnostics.ts';
import type { Table } from './files.ts';

/** Position of data row `row` (from 0); the header is the first line. */
export function rowPosition(
  table: Table,
  row: number,
): { file: string; line: number; column: number } {
  return { file: table.file, line: table.lines?.[row] ?? row + 2, column: 1 };
}

/** Reports a header that is missing, or split at other characters than commas. */
export function hasColumns(table: Table, columns: number, reporter: Reporter): boolean {
  const { header, file } = table;
  const at = { file, line: 1, column: 1 };
  const allowed = `a header and ${columns} column${columns === 1 ? '' : 's'}, separated by commas`;
  const report = (facts: Facts) => reporter.report('E_TYPE', { at }, { allowed, ...facts });
  if (header.length === 0) {
    reporter.report('E_TRACE_EMPTY', { at });
    return false;
  }
  if (header.length === 1 && /[;\t]/.test(header[0])) {
    report({
      got: shown(header[0]),
      hint: 'separate the columns with commas, decimals with a point',
    });
    return false;
  }
  if (header.every((cell) => Number.isFinite(Number(cell)) && cell.trim() !== '')) {
    report({ got: shown(header.join(',')), problem: 'the first row must name the columns' });
    return false;
  }
  if (header.length === columns) return true;
  report({ got: `${header.length} column${header.length === 1 ? '' : 's'}` });
  return false;
}

/** The number in a cell, or undefined after a report. */
export function cellNumber(
  table: Table,
  row: number,
  column: number,
  reporter: Reporter,
): number | undefined {
  const cells = table.rows[row];
  const at = rowPosition(table, row);
  const place = `row ${row + 1}`;
  if (cells.length !== table.header.length) {
    const hint = cells.length > table.header.length ? { hint: 'write decimals with a point' } : {};
    const facts = { got: `${cells.length} cells`, allowed: `${table.header.length}`, ...hint };
    reporter.report(
      'E_TYPE',
      { at },
      { problem: `${place} has another number of cells`, ...facts },
    );
    return undefined;
  }
  const text = cells[column].trim();
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) {
    const value = Number(text);
    if (Number.isFinite(value)) return value;
  }
  const finite = !/^[+-]?\.?(nan|inf|infinity)$/i.test(text) && !/^[\d.]+[eE]/.test(text);
  const comma = /\d,\d/.test(text) ? { hint: 'write decimals with a point, not a comma' } : {};
  const facts = { problem: `${place} is not a number`, got: shown(text), ...comma };
  reporter.report(finite ? 'E_TYPE' : 'E_NOT_FINITE', { at }, facts);
  return undefined;
}
