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
  test('all vectors of Kubernetes pass', async () => {
    const { code, stdout, stderr } = await peakless(['conformance', HPA]);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '919 passed, 0 failed\n',
      stderr: '',
    });
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
