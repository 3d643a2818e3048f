import { describe, expect, test } from 'vitest';
import { MEASURES } from '../../../packages/engine/src/measures.ts';
import { csvCell } from '../../../packages/engine/src/report/csv.ts';
import { REPORTS } from '../../../packages/engine/src/report/index.ts';
import { sampleCells, sampleComparison } from '../../fixtures/comparison.ts';

/** RFC 4180, as its grammar says. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (const [, quoted, plain, end] of text.matchAll(CELL)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  rows.pop();
  return rows;
}

describe('csv', () => {
  const comparison = sampleComparison();
  const [head = [], ...rows] = parse(REPORTS.csv.render(comparison));

  test('has one row per strategy and replication, all of one width', () => {
    expect(rows.map(([strategy, replication]) => `${strategy}/${replication}`)).toEqual(
      comparison.strategies.flatMap(({ outcomes }) =>
        outcomes.map(({ strategy, replication }) => `${strategy}/${replication}`),
      ),
    );
    for (const row of rows) expect(row).toHaveLength(head.length);
  });

  test('has every measure and every count', () => {
    const names = head.map((title) => title.replace(/ \(.*/, ''));
    expect(names).toEqual(expect.arrayContaining(Object.keys(MEASURES)));
    expect(names).toEqual(
      expect.arrayContaining(Object.keys(comparison.strategies[0]?.outcomes[0]?.counts ?? {})),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  test('numbers are plain, in the unit of their title', () => {
    const outcome = comparison.strategies[1]?.outcomes[2];
    const row = rows[7];
    const at = (title: string) => row?.[head.indexOf(title)];
    expect(Number(at('cost (USD)'))).toBe((outcome?.cost.total ?? 0) / 1_000_000);
    expect(Number(at('latencyP99 (ms)'))).toBe((outcome?.latency.p99 ?? 0) / 1000);
    expect(Number(at('served'))).toBe(outcome?.counts.served);
    expect(at('sloMet')).toBe('0');
  });

  test('an undefined measure is an empty cell', () => {
    const cells = sampleCells(5).map((cell) => ({
      ...cell,
      outcome: { ...cell.outcome, capacity: { timeToCapacity: null, shortfall: 0 } },
    }));
    const [titles = [], first = []] = parse(REPORTS.csv.render(sampleComparison({ cells })));
    expect(first[titles.indexOf('timeToCapacity (ms)')]).toBe('');
  });
});

describe('csvCell', () => {
  test.each([
    ['=1+1', `"'=1+1"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t=1"`],
    ['\r=1', `"'\r=1"`],
    ['＝1', `"'＝1"`],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ])('%j cannot be a formula', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  test('numbers stay numbers, text is quoted where it must be', () => {
    expect(csvCell(-1.5)).toBe('-1.5');
    expect(csvCell(null)).toBe('');
    expect(csvCell('a')).toBe('a');
    expect(csvCell('a,"b"\n')).toBe('"a,""b""\n"');
  });
});
