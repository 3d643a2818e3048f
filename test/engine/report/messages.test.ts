import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { MEASURES } from '../../../packages/engine/src/measures.ts';
import {
  CATALOGUE,
  label,
  renderMessage,
} from '../../../packages/engine/src/report/messages/index.ts';
import { sampleComparison } from '../../fixtures/comparison.ts';

const { en } = CATALOGUE;
const zh = CATALOGUE['zh-CN'];
const placeholders = (template = '') =>
  [...new Set([...template.matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort();

describe('the catalogue', () => {
  test('has the same keys in every locale', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  });

  // Plurals exist in English alone; the parameter they look at is in both.
  test.each(Object.keys(en))('%s has the same parameters in every locale', (key) => {
    expect(placeholders(zh[key])).toEqual(placeholders(en[key]));
    expect(zh[key]).not.toBe('');
  });

  test('knows every unit that a template names', () => {
    const units = new Set(
      Object.values(en).flatMap((template) =>
        [...template.matchAll(/\{\w+\|(\w+)/g)].map(([, unit]) => unit ?? ''),
      ),
    );
    for (const unit of units) {
      const text = renderMessage({ key: unit, params: {} }, 'en', 'USD');
      expect(text).toBe(unit); // no template is named like a unit
      expect([
        'money',
        'duration',
        'percent',
        'percentInterval',
        'rate',
        'count',
        'clock',
        'strategy',
        'plural',
      ]).toContain(unit);
    }
  });

  test('has a label and an explanation for every measure', () => {
    for (const name of Object.keys(MEASURES)) {
      expect(en).toHaveProperty([`measure.${name}.label`]);
      expect(en).toHaveProperty([`measure.${name}.about`]);
    }
  });

  test('has every message that the engine can send', () => {
    const root = fileURLToPath(new URL('../../../packages/engine/src', import.meta.url));
    const sent = new Set<string>();
    const KEY = /'((?:verdict|finding|note|warning|decision|hpa|fixed)\.[a-z][\w-]*)'/g;
    for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts') || file.endsWith('messages.ts') || file.includes('messages/'))
        continue;
      for (const [, key] of readFileSync(join(root, file), 'utf8').matchAll(KEY)) {
        if (key !== undefined) sent.add(key);
      }
    }
    expect(sent.size).toBeGreaterThan(20);
    expect([...sent].filter((key) => !Object.hasOwn(en, key))).toEqual([]);
  });

  test('leaves no placeholder open in what a comparison says', () => {
    const comparison = sampleComparison();
    const messages = [
      comparison.verdict.headline,
      ...comparison.verdict.findings,
      ...comparison.warnings,
      ...comparison.strategies.flatMap(({ notes, decisions }) => [
        ...notes,
        ...decisions.map(({ reason }) => reason),
      ]),
    ];
    for (const message of messages) {
      for (const locale of ['en', 'zh-CN'] as const) {
        const text = renderMessage(message, locale, 'USD');
        expect(text).not.toMatch(/[{}]|NaN|undefined/);
        expect(text).not.toBe(message.key);
      }
    }
  });
});

describe('renderMessage', () => {
  const usage = {
    key: 'finding.usage',
    params: { strategy: 'hpa', idle: 0.9, idleCost: 1_500_000, replicas: 1, machines: 2 },
  };

  test('gives each number its unit', () => {
    expect(renderMessage(usage, 'en', 'USD')).toBe(
      'hpa leaves 90 % of the CPU it pays for idle ($1.50); at most 1 replica on 2 machines.',
    );
    expect(renderMessage(usage, 'zh-CN', 'CNY')).toBe(
      'hpa付费的 CPU 有 90% 处于空闲（¥1.50）；最多 1 个副本、2 台机器。',
    );
  });

  test('quotes a strategy’s title, not its name', () => {
    const titles = new Map([['hpa', 'Reactive HPA']]);
    expect(renderMessage(usage, 'en', { currency: 'USD', titles })).toMatch(
      /^“Reactive HPA” leaves/,
    );
  });

  test('an instant is wall clock where the clock is known', () => {
    const message = {
      key: 'note.prescale',
      params: { service: 'shop', replicas: 150, at: 300_000_000, until: 900_000_000 },
    };
    expect(renderMessage(message, 'en', 'USD')).toContain('from +5 min to +15 min');
    const clock = { start: 0, utcOffset: 60 };
    expect(renderMessage(message, 'en', { currency: 'USD', clock })).toContain(
      'from 01:05:00 to 01:15:00',
    );
  });

  test('an interval of shares says its unit once', () => {
    const params = { strategy: 'a', attainment: 1, cost: 0, next: 'b' };
    const extra = { extra: 0.123, extraLow: 0.119, extraHigh: 0.128 };
    const message = { key: 'verdict.baseline-cheapest', params: { ...params, ...extra } };
    expect(renderMessage(message, 'en', 'USD')).toContain('costs 12.3 % [11.9, 12.8] more');
    expect(renderMessage(message, 'zh-CN', 'USD')).toContain('12.3% [11.9, 12.8]');
  });

  test('text with braces or a prototype’s name is only text', () => {
    const params = { object: '{fields}', fields: 'x' };
    expect(renderMessage({ key: 'warning.not-simulated', params }, 'en', 'USD')).toBe(
      '{fields}: valid, but not simulated: x.',
    );
    expect(label('constructor', 'en')).toBe('constructor');
    expect(label('no.such.key', 'zh-CN')).toBe('no.such.key');
  });
});
