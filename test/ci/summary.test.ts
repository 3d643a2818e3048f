/** The last line of .ci/run is right whatever happened to the tests. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const SUMMARY = fileURLToPath(new URL('../../.ci/summary.mjs', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakless-summary-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Status = 'passed' | 'failed' | 'skipped' | 'todo';

function summary(files: readonly (readonly Status[])[] | string | null, ...steps: string[]) {
  const path = join(folder, 'tests.json');
  const report = (statuses: readonly (readonly Status[])[]) => ({
    numPassedTests: statuses.flat().filter((status) => status === 'passed').length,
    testResults: statuses.map((tests, index) => ({
      name: `file-${index}.test.ts`,
      status: tests.length === 0 || tests.includes('failed') ? 'failed' : 'passed',
      message: tests.length === 0 ? 'Cannot find module x\nstack' : '',
      assertionResults: tests.map((status, i) => ({ status, fullName: `test ${i}` })),
    })),
  });
  if (files !== null) {
    writeFileSync(path, typeof files === 'string' ? files : JSON.stringify(report(files)));
  }
  const { status, stdout } = spawnSync(process.execPath, [SUMMARY, path, ...steps], {
    encoding: 'utf8',
  });
  return { code: status, last: stdout.trimEnd().split('\n').at(-1), stdout };
}

test('all passed', () => {
  expect(summary([['passed', 'passed'], ['passed']])).toMatchObject({
    code: 0,
    last: '3 passed, 0 failed',
  });
});

test('a failed test and its step are one failure', () => {
  expect(summary([['passed', 'failed']], 'build and test')).toMatchObject({
    code: 1,
    last: '1 passed, 1 failed',
  });
});

test('skipped and planned tests fail, by their names', () => {
  const { code, last, stdout } = summary([['passed', 'skipped', 'todo']]);
  expect({ code, last }).toEqual({ code: 1, last: '1 passed, 2 failed' });
  expect(stdout).toContain('skipped: test 1 (file-0.test.ts)');
});

test('a file that does not load fails', () => {
  const { code, last, stdout } = summary([['passed'], []], 'build and test');
  expect({ code, last }).toEqual({ code: 1, last: '1 passed, 1 failed' });
  expect(stdout).toContain('not loaded: file-1.test.ts: Cannot find module x');
});

test('no report, half a report, an empty run', () => {
  expect(summary(null, 'build and test')).toMatchObject({ code: 1, last: '0 passed, 1 failed' });
  expect(summary('{"numPassed', 'build and test')).toMatchObject({ code: 1 });
  expect(summary([])).toMatchObject({ code: 1, last: '0 passed, 1 failed' });
});

test('a run that fails without a failed test, and the other steps, count', () => {
  expect(summary([['passed']], 'build and test')).toMatchObject({
    code: 1,
    last: '1 passed, 1 failed',
  });
  expect(summary([['passed']], 'dead code')).toMatchObject({ code: 1, last: '1 passed, 1 failed' });
});
