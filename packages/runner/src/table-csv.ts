/** CSV text → a table of untouched cells: traces and measured service times. */
import { type Diagnostic, diagnostic, type Table } from '@peakless/engine';
import { CsvError, parse } from 'csv-parse/sync';
import { MAX_ROWS } from './limits.ts';

export type DecodedTable =
  | { readonly ok: true; readonly value: Table }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Lines that begin with # are comments: origin and licence of the data. */
export function decodeTable(text: string, file: string): DecodedTable {
  // Asking the parser for lines doubles its time: only texts with quotes need it.
  const lines: number[] = text.includes('"') ? [] : recordLines(text);
  const counted = lines.length > 0;
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
      ...(counted
        ? {}
        : {
            on_record: (record: string[], context: { readonly lines: number }) => {
              lines.push(context.lines);
              return record;
            },
          }),
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

/** The lines that hold a record, when no cell spans lines. */
function recordLines(text: string): number[] {
  const lines: number[] = [];
  let line = 1;
  for (let start = 0; start < text.length; line += 1) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    const first = text.charCodeAt(start === 0 && text.startsWith('\uFEFF') ? 1 : start);
    const isEmpty = stop === start || (stop === start + 1 && text[start] === '\r');
    if (!isEmpty && first !== HASH) lines.push(line);
    start = stop + 1;
  }
  return lines;
}

const HASH = '#'.charCodeAt(0);
