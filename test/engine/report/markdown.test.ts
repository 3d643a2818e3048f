import { describe, expect, test } from 'vitest';
import { REPORTS } from '../../../packages/engine/src/report/index.ts';
import { escapeMarkdown } from '../../../packages/engine/src/report/markdown.ts';
import { sampleComparison } from '../../fixtures/comparison.ts';

const EVIL = 'a|b <img src=x onerror=alert(1)> [x](javascript:1) `c`\n# h';

describe('markdown', () => {
  test('starts with the verdict and has the table with the baseline’s column', () => {
    const text = REPORTS.markdown.render(sampleComparison(), { locale: 'en' });
    const lines = text.split('\n');
    expect(lines[0]).toBe('# Second kill at 08:00');
    expect(lines.find((line) => line.startsWith('>'))).toContain(
      '“HPA with pre-scale” is the cheapest strategy that meets the SLO',
    );
    expect(text).toContain(
      '| Measure | VMs for the peak (baseline) | Reactive HPA | HPA with pre-scale (**recommended**) |',
    );
    expect(text).toContain('peakless compare second-kill.yaml --seed 20260101 --replications 5');
  });

  test('every table has rows of one width, whatever the titles hold', () => {
    const strategies = sampleComparison().strategies.map((strategy) => ({
      ...strategy,
      title: { en: EVIL, 'zh-CN': EVIL },
    }));
    const text = REPORTS.markdown.render({ ...sampleComparison(), strategies }, { locale: 'en' });
    const tables = text.split('\n\n').filter((block) => block.startsWith('|'));
    expect(tables.length).toBeGreaterThanOrEqual(4);
    for (const table of tables) {
      const widths = table.split('\n').map((line) => line.match(/(?<!\\)\|/g)?.length);
      expect(new Set(widths).size).toBe(1);
    }
    expect(text).not.toMatch(/(?<!\\)<img/);
    expect(text).not.toMatch(/(?<!\\)\[x\]/);
  });

  test('tells of some requests what happened', () => {
    const text = REPORTS.markdown.render(sampleComparison(), { locale: 'en' });
    const [, section = ''] = text.split('## What happened to some requests');
    const [, , reactive = ''] = section.split('\n### ');
    const lines = reactive.split('\n').filter((line) => line.startsWith('- '));
    expect(lines).toHaveLength(8);
    expect(lines[0]).toMatch(
      /^- 0\d:\d\d:00\.120 \*\*Timed out\*\*: waited 3 s in the queue of pod 12, until/,
    );
    expect(reactive).toContain('15 timed out, 15 rejected, 15 late, 15 served');
  });

  test('names the service of a request where there are several, as text', () => {
    const strategies = sampleComparison().strategies.map((strategy) => ({
      ...strategy,
      requests: { [EVIL]: strategy.requests.shop ?? [], shop: [] },
    }));
    const text = REPORTS.markdown.render({ ...sampleComparison(), strategies }, { locale: 'en' });
    expect(text).toContain('.120 a\\|b \\<img');
    expect(text).not.toMatch(/(?<!\\)<img/);
  });

  test('a command with backticks cannot leave its block', () => {
    const text = REPORTS.markdown.render(sampleComparison(), { locale: 'en', command: '```\n# x' });
    expect(text).toContain('````sh\n```\n# x\n````');
  });

  test('escapes what Markdown would read', () => {
    expect(escapeMarkdown('a_b*c')).toBe('a\\_b\\*c');
    expect(escapeMarkdown('- x\n- y')).toBe('\\- x - y');
    expect(escapeMarkdown('a & b')).toBe('a &amp; b');
  });
});
