/**
 * Measured times from a CSV table, for empirical laws: one column of samples, or a histogram of
 * two columns. The header says what the first column of a histogram is: `value` = the times
 * themselves, `upper` = upper edges of bins, each from the edge before it, the first from 0.
 * Counts are per row, not cumulative.
 */
import type { HistogramBin, LawSpec } from '../service/law.ts';
import { type Reporter, shown } from './diagnostics.ts';
import type { Table } from './files.ts';
import { cellNumber, hasColumns, rowPosition } from './table-cells.ts';

const SECOND = 1_000_000;
/** Seconds; longer service times are surely another unit. */
const LONGEST_SAMPLE = 3600;

/** Times in µs, or undefined after a report. */
export function readMeasurements(
  table: Table,
  reporter: Reporter,
): Pick<LawSpec, 'samples' | 'histogram'> | undefined {
  const isHistogram = table.header.length === 2;
  if (!hasColumns(table, isHistogram ? 2 : 1, reporter)) return undefined;
  if (table.rows.length === 0) {
    const at = { file: table.file, line: 1, column: 1 };
    reporter.report('E_TRACE_EMPTY', { at }, { got: '0 rows', hint: 'add measured times' });
    return undefined;
  }
  const times = readTimes(table, reporter);
  if (times === undefined) return undefined;
  if (!isHistogram) return { samples: times };
  const histogram = readHistogram(table, times, reporter);
  return histogram === undefined ? undefined : { histogram };
}

/** The first column. @unit µs */
function readTimes(table: Table, reporter: Reporter): number[] | undefined {
  const times: number[] = [];
  for (let row = 0; row < table.rows.length; row += 1) {
    const seconds = cellNumber(table, row, 0, reporter);
    if (seconds === undefined) return undefined;
    if (seconds <= 0 || seconds > LONGEST_SAMPLE) {
      const facts = {
        problem: `row ${row + 1}`,
        got: `${seconds} s`,
        allowed: `above 0, up to ${LONGEST_SAMPLE} s`,
      };
      reporter.report('E_RANGE', { at: rowPosition(table, row) }, facts);
      return undefined;
    }
    times.push(Math.max(1, Math.round(seconds * SECOND)));
  }
  return times;
}

function readHistogram(
  table: Table,
  times: readonly number[],
  reporter: Reporter,
): HistogramBin[] | undefined {
  const first = { at: { file: table.file, line: 1, column: 1 } };
  const kind = table.header[0].trim();
  if (kind !== 'value' && kind !== 'upper') {
    const problem = 'the first column of a histogram must be named after what it holds';
    const hint =
      'value: the times themselves; upper: upper edges of bins with their own, not cumulative, counts';
    reporter.report('E_ENUM', first, { problem, got: shown(kind), allowed: 'value, upper', hint });
    return undefined;
  }
  const bins: HistogramBin[] = [];
  for (let row = 0; row < table.rows.length; row += 1) {
    const count = cellNumber(table, row, 1, reporter);
    if (count === undefined) return undefined;
    const to = times[row];
    const below = row === 0 ? 0 : times[row - 1];
    const report = (problem: string, got: string, allowed: string) => {
      const facts = { problem: `row ${row + 1} ${problem}`, got, allowed };
      reporter.report('E_RANGE', { at: rowPosition(table, row) }, facts);
    };
    if (count < 0) {
      report('counts below zero', String(count), '0 or more');
      return undefined;
    }
    if (kind === 'upper' && to <= below) {
      report('does not lie above the row before', `${to} µs`, `above ${below} µs`);
      return undefined;
    }
    bins.push({ from: kind === 'value' ? to : below, to, count });
  }
  if (bins.some(({ count }) => count > 0)) return bins;
  reporter.report('E_TRACE_EMPTY', first, { got: 'counts that sum to 0' });
  return undefined;
}
