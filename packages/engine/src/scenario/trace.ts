/**
 * A trace: counts per bin of equal width from a CSV table. The times prove that the bins follow one
 * another without gap; after that only the counts matter.
 */

import { type Reporter, shown } from './diagnostics.ts';
import { formatDuration } from './durations.ts';
import type { Table } from './files.ts';
import { readInstant } from './instants.ts';
import type { TraceBins } from './scenario.ts';
import type { Path, SourcePosition } from './source.ts';
import { cellNumber, hasColumns, rowPosition } from './table-cells.ts';

export interface TraceOptions {
  readonly level: number;
  readonly speed: number;
  /** µs in the trace's own time. */
  readonly from: number;
  /** µs of the scenario that the trace must cover. */
  readonly duration: number;
}

interface Place {
  readonly at: SourcePosition;
  readonly path: Path;
}

const SECOND = 1_000_000;
/** Seconds since 1970 at the year 5138: larger numbers are milliseconds. */
const LARGEST_TIME = 1e11;
const LONGEST_SPAN = 20 * 366 * 86_400 * SECOND;
/** Relative error of bin widths that decimals may bring. */
const WIDTH_TOLERANCE = 1e-6;

/** `place` is where the scenario names the trace. */
export function readTrace(
  table: Table,
  options: TraceOptions,
  place: Place,
  reporter: Reporter,
): TraceBins | undefined {
  if (!hasColumns(table, 2, reporter)) return undefined;
  if (table.rows.length < 2) {
    const got = `${table.rows.length} row${table.rows.length === 1 ? '' : 's'}`;
    reporter.report('E_TRACE_EMPTY', { at: { file: table.file, line: 1, column: 1 } }, { got });
    return undefined;
  }
  const width = binWidth(table, reporter);
  const counts = width === undefined ? undefined : readCounts(table, reporter);
  if (width === undefined || counts === undefined) return undefined;
  return playedBins(width, counts, options, place, reporter);
}

/** µs between the rows, after all of them were checked. */
function binWidth(table: Table, reporter: Reporter): number | undefined {
  const first = readTime(table, 0, reporter);
  if (first === undefined) return undefined;
  let before = first;
  let width = 0;
  for (let row = 1; row < table.rows.length; row += 1) {
    const time = readTime(table, row, reporter);
    if (time === undefined) return undefined;
    const step = time - before;
    const at = rowPosition(table, row);
    const [got, was] = [table.rows[row][0], table.rows[row - 1][0]];
    if (step <= 0) {
      const problem = `row ${row + 1} does not come after row ${row}`;
      reporter.report('E_TRACE_ORDER', { at }, { problem, got: `${got} after ${was}` });
      return undefined;
    }
    if (row === 1) width = step;
    else if (Math.abs(step - width) > Math.max(1, width * WIDTH_TOLERANCE)) {
      const problem = `row ${row + 1} is ${formatDuration(step)} after row ${row}`;
      const allowed = `${formatDuration(width)}, the distance of rows 1 and 2`;
      reporter.report('E_TRACE_GAP', { at }, { problem, got: `${got} after ${was}`, allowed });
      return undefined;
    }
    before = time;
  }
  if (before - first <= LONGEST_SPAN) return width;
  const got = `a span of ${formatDuration(before - first)}`;
  reporter.report('E_TRACE_RANGE', { at: rowPosition(table, table.rows.length - 1) }, { got });
  return undefined;
}

/** @unit µs, from any origin */
function readTime(table: Table, row: number, reporter: Reporter): number | undefined {
  const text = table.rows[row][0]?.trim() ?? '';
  if (/^\d{4}-\d\d/.test(text)) {
    const instant = readInstant(text);
    if ('value' in instant) return instant.value.at;
    const problem = instant.problem ?? undefined;
    const facts = { got: shown(text), ...(problem ? { problem } : {}) };
    const hint = instant.hint === undefined ? {} : { hint: instant.hint };
    reporter.report(instant.code, { at: rowPosition(table, row) }, { ...facts, ...hint });
    return undefined;
  }
  const seconds = cellNumber(table, row, 0, reporter);
  if (seconds === undefined) return undefined;
  if (Math.abs(seconds) <= LARGEST_TIME) return Math.round(seconds * SECOND);
  const problem = `row ${row + 1}: ${text} seconds is beyond the year 5000`;
  reporter.report('E_TRACE_RANGE', { at: rowPosition(table, row) }, { problem });
  return undefined;
}

function readCounts(table: Table, reporter: Reporter): number[] | undefined {
  const counts: number[] = [];
  for (let row = 0; row < table.rows.length; row += 1) {
    const count = cellNumber(table, row, 1, reporter);
    if (count === undefined) return undefined;
    if (count < 0) {
      const facts = {
        problem: `row ${row + 1} counts below zero`,
        got: String(count),
        allowed: '0 or more',
      };
      reporter.report('E_RANGE', { at: rowPosition(table, row) }, facts);
      return undefined;
    }
    counts.push(count);
  }
  return counts;
}

/** The bins that the scenario plays: from `from` on, at its speed and level, to its end. */
function playedBins(
  width: number,
  counts: readonly number[],
  { level, speed, from, duration }: TraceOptions,
  { at, path }: Place,
  reporter: Reporter,
): TraceBins | undefined {
  const skipped = Math.round(from / width);
  const fromPlace = { at, path: [...path, 'from'] };
  if (Math.abs(from - skipped * width) > 1) {
    const hint = `use a multiple of the bin width, such as ${formatDuration(skipped * width)}`;
    const facts = { problem: 'from must skip whole bins', got: formatDuration(from), hint };
    reporter.report('E_RANGE', fromPlace, facts);
    return undefined;
  }
  if (skipped >= counts.length) {
    const got = formatDuration(from);
    const allowed = `less than ${formatDuration(counts.length * width)}, the length of the trace`;
    reporter.report('E_RANGE', fromPlace, {
      problem: 'nothing is left of the trace',
      got,
      allowed,
    });
    return undefined;
  }
  const played = Math.max(1, Math.round(width / speed));
  const needed = Math.ceil(duration / played);
  const bins = counts.slice(skipped, skipped + needed);
  if (bins.length < needed) {
    const covered = formatDuration(bins.length * played);
    reporter.report(
      'E_RANGE',
      { at, path: [...path, 'file'] },
      {
        problem: 'the trace ends before the scenario does',
        got: `${covered} of trace for ${formatDuration(duration)}`,
        hint: `set clock.duration to ${covered} or less, or lower from or speed`,
      },
    );
    return undefined;
  }
  return { binWidth: played, counts: bins.map((count) => count * level) };
}
