/** The resolved file says everything, means the same, and resolves to itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../../packages/runner/src/load-scenario.ts';
import fc from '../../fixtures/fast-check.ts';
import { ROOT } from '../../tidy/source.ts';
import { parseText, SMALL } from './scenarios.ts';

const FOLDER = join(ROOT, 'scenarios');
const bundled = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));

async function expectRoundTrip(text: string, baseDir?: string): Promise<string> {
  const options = baseDir === undefined ? {} : { baseDir };
  const first = await parseText(text, options);
  if (!first.ok) throw new Error(JSON.stringify(first.diagnostics, null, 1));
  const second = await parseText(first.resolved, options);
  if (!second.ok) throw new Error(JSON.stringify([second.diagnostics, first.resolved], null, 1));
  expect(second.scenario).toEqual(first.scenario);
  expect(second.resolved).toBe(first.resolved);
  return first.resolved;
}

describe('bundled scenarios', () => {
  test('there are some', () => {
    expect(bundled).toContain('minimal.yaml');
  });

  test.each(bundled)('%s is valid, and its resolved file means the same', async (file) => {
    const loaded = await loadScenario(join(FOLDER, file));
    expect(loaded.ok ? [] : loaded.diagnostics).toEqual([]);
    await expectRoundTrip(readFileSync(join(FOLDER, file), 'utf8'), FOLDER);
  });

  test('minimal.yaml has at most 12 lines', () => {
    const lines = readFileSync(join(FOLDER, 'minimal.yaml'), 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(12);
  });
});

test('defaults carry their source', async () => {
  const resolved = await expectRoundTrip(SMALL);
  expect(resolved).toMatch(/^ {6}limit: 100 +# default; Apache Tomcat 10 acceptCount 100$/m);
  expect(resolved).toMatch(/^baseline: vm-peak +# default; the first strategy$/m);
  expect(resolved).toMatch(/^ {6}web: 1$/m);
});

test('settings are part of the resolved file', async () => {
  const set = { 'strategies.kubernetes.nodes.min': '3', seed: '5' };
  const first = await parseText(SMALL, { set });
  if (!first.ok) throw new Error(JSON.stringify(first.diagnostics));
  const second = await parseText(first.resolved);
  expect(second.ok && second.scenario).toEqual(first.scenario);
});

test('random scenarios', async () => {
  const { randomScenario } = await import('./random-scenario.ts');
  await fc.assert(
    fc.asyncProperty(randomScenario, async (scenario) => {
      await expectRoundTrip(JSON.stringify(scenario));
    }),
    { numRuns: 60 },
  );
});
