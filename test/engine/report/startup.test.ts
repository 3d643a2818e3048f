import { expect, test } from 'vitest';
import type { Comparison, StrategyResult } from '../../../packages/engine/src/outcome.ts';
import { REPORTS } from '../../../packages/engine/src/report/index.ts';
import { renderMessage } from '../../../packages/engine/src/report/messages/index.ts';
import { startupTables } from '../../../packages/engine/src/report/startup.ts';
import { sampleComparison } from '../../fixtures/comparison.ts';

const comparison = sampleComparison();
const [, hpa] = comparison.strategies as [StrategyResult, StrategyResult, StrategyResult];
const of = (...strategies: StrategyResult[]) => startupTables({ strategies } as Comparison, 'en');

test('stages × strategies that added pods, with the length of each bar', () => {
  const [table, ...none] = startupTables(comparison, 'en');
  expect(none).toEqual([]);
  expect(table?.columns.map(({ strategy }) => strategy.name)).toEqual(['hpa', 'hpa-prescale']);
  expect(table?.rows.map(({ stage, cells }) => [stage, cells[0]?.median, cells[0]?.p95])).toEqual([
    ['bind', '0 s', '50 s'],
    ['app', '24 s', '30 s'],
    ['total', '28 s', '1 min 20 s'],
    ['nodes', '49 s', '1 min'],
  ]);
  const [first] = table?.columns ?? [];
  expect(first?.bar.reduce((sum, { length }) => sum + length, 0)).toBeCloseTo(1, 12);
  expect(first && renderMessage(first.sentence, 'en', 'USD')).toBe(
    'First new pod: wanted at +15 min 15 s, serves 25 s later; 146 pods in all.',
  );
});

test('VMs of groups stand in a table of their own, in their own words', () => {
  const tables = of(hpa, { ...hpa, name: 'group', kind: 'vm-group' });
  expect(tables.map(({ subject }) => subject)).toEqual(['pod', 'vm']);
  expect(tables[1]?.rows[0]?.label).toBe('Called for → VM runs');
});

test('nothing where nobody wanted anything, or an older version has stored the result', () => {
  expect(of({ ...hpa, startup: null })).toEqual([]);
  const { startup: _, ...old } = hpa;
  expect(of(old as StrategyResult)).toEqual([]);
});

test('what was wanted and never served is said', () => {
  const chain = { pods: 0, unfinished: 7, first: null, total: null, stages: [], nodes: null };
  const [table] = of({ ...hpa, startup: chain });
  expect(table?.rows).toEqual([]);
  const [column] = table?.columns ?? [];
  expect(column && renderMessage(column.sentence, 'en', 'USD')).toBe(
    '7 pods were wanted in the run; none came to serve.',
  );
});

test.each(['html', 'markdown'] as const)('%s has it in both languages', (format) => {
  const text = REPORTS[format].render(comparison, { locale: 'en' });
  expect(text).toContain('Where the time to new capacity goes');
  expect(text).toContain('Container runs → application up');
  const zh = REPORTS[format].render(comparison, { locale: 'zh-CN' });
  expect(zh).toContain('新容量的时间花在哪里');
});
