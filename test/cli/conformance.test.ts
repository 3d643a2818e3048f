import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { folderWith, peakless } from './peakless.ts';

const HPA = fileURLToPath(new URL('../conformance/hpa.json', import.meta.url));

/** Three vectors of the file, one of them changed so that it cannot pass. */
function fewVectors(): string {
  const { vectors, ...head } = JSON.parse(readFileSync(HPA, 'utf8'));
  const ofKind = (kind: string) => vectors.find((vector: { kind: string }) => vector.kind === kind);
  const [calc, normalize, sequence] = ['calc', 'normalize', 'sequence'].map(ofKind);
  sequence.steps[1].expected.desiredReplicas = 12_345;
  return JSON.stringify({ ...head, vectors: [calc, normalize, sequence] });
}

describe('conformance', () => {
  test('decides as an older release if asked to', async () => {
    const { code, stdout } = await peakless(['conformance', HPA, '--compat', '1.28']);
    expect(stdout.trim().split('\n')).toEqual(['908 passed, 0 failed']);
    expect(code).toBe(0);
    const unknown = await peakless(['conformance', HPA, '--compat', '1.29']);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toMatch(/E_USAGE: .*Allowed choices are current, 1\.28/);
  });

  test('all vectors of Kubernetes pass', async () => {
    const { code, stdout, stderr } = await peakless(['conformance', HPA]);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '919 passed, 0 failed\n',
      stderr: '',
    });
  });

  test('so do those of Knative and the Cluster Autoscaler, in one run', async () => {
    const files = ['kpa', 'cluster-autoscaler'].map((name) =>
      fileURLToPath(new URL(`../conformance/${name}.json`, import.meta.url)),
    );
    const { code, stdout } = await peakless(['conformance', ...files]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '154 passed, 0 failed\n' });
  });

  test('shows each difference, counts, and fails', async () => {
    const folder = folderWith({ 'few.json': fewVectors() });
    const { code, stdout, stderr } = await peakless(['conformance', 'few.json'], folder);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      /^few\.json: \S+ · step 2 \(at \d+ ms\) · desiredReplicas: expected 12345, seen \d+$/,
    );
    expect(lines[1]).toBe('2 passed, 1 failed');
  });

  test('--json says the same to programs', async () => {
    const folder = folderWith({ 'few.json': fewVectors() });
    const { code, stdout } = await peakless(['conformance', 'few.json', '--json'], folder);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      format: 'peakless-conformance/1',
      passed: 2,
      failed: 1,
      files: [
        {
          file: 'few.json',
          format: 'hpa-vectors/1',
          passed: 2,
          failed: 1,
          failures: [{ differences: [{ step: 1, field: 'desiredReplicas', expected: 12_345 }] }],
        },
      ],
      diagnostics: [],
    });
  });

  describe('exact results of queueing theory', () => {
    const TRUTHS = fileURLToPath(new URL('../conformance/queueing-truths.json', import.meta.url));
    const { cases, ...head } = JSON.parse(readFileSync(TRUTHS, 'utf8'));
    const caseOf = (id: string) =>
      structuredClone(cases.find((one: { id: string }) => one.id === id));
    const [right, skipped] = ['erlangb-a1-c1', 'priority-0.6-0.3'].map(caseOf);
    const wrong = { ...caseOf('erlangb-a1-c1'), id: 'wrong' };
    wrong.results.pBlock = 0.6;
    const file = JSON.stringify({ ...head, cases: [right, wrong, skipped] });

    test('shows estimate, standard error and exact value, counts, and fails', async () => {
      const folder = folderWith({ 'few.json': file });
      const { code, stdout } = await peakless(['conformance', 'few.json'], folder);
      expect(code).toBe(1);
      const lines = stdout.trimEnd().split('\n');
      expect(lines[0]).toMatch(
        /^PASSED erlangb-a1-c1 · M\/G\/c\/c loss .* replications, \d+ requests$/,
      );
      expect(lines[1]).toMatch(
        /^ {2}pBlock +exact 0\.5 {2}estimate 0\.[45]\d+ {2}standard error \d\S+ {2}allowed \d\S+$/,
      );
      expect(stdout).toMatch(/^FAILED wrong /m);
      expect(stdout).toMatch(/^ {2}pBlock +exact 0\.6 .* DIFFERS$/m);
      expect(stdout).toMatch(/^SKIPPED priority-0\.6-0\.3 · priorities come later$/m);
      expect(lines.at(-1)).toBe('1 passed, 1 failed, 1 skipped');
    });

    test('--only, --max-requests: what is not precise enough has failed', async () => {
      const folder = folderWith({ 'few.json': file });
      const only = ['--only', 'erlangb-a1-c1'];
      const one = ['conformance', 'few.json', ...only];
      const first = await peakless([...one, '--json', '--workers', '1'], folder);
      expect(first.code).toBe(0);
      const shown = JSON.parse(first.stdout);
      expect(shown).toMatchObject({ passed: 1, failed: 0, skipped: 0 });
      const again = await peakless([...one, '--json', '--workers', '2'], folder);
      expect(again.stdout).toBe(first.stdout);
      const unknown = await peakless(['conformance', 'few.json', '--only', 'erlangb'], folder);
      expect(unknown.code).toBe(104);
      expect(unknown.stderr).toContain('E_REF');
      const poor = ['conformance', TRUTHS, '--only', 'mm1-rho0.8', '--max-requests', '1e5'];
      const { code, stdout } = await peakless(poor);
      expect(code).toBe(1);
      expect(stdout).toContain('NOT ENOUGH REQUESTS');
      expect(stdout).toMatch(/0 passed, 1 failed, 0 skipped\n$/);
    });
  });

  test.each([
    ['E_FILE_MISSING', undefined],
    ['E_SYNTAX', '{ "format": '],
    ['E_FORMAT', '{ "format": "hpa-vectors/9", "vectors": [] }'],
    ['E_REQUIRED', '{ "format": "hpa-vectors/1" }'],
  ])('%s: exits with 104 and still runs the others', async (found, text) => {
    const files = text === undefined ? {} : { 'bad.json': text };
    const folder = folderWith({ 'few.json': fewVectors(), ...files });
    const args = ['conformance', 'bad.json', 'few.json'];
    const { code, stdout, stderr } = await peakless(args, folder);
    expect(code).toBe(104);
    expect(stderr).toMatch(new RegExp(`^bad\\.json ${found} .*Hint: `));
    expect(stdout).toMatch(/2 passed, 1 failed\n$/);
    if (found === 'E_FORMAT') expect(stderr).toContain('allowed: hpa-vectors/1');
  });
});
