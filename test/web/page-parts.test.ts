import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandOf } from '../../packages/web/src/lib/command.ts';
import { amountText, knobOf, readAmount } from '../../packages/web/src/lib/knob.ts';
import { decodeText } from '../../packages/web/src/lib/own-file.ts';
import { parseSearch, stringifySearch } from '../../packages/web/src/lib/search.ts';
import { byTopic } from '../../packages/web/src/lib/topics.ts';
import { en } from '../../packages/web/src/locales/en.ts';
import { zhCN } from '../../packages/web/src/locales/zh-CN.ts';

test('a share link carries the whole run', () => {
  const search = {
    set: { peak: '9000', 'services.buy.time.mean': '60ms', odd: 'a&b=c ?' },
    seed: '00 7',
    replications: 3,
    lang: 'zh-CN',
  };
  const text = stringifySearch(search);
  expect(text).toContain('set.peak=9000&');
  expect(parseSearch(text)).toEqual(search);
  expect(stringifySearch({})).toBe('');
});

test.each([
  'replications=0',
  'replications=1001',
  'replications=1e3',
  'seed=',
  'set.=1',
  'other=1',
])('the link part %s says nothing', (text) => expect(parseSearch(`?${text}`)).toEqual({}));

test('a file that is not UTF-8 is refused, not repaired', () => {
  const bytes = (...codes: number[]) => new Uint8Array(codes).buffer;
  expect(decodeText(bytes(0xe7, 0xa7, 0x92))).toBe('秒');
  expect(decodeText(bytes(0xef, 0xbb, 0xbf, 0x61))).toBe('a');
  // 秒 in GB18030.
  expect(() => decodeText(bytes(0xc3, 0xeb))).toThrow(TypeError);
});

const label = { en: 'x', 'zh-CN': 'x' };

test.each([
  [12000, [4000, 20000], { min: 4000, max: 20000, unit: '', step: 200 }],
  ['20s', ['2s', '60s'], { min: 2, max: 60, unit: 's', step: 1 }],
  ['30%', ['0%', '100%'], { min: 0, max: 100, unit: '%', step: 1 }],
  [0.2, [0.05, 1], { min: 0.05, max: 1, unit: '', step: 0.01 }],
] as const)('%s within %s is a slider', (value, range, knob) => {
  expect(knobOf({ name: 'x', value, range, label })).toEqual(knob);
});

test.each([
  ['c7i.large', undefined],
  ['20s', ['500ms', '60s']],
  ['20s', ['60s', '2s']],
  ['1h30m', ['1h', '2h']],
] as const)('%s within %s stays a text', (value, range) => {
  expect(knobOf({ name: 'x', value, label, ...(range && { range }) })).toBeNull();
});

test('an amount is written without the noise of binary fractions', () => {
  const knob = { min: 0, max: 1, step: 0.01, unit: 's' };
  expect(amountText(0.1 + 0.2, knob)).toBe('0.3s');
  expect(readAmount(amountText(0.07, knob))).toEqual({ number: 0.07, unit: 's' });
});

test('the command is safe in a shell', () => {
  const search = { set: { a: "it's; rm -rf ~" }, seed: '$(x)', replications: 2 };
  expect(commandOf('my file.yaml', search)).toBe(
    `pnpm peakless compare 'my file.yaml' --set 'a=it'\\''s; rm -rf ~' --seed '$(x)' --replications 2`,
  );
  expect(commandOf('scenarios/second-kill.yaml', {})).toBe(
    'pnpm peakless compare scenarios/second-kill.yaml',
  );
});

test('both languages say everything, with the same placeholders', () => {
  expect(Object.keys(zhCN).sort()).toEqual(Object.keys(en).sort());
  const placeholders = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort();
  for (const [key, text] of Object.entries(en)) {
    const other = zhCN[key as keyof typeof zhCN];
    expect(other.trim(), key).not.toBe('');
    expect(placeholders(other), key).toEqual(placeholders(text));
  }
});

test('the gallery has every scenario once, and no topic without one', async () => {
  const bundled = readdirSync(new URL('../../scenarios', import.meta.url))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.replace('.yaml', ''));
  const entry = (id: string) => ({ id, file: `${id}.yaml`, summary: null, errors: [] });
  const groups = byTopic([...bundled, 'my-sale'].map(entry));
  const ids = groups.flatMap(({ entries }) => entries.map(({ id }) => id));
  expect([...ids].sort()).toEqual([...bundled, 'my-sale'].sort());
  // What is bundled has a topic, but for the smallest file.
  expect(groups.at(-1)?.entries.map(({ id }) => id)).toEqual(['minimal', 'my-sale']);
  expect(byTopic([entry('my-sale')]).map(({ topic }) => topic)).toEqual(['others']);
});
