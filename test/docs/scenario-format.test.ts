/** The documents about the scenario format say what the code does. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CODES } from '../../packages/engine/src/scenario/diagnostics.ts';
import {
  MINIMAL_SCENARIO,
  scenarioFormatMarkdown,
} from '../../packages/engine/src/scenario/format-markdown.ts';
import { ROOT } from '../tidy/source.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

test('docs/scenario-format.md is up to date', () => {
  expect(
    read('docs/scenario-format.md'),
    'regenerate it: pnpm --silent peakless schema --markdown > docs/scenario-format.md',
  ).toBe(scenarioFormatMarkdown());
});

test('the shortest scenario of the document is the bundled one', () => {
  expect(read('scenarios/minimal.yaml')).toBe(MINIMAL_SCENARIO);
});

test('docs/errors.md and the codes agree, both ways', () => {
  const rows = [...read('docs/errors.md').matchAll(/^\| `(E_[A-Z_]+)` \| (.+) \| (.+) \|$/gm)];
  const documented = rows.map(([, code, meaning, fix]) => [code, { meaning, fix }]);
  expect(Object.fromEntries(documented)).toEqual(CODES);
  expect(rows.map(([, code]) => code)).toEqual(Object.keys(CODES).sort());
});

test('every code of the registry is used', () => {
  const folders = [
    'packages/engine/src/scenario',
    'packages/engine/src/conformance',
    'packages/runner/src',
  ];
  const sources = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((file) => file.endsWith('.ts') && file !== 'diagnostics.ts')
      .map((file) => read(join(folder, file))),
  );
  const used = new Set(
    sources.flatMap((text) => [...text.matchAll(/'(E_[A-Z_]+)'/g)].map(([, code]) => code)),
  );
  expect(Object.keys(CODES).filter((code) => !used.has(code))).toEqual([]);
});
