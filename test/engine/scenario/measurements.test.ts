import { describe, expect, test } from 'vitest';
import { createReporter } from '../../../packages/engine/src/scenario/diagnostics.ts';
import { readMeasurements } from '../../../packages/engine/src/scenario/measurements.ts';
import { decodeTable } from '../../../packages/runner/src/table-csv.ts';

function read(csv: string) {
  const reporter = createReporter();
  const table = decodeTable(csv, 't.csv');
  const measured = table.ok ? readMeasurements(table.value, reporter) : undefined;
  return { measured, found: reporter.diagnostics };
}

describe('samples', () => {
  test('seconds become µs', () => {
    expect(read('seconds\n0.05\n0.1\n1e-9\n').measured).toEqual({ samples: [50_000, 100_000, 1] });
  });

  test.each([
    ['seconds\n', 'E_TRACE_EMPTY'],
    ['seconds\n0\n', 'E_RANGE'],
    ['seconds\n-1\n', 'E_RANGE'],
    ['seconds\n4000\n', 'E_RANGE'],
    ['0.05\n0.1\n', 'E_TYPE'],
    ['a,b,c\n1,2,3\n', 'E_TYPE'],
    ['seconds\nfast\n', 'E_TYPE'],
  ])('%j', (csv, code) => {
    expect(read(csv).found.map((found) => found.code)).toEqual([code]);
  });
});

describe('histograms', () => {
  test('values with their counts', () => {
    expect(read('value,count\n0.2,3\n0.05,1\n').measured).toEqual({
      histogram: [
        { from: 200_000, to: 200_000, count: 3 },
        { from: 50_000, to: 50_000, count: 1 },
      ],
    });
  });

  test('upper edges of bins, the first from 0', () => {
    expect(read('upper,count\n0.05,1\n0.1,0\n0.5,7.5\n').measured).toEqual({
      histogram: [
        { from: 0, to: 50_000, count: 1 },
        { from: 50_000, to: 100_000, count: 0 },
        { from: 100_000, to: 500_000, count: 7.5 },
      ],
    });
  });

  test.each([
    ['upper,count\n', 'E_TRACE_EMPTY', 1],
    ['le,count\n0.1,3\n', 'E_ENUM', 1],
    ['upper,count\n0.1,1\n0.1,2\n', 'E_RANGE', 3],
    ['upper,count\n0.2,1\n0.1,2\n', 'E_RANGE', 3],
    ['value,count\n0.2,-1\n', 'E_RANGE', 2],
    ['value,count\n0,1\n', 'E_RANGE', 2],
    ['value,count\n0.2,0\n0.3,0\n', 'E_TRACE_EMPTY', 1],
    ['value,count\n0.2,many\n', 'E_TYPE', 2],
    ['value;count\n0.2;1\n', 'E_TYPE', 1],
  ])('%j', (csv, code, line) => {
    expect(read(csv).found).toMatchObject([{ code, at: { file: 't.csv', line } }]);
  });
});
