/** The five-minute tour of the README: every command, in its order, in an empty folder. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../tidy/source.ts';
import { documentOf, markedCommands } from './markdown.ts';

const PREFIX = 'npx -y pnpm@12 peakless ';
const PEAKLESS = join(ROOT, 'packages/cli/bin/peakless.mjs');
const MINUTES = 60_000;

const commands = markedCommands(documentOf('README.md'), 'tour');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakless-tour-'));
  symlinkSync(join(ROOT, 'scenarios'), join(folder, 'scenarios'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the tour has a comparison, an own scenario and the schema in it', () => {
  for (const command of ['compare', 'init', 'validate', 'schema']) {
    expect(commands.some((line) => line.startsWith(`${PREFIX}${command} `))).toBe(true);
  }
});

test.each(commands)('%s', { timeout: 5 * MINUTES }, (command) => {
  expect(command.startsWith(PREFIX)).toBe(true);
  // The launcher is what the README's npx line ends up calling.
  const line = `"${process.execPath}" "${PEAKLESS}" ${command.slice(PREFIX.length)}`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', LC_ALL: 'en_US.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 4 * MINUTES,
  });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  if (!command.includes('>')) expect(stdout.length).toBeGreaterThan(0);
});

test('the tour leaves a report, a scenario and a schema behind', () => {
  expect(existsSync(join(folder, 'reports/second-kill.html'))).toBe(true);
  expect(readFileSync(join(folder, 'my-sale.yaml'), 'utf8')).toContain('apiVersion: peakless/v1');
  const schema = JSON.parse(readFileSync(join(folder, 'scenario.schema.json'), 'utf8'));
  expect(schema).toHaveProperty('properties.strategies');
});
