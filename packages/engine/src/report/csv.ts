/**
 * One row per strategy × replication for spreadsheets (RFC 4180): measures and request counts as
 * plain numbers: money in units of the currency, durations in ms, shares 0..1, empty = undefined.
 *
 * Text that a spreadsheet would take for a formula gets a leading apostrophe, so that a name from a
 * scenario file cannot run anything.
 * @source OWASP, “CSV Injection”.
 */
import { MEASURES, type Measure, type MeasureUnit } from '../measures.ts';
import type { Comparison, Counts, Outcome } from '../outcome.ts';
import { MEASURE_NAMES } from '../summarize.ts';
import type { ReportFormat } from './format-contract.ts';

export const csv: ReportFormat = { extension: 'csv', render };

type Cell = string | number | null;

interface Column {
  readonly title: string;
  readonly of: (outcome: Outcome) => Cell;
}

function render(comparison: Comparison): string {
  const columns = columnsOf(comparison.scenario.currency);
  const rows: Cell[][] = [columns.map(({ title }) => title)];
  for (const { outcomes } of comparison.strategies) {
    for (const outcome of outcomes) rows.push(columns.map((column) => column.of(outcome)));
  }
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function columnsOf(currency: string): readonly Column[] {
  const measures = MEASURE_NAMES.map((name): Column => {
    const { unit, of }: Measure = MEASURES[name];
    return {
      title: titleOf(name, unit, currency),
      of: (outcome) => {
        const value = of(outcome);
        return value === null ? null : value / DIVISOR[unit];
      },
    };
  });
  // Those that are measures themselves are there already.
  const counts = (['served', 'shed', 'inFlight'] as const satisfies (keyof Counts)[]).map(
    (name): Column => ({ title: name, of: (outcome) => outcome.counts[name] }),
  );
  return [
    { title: 'strategy', of: (outcome) => outcome.strategy },
    { title: 'replication', of: (outcome) => outcome.replication },
    { title: 'sloMet', of: (outcome) => (outcome.slo.met ? 1 : 0) },
    ...measures,
    ...counts,
  ];
}

const DIVISOR: Readonly<Record<MeasureUnit, number>> = {
  money: 1_000_000,
  duration: 1_000,
  share: 1,
  count: 1,
  coreHours: 1,
};

function titleOf(name: string, unit: MeasureUnit, currency: string): string {
  if (unit === 'money') return `${name} (${currency})`;
  if (unit === 'duration') return `${name} (ms)`;
  return unit === 'coreHours' ? `${name} (core-h)` : name;
}

const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/;

export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  if (FORMULA_START.test(cell)) return quote(`'${cell}`);
  return /[",\r\n]/.test(cell) ? quote(cell) : cell;
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
