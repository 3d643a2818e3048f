import { describe, expect, test } from 'vitest';
import type { Locale } from '../../packages/cli/src/locale.ts';
import type { Session } from '../../packages/cli/src/session.ts';
import { measureTable } from '../../packages/cli/src/terminal/measure-table.ts';
import { openTerminal } from '../../packages/cli/src/terminal/terminal.ts';
import { textWidth, wrap } from '../../packages/cli/src/terminal/text-width.ts';
import { printComparison } from '../../packages/cli/src/terminal/verdict.ts';
import { wordsOf } from '../../packages/cli/src/terminal/words.ts';
import type { Comparison } from '../../packages/engine/src/index.ts';
import { comparisonTable } from '../../packages/engine/src/report/table.ts';
import { sampleComparison } from '../fixtures/comparison.ts';

/** A session whose results are kept instead of shown. */
function recordingSession(locale: Locale): { session: Session; lines: string[] } {
  const lines: string[] = [];
  const keep = (text: string) => void lines.push(...text.split('\n'));
  const terminal = { ...openTerminal({ color: false }), result: keep, note: keep, error: keep };
  return { session: { terminal, locale, words: wordsOf(locale) }, lines };
}

function printed(comparison: Comparison, locale: Locale): string[] {
  const { session, lines } = recordingSession(locale);
  const scenario = { replications: 5 } as never;
  printComparison(comparison, { file: 'sale.yaml', scenario, warnings: [] }, session);
  return lines;
}

describe('the verdict on a terminal', () => {
  test.each(['en', 'zh-CN'] as const)('%s: lines of the table are equally wide', (locale) => {
    const { session } = recordingSession(locale);
    const lines = measureTable(comparisonTable(sampleComparison(), locale), session).split('\n');
    expect(lines.length).toBeGreaterThan(20);
    expect(new Set(lines.map(textWidth)).size).toBe(1);
  });

  test('keeps within a narrow terminal', () => {
    const { session } = recordingSession('en');
    const narrow = { ...session, terminal: { ...session.terminal, columns: 80 } };
    const table = comparisonTable(sampleComparison(), 'en');
    expect(textWidth(measureTable(table, session).split('\n')[0] ?? '')).toBeGreaterThan(80);
    const lines = measureTable(table, narrow).split('\n');
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(80);
    expect(lines.join('\n')).toContain('−44.4 %');
  });

  test('stands in several tables where one is too wide, with every number', () => {
    const { session } = recordingSession('en');
    const narrow = { ...session, terminal: { ...session.terminal, columns: 50 } };
    const table = comparisonTable(sampleComparison(), 'en');
    const lines = measureTable(table, narrow).split('\n');
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(50);
    expect(lines.filter((line) => line.startsWith('┌')).length).toBeGreaterThan(1);
    const words = lines.join('\n');
    for (const { cells } of table.rows)
      for (const { value } of cells) expect(words).toContain(value);
  });

  test('breaks long titles before it splits the table', () => {
    const { session } = recordingSession('en');
    const comparison = sampleComparison();
    const strategies = comparison.strategies.map((strategy) => ({
      ...strategy,
      title: { ...strategy.title, en: 'A strategy, with a title' },
    }));
    const narrow = { ...session, terminal: { ...session.terminal, columns: 80 } };
    const lines = measureTable(comparisonTable({ ...comparison, strategies }, 'en'), narrow);
    expect(Math.max(...lines.split('\n').map(textWidth))).toBeLessThanOrEqual(80);
    expect(lines.match(/┌/g)?.length).toBe(1);
  });

  test('puts the baseline first, wherever the scenario has it', () => {
    const comparison = sampleComparison();
    const last = comparison.strategies.at(-1);
    const { session } = recordingSession('en');
    const table = comparisonTable({ ...comparison, baseline: last?.name ?? '' }, 'en');
    const head = measureTable(table, session).split('\n').slice(0, 6).join('\n');
    const title = wrap(last?.title.en ?? '', 24)[0] ?? '';
    const others = comparison.strategies.slice(0, -1).map((s) => wrap(s.title.en, 24)[0] ?? '');
    for (const other of others) expect(head.indexOf(title)).toBeLessThan(head.indexOf(other));
  });

  test('says everything in the chosen language', () => {
    const lines = printed(sampleComparison(), 'zh-CN');
    expect(lines.join('\n')).toContain('结论');
    // Whole English sentences would show a missing translation; names and units may be Latin.
    expect(lines.filter((line) => /([A-Za-z]+ ){4}/.test(line))).toEqual([]);
  });

  test('marks an incomplete comparison', () => {
    expect(printed({ ...sampleComparison(), complete: false }, 'en').join('\n')).toContain(
      'INCOMPLETE: interrupted after',
    );
  });
});

describe('wrap', () => {
  test.each([
    ['VMs sized for the peak, always on', 12, ['VMs sized', 'for the', 'peak, always', 'on']],
    ['弹性伸缩并提前扩容。', 8, ['弹性伸缩', '并提前扩', '容。']],
    ['一word二', 20, ['一word二']],
    ['unbreakable-word', 4, ['unbreakable-word']],
    ['', 10, []],
  ])('%s in %i columns', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });
});
