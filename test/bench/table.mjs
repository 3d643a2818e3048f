/** Tables as text, for a terminal and for Markdown alike. Pure. */

export const fixed = (value, digits) => (value === null ? '–' : value.toFixed(digits));

const grouped = (value) => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' ');

/** Columns as wide as their widest cell; all but the first `left` to the right. */
export function table(header, rows, left = 2) {
  const lines = [header, ...rows].map((cells) => cells.map(String));
  const width = (column) => Math.max(1, ...lines.map((cells) => cells[column].length));
  const widths = header.map((_, column) => width(column));
  const pad = (cell, column) =>
    column < left ? cell.padEnd(widths[column]) : cell.padStart(widths[column]);
  const rule = widths.map((width, column) => '-'.repeat(width - 1) + (column < left ? '-' : ':'));
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [lines[0].map(pad), rule, ...lines.slice(1).map((cells) => cells.map(pad))]
    .map(line)
    .join('\n');
}

const HEADER = [
  'workload',
  'implementation',
  'path/build',
  'requests',
  'requests/s',
  'ns/request',
  'memory MB',
  'ratio',
  'reference',
  'gates',
  'hash',
];

export function resultsTable(rows) {
  return table(
    HEADER,
    rows.map((row) => [
      row.workload,
      row.implementation,
      row.path === null ? '' : `${row.path}/${row.build}`,
      grouped(row.requests),
      grouped(1e9 / row.ns),
      fixed(row.ns, 1),
      fixed(row.rssMb, 0),
      fixed(row.ratio, 2),
      row.against ?? '',
      row.verdict,
      row.hash ?? '',
    ]),
    3,
  );
}

export function gatesTable(rows) {
  const number = (value) => (value === null ? '–' : Number(value.toPrecision(5)));
  return table(
    ['workload', 'implementation', 'measure', 'value', 'from', 'to', ''],
    rows.flatMap(({ workload, implementation, gates }) =>
      gates
        .filter(({ value }) => value !== null)
        .map(({ measure, value, low, high, verdict }) => [
          workload,
          implementation,
          measure,
          number(value),
          number(low),
          number(high),
          verdict,
        ]),
    ),
    3,
  );
}

export function goalsTable(judged) {
  return table(
    ['goal', 'row', 'to', 'measured', 'limit', ''],
    judged.map(({ what, row, to, value, limit, least, unit, verdict }) => [
      what,
      row,
      to ?? '',
      value === null ? '–' : `${fixed(value, 2)} ${unit}`,
      `${least ? '≥' : '≤'} ${limit} ${unit}`,
      verdict,
    ]),
    3,
  );
}
