import { describe, expect, test } from 'vitest';
import { createReporter } from '../../../packages/engine/src/scenario/diagnostics.ts';
import { readTrace, type TraceOptions } from '../../../packages/engine/src/scenario/trace.ts';
import { decodeTable } from '../../../packages/runner/src/table-csv.ts';

const MINUTE = 60e6;
const PLAIN: TraceOptions = { level: 1, speed: 1, from: 0, duration: 3 * MINUTE };
const FOUR = 'time,requests\n0,60\n60,120\n120,30\n180,0\n';

function read(csv: string, options: Partial<TraceOptions> = {}) {
  const reporter = createReporter();
  const table = decodeTable(csv, 't.csv');
  if (!table.ok) return { bins: undefined, found: table.diagnostics };
  const place = { at: { file: 's.yaml', line: 1, column: 1 }, path: ['trace'] };
  const bins = readTrace(table.value, { ...PLAIN, ...options }, place, reporter);
  return { bins, found: reporter.diagnostics };
}

const codes = (csv: string, options: Partial<TraceOptions> = {}) =>
  read(csv, options).found.map(({ code, at }) => `${code} ${at.file}:${at.line}`);

describe('traces', () => {
  test('counts per bin, cut to the scenario', () => {
    expect(read(FOUR).bins).toEqual({ binWidth: MINUTE, counts: [60, 120, 30] });
  });

  test('level multiplies counts, speed shortens bins, from skips them', () => {
    expect(read(FOUR, { level: 2.5 }).bins?.counts).toEqual([150, 300, 75]);
    expect(read(FOUR, { speed: 2, duration: MINUTE }).bins).toEqual({
      binWidth: MINUTE / 2,
      counts: [60, 120],
    });
    expect(read(FOUR, { from: MINUTE }).bins?.counts).toEqual([120, 30, 0]);
  });

  test('ISO times, offsets of any kind, epoch seconds, comments, CRLF, byte order mark', () => {
    const iso = [
      '\uFEFF# origin: nowhere',
      'time,requests',
      '2026-01-01T00:00:00Z,60',
      '2026-01-01T08:01:00+08:00,120',
      '2026-01-01T00:02:00Z,30',
    ].join('\r\n');
    expect(read(iso).bins).toEqual({ binWidth: MINUTE, counts: [60, 120, 30] });
    const epoch = 'time,requests\n1767225600,60\n1767225660,120\n1767225720,30\n';
    expect(read(epoch).bins?.counts).toEqual([60, 120, 30]);
    const tenths = 'time,requests\n0.1,1\n0.2,2\n0.3,3\n0.4,4\n';
    expect(read(tenths, { duration: 200_000 }).bins).toEqual({ binWidth: 100_000, counts: [1, 2] });
  });

  test.each([
    ['no rows', 'time,requests\n', 'E_TRACE_EMPTY t.csv:1'],
    ['one row', 'time,requests\n0,1\n', 'E_TRACE_EMPTY t.csv:1'],
    ['nothing', '', 'E_TRACE_EMPTY t.csv:1'],
    ['back in time', 'time,requests\n0,1\n60,1\n30,1\n', 'E_TRACE_ORDER t.csv:4'],
    ['twice the same time', 'time,requests\n0,1\n0,1\n', 'E_TRACE_ORDER t.csv:3'],
    ['gap', 'time,requests\n0,1\n60,1\n180,1\n', 'E_TRACE_GAP t.csv:4'],
    ['narrow bin', 'time,requests\n0,1\n60,1\n90,1\n', 'E_TRACE_GAP t.csv:4'],
    ['milliseconds', 'time,requests\n1767225600000,1\n1767225660000,1\n', 'E_TRACE_RANGE t.csv:2'],
    ['semicolons', 'time;requests\n0;1\n60;1\n', 'E_TYPE t.csv:1'],
    ['decimal comma', 'time,requests\n0,1,5\n60,1\n', 'E_TYPE t.csv:2'],
    ['quoted decimal comma', 'time,requests\n0,"1,5"\n60,1\n', 'E_TYPE t.csv:2'],
    ['no header', '0,1\n60,1\n', 'E_TYPE t.csv:1'],
    ['three columns', 'time,requests,x\n0,1,1\n60,1,1\n', 'E_TYPE t.csv:1'],
    ['negative count', 'time,requests\n0,1\n60,-1\n', 'E_RANGE t.csv:3'],
    ['not a number', 'time,requests\n0,many\n60,1\n', 'E_TYPE t.csv:2'],
    ['empty cell', 'time,requests\n0,\n60,1\n', 'E_TYPE t.csv:2'],
    ['NaN', 'time,requests\n0,NaN\n60,1\n', 'E_NOT_FINITE t.csv:2'],
    ['infinite', 'time,requests\n0,1e999\n60,1\n', 'E_NOT_FINITE t.csv:2'],
    ['local time', 'time,requests\n2026-01-01 00:00:00,1\n', 'E_TRACE_EMPTY t.csv:1'],
    [
      'local times',
      'time,requests\n2026-01-01 00:00:00,1\n2026-01-01 00:01:00,1\n',
      'E_LOCAL_TIME t.csv:2',
    ],
    ['decades', 'time,requests\n0,1\n900000000,1\n', 'E_TRACE_RANGE t.csv:3'],
  ])('%s', (_, csv, expected) => {
    expect(codes(csv)).toEqual([expected]);
  });

  test('the row is named, comments and blank lines do not shift the line', () => {
    const { found } = read('# a\n\ntime,requests\n0,1\n\n60,1\n30,1\n');
    expect(found).toMatchObject([
      {
        code: 'E_TRACE_ORDER',
        at: { line: 7 },
        problem: 'row 3 does not come after row 2',
        got: '30 after 60',
      },
    ]);
  });

  test('row 5001 of a long trace', () => {
    const rows = Array.from({ length: 6000 }, (_, i) => `${i === 5000 ? 10 : i},1`);
    const { found } = read(`time,requests\n${rows.join('\n')}\n`);
    expect(found).toMatchObject([{ code: 'E_TRACE_ORDER', at: { line: 5002 } }]);
    expect(found[0]?.problem).toContain('row 5001');
  });

  test('too short, or nothing left', () => {
    expect(codes(FOUR, { duration: 5 * MINUTE })).toEqual(['E_RANGE s.yaml:1']);
    expect(codes(FOUR, { from: 4 * MINUTE })).toEqual(['E_RANGE s.yaml:1']);
    expect(codes(FOUR, { from: 90e6, duration: MINUTE })).toEqual(['E_RANGE s.yaml:1']);
    expect(read(FOUR, { duration: 5 * MINUTE }).found[0]?.hint).toContain('clock.duration to 4m');
  });
});
