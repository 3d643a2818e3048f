/** What scenarios/traces/README.md says of the traces is what is in them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../tidy/source.ts';
import { documentOf } from './markdown.ts';

const FOLDER = 'scenarios/traces';
const readme = documentOf(`${FOLDER}/README.md`);
const traces = readdirSync(join(ROOT, FOLDER)).filter((name) => name.endsWith('.csv'));

test.each(traces)('%s', (name) => {
  const lines = readFileSync(join(ROOT, FOLDER, name), 'utf8')
    .trim()
    .split('\n');
  expect(lines[0]).toBe('timestamp_s,requests');
  const rows = lines.slice(1).map((line) => line.split(',').map(Number) as [number, number]);
  const width = (rows[1]?.[0] ?? 0) - (rows[0]?.[0] ?? 0);
  expect(rows.every(([time], i) => time === i * width)).toBe(true);
  const total = rows.reduce((sum, [, requests]) => sum + requests, 0);
  const spaced = (value: number) => String(value).replaceAll(/\B(?=(\d{3})+$)/g, ' ');
  const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
  expect(row).toContain(`| ${spaced(rows.length)} of ${width} s |`);
  expect(row).toContain(`| ${spaced(total)} |`);
  // Origin, transform and licence have a section of their own.
  expect(readme).toMatch(
    new RegExp(`## ${name}\\n[\\s\\S]*?Origin[\\s\\S]*?Transform[\\s\\S]*?Licence`),
  );
});

test('the World Cup log comes with its copyright and disclaimer', () => {
  const notice = readFileSync(join(ROOT, FOLDER, 'NOTICE-world-cup-98.txt'), 'utf8');
  expect(notice).toContain('Copyright (C) 1997, 1998, 1999 Hewlett-Packard Company');
  expect(notice).toContain('as long as this Copyright and Disclaimer is distributed unmodified');
});
