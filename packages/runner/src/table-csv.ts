/** CSV text → a table of untouched cells: traces and measured service times. */
import { type Diagnostic, diagnostic, type Table } from '@peakless/engine';
import { CsvError, parse } from 'csv-parse/sync';
import { MAX_ROWS } from './limits.ts';

export type DecodedTable =
  | { readonly ok: true; readonly value: Table }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Lines that begin with # are comments: origin and licence of the data. */
export function decodeTable(text: string, file: string): DecodedTable {
  const lines: number[] = [];
  let records: string[][];
  try {
    records = parse(text, {
      bom: true,
      comment: '#',
      comment_no_infix: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 10_000,
      to: MAX_ROWS + 2,
      on_record: (record: string[], context) => {
        lines.push(context.lines);
        return record;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const problem = error.message.replace(/[:\n][\s\S]*$/, '');
    const line = Number(error.lines ?? 1);
    return {
      ok: false,
      diagnostics: [diagnostic('E_SYNTAX', { at: { file, line } }, { problem })],
    };
  }
  if (records.length > MAX_ROWS + 1) {
    const facts = { got: `more than ${MAX_ROWS} rows`, allowed: `${MAX_ROWS} rows` };
    return { ok: false, diagnostics: [diagnostic('E_FILE_TOO_BIG', { at: { file } }, facts)] };
  }
  const [header = [], ...rows] = records;
  return { ok: true, value: { file, header, rows, lines: lines.slice(1) } };
}
