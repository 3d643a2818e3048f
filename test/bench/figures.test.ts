/** Medians, ratios, verdicts, tables and the comparison with the baseline, on made-up samples. */
import { describe, expect, test } from 'vitest';
import { controlShare } from './control-share.mjs';
import {
  compareRatios,
  faultsOf,
  median,
  ratioOf,
  ratiosOf,
  rowOf,
  TOLERATED,
} from './figures.mjs';
import { GOALS, judgeGoals } from './goals.mjs';
import { decideJobs, jobsOf, jobsOfRound } from './jobs.mjs';
import { saleFile } from './memory.mjs';
import { readReference } from './references.mjs';
import { gatesTable, goalsTable, resultsTable, table } from './table.mjs';

const sample = (seconds: number, hash: string | null = 'abc') => ({
  requests: 1e9,
  seconds,
  rssMb: seconds,
  hash,
  stats: { p50: 10 },
});

describe('figures', () => {
  test('median of odd and even numbers', () => {
    expect(median([30, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  test('a ratio is taken within rounds: a slow round slows both', () => {
    const ours = [2, 20, 2].map((seconds) => sample(seconds));
    const theirs = [1, 10, 1].map((seconds) => sample(seconds));
    expect(ratioOf(ours, theirs)).toBe(2);
    expect(ratioOf(ours, [])).toBe(null);
    expect(ratioOf(ours, undefined)).toBe(null);
  });

  const job = { key: 'w/ours', workload: 'w', implementation: 'ours', against: 'c' };
  const rowWith = (samples: readonly object[], more = {}) =>
    rowOf(
      { ...job, ...more },
      new Map<string, readonly object[]>([
        ['w/ours', samples],
        ['w/theirs', samples],
        ['c', [sample(1), sample(1)]],
      ]),
      { size: 1, patience: true, gates: [{ measure: 'p50', low: 9, high: 11 }] },
    );

  test('a row', () => {
    const row = rowWith([sample(2), sample(4)]);
    expect(row).toMatchObject({ ns: 3, rssMb: 4, ratio: 3, hash: 'abc', verdict: 'ok' });
    expect(faultsOf([row])).toEqual([]);
  });

  test('a failed gate, a hash that changes, and one that differs from another path’s are faults', () => {
    const wrong = rowWith([{ ...sample(1), stats: { p50: 12 } }]);
    expect(faultsOf([wrong])).toEqual(['w/ours: p50 12, expected 9 to 11']);
    const shaky = rowWith([sample(1, 'abc'), sample(1, 'abd')]);
    expect(faultsOf([shaky])).toHaveLength(1);
    const other = rowWith([sample(1, 'xyz')], { key: 'w/theirs' });
    expect(faultsOf([rowWith([sample(1)]), other])).toEqual([
      'w/theirs: results differ from w/ours: xyz ≠ abc',
    ]);
    const reference = rowWith([sample(1, null)], { key: 'w/theirs' });
    expect(faultsOf([rowWith([sample(1)]), reference])).toEqual([]);
  });
});

describe('baseline', () => {
  test('only what has a ratio goes into it', () => {
    const rows = [
      { key: 'a', ratio: 2.00049 },
      { key: 'b', ratio: null },
    ];
    expect(ratiosOf(rows)).toEqual({ a: 2 });
  });

  test('15 % is tolerated, more is not; new and missing rows are named', () => {
    expect(TOLERATED).toBe(1.15);
    const found = compareRatios({ a: 1.14, b: 1.16, c: 0.5, new: 9 }, { a: 1, b: 1, c: 1, old: 1 });
    expect(found.worse.map(({ key }) => key)).toEqual(['b']);
    expect(found.worse[0]?.change).toBeCloseTo(0.16);
    expect(found).toMatchObject({ added: ['new'], unmeasured: ['old'] });
  });
});

describe('goals', () => {
  const goals = [
    { what: 'x', row: 'a', to: 'b', limit: 2, unit: '×' },
    { what: 'x', row: 'a', to: 'b', limit: 4, least: true, unit: '×' },
    { what: 'x', row: 'a', limit: 2, unit: 'µs' },
    { what: 'x', row: 'p', limit: 5, unit: '%' },
    { what: 'x', row: 'none', to: 'b', limit: 2, unit: '×' },
  ];

  test('met, missed, not measured', () => {
    const figures = new Map([
      ['a', 3000],
      ['b', 1000],
      ['p', 4],
    ]);
    const judged = judgeGoals(figures, goals);
    expect(judged.map(({ value }) => value)).toEqual([3, 3, 3, 4, null]);
    expect(judged.map(({ verdict }) => verdict)).toEqual([
      'MISSED',
      'MISSED',
      'MISSED',
      'met',
      'not measured',
    ]);
    expect(goalsTable(judged)).toContain('≥ 4 ×');
  });

  test('every goal has its own row or pair of rows', () => {
    expect(new Set(GOALS.map(({ row, to }) => `${row} ${to}`)).size).toBe(GOALS.length);
  });
});

describe('jobs', () => {
  test('references come before what is compared with them', () => {
    const keys = jobsOf('mm1-90', 1).map(({ key }) => key);
    expect(keys.slice(0, 2)).toEqual(['c w1ev', 'c w1rec']);
    expect(keys).toContain('mm1-90/general-ts');
  });

  test('a program runs once a round, and not at all without a compiler', () => {
    const keys = (programs: readonly string[]) =>
      jobsOfRound(['flash-p2c-200', 'second-kill-10m'], 1, programs).map(({ key }) => key);
    expect(keys(['c w3 ev']).filter((key) => key === 'c w3 ev')).toHaveLength(1);
    expect(keys([]).every((key) => !key.startsWith('c '))).toBe(true);
  });

  test('decisions scale with the size', () => {
    expect(decideJobs(0.1).map(({ job }) => job.calls)).toEqual([2000, 40_000]);
  });
});

test('the line of a reference program', () => {
  const line =
    '{"wl":"W1","impl":"c-w1ev-d4","n":10,"events":20,"wall":0.3,"cpu":0.25,"ns":27.92,' +
    '"rss_mb":9.9,"mean":10.0,"p50":6.9,"p95":30.1,"p99":46.1,"max":129.1,"timeouts":3}';
  expect(readReference(line)).toMatchObject({
    requests: 10,
    seconds: 0.25,
    rssMb: 9.9,
    stats: { mean: 10, p50: 6.9, timedOut: 3, missShare: null },
  });
});

test('the control plane’s share counts what it calls, and not the collector', () => {
  const frame = (functionName: string, url: string) => ({ functionName, url });
  const share = controlShare({
    nodes: [
      { id: 1, hitCount: 0, callFrame: frame('(root)', ''), children: [2, 5, 6] },
      {
        id: 2,
        hitCount: 10,
        callFrame: frame('simulate', '/engine/dist/simulate.js'),
        children: [3, 4],
      },
      {
        id: 3,
        hitCount: 5,
        callFrame: frame('act', '/engine/dist/cluster/control-plane.js'),
        children: [7],
      },
      { id: 4, hitCount: 60, callFrame: frame('advance', '/engine/dist/flow/general-path.js') },
      { id: 5, hitCount: 99, callFrame: frame('(garbage collector)', '') },
      { id: 6, hitCount: 99, callFrame: frame('(program)', '') },
      { id: 7, hitCount: 25, callFrame: frame('decide', '/engine/dist/scaling/hpa.js') },
    ],
  });
  expect(share).toBe(0.3);
});

describe('tables', () => {
  test('columns are aligned', () => {
    expect(table(['a', 'long'], [['xyz', 1]], 1).split('\n')).toEqual([
      '| a   | long |',
      '| --- | ---: |',
      '| xyz |    1 |',
    ]);
  });

  test('a row of results', () => {
    const row = {
      workload: 'w',
      implementation: 'fast-ts',
      path: 'fast',
      build: 'ts',
      requests: 1234567,
      ns: 50,
      rssMb: 99.6,
      against: 'c w3i 200',
      ratio: 1.666,
      hash: 'abc',
      verdict: 'ok',
    };
    expect(resultsTable([row])).toContain(
      '| w        | fast-ts        | fast/ts    | 1 234 567 | 20 000 000 |       50.0 |       100 |' +
        '  1.67 | c w3i 200 |    ok |  abc |',
    );
  });

  test('without rows is its heading', () => {
    expect(gatesTable([]).split('\n')).toHaveLength(2);
  });
});

test('the sale as a file is the sale stretched in time', () => {
  expect(saleFile(1.0209e7)).toContain('surge: 10000ms, plateau: 0s, decay: 240000ms');
});
