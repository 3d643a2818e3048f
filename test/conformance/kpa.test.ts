/**
 * Vectors of Knative's own autoscaler (README.md): that they pass, that one which is not as decided
 * is said to differ, by how much it may, and that a file which cannot be run is refused.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { runVectors } from '../../packages/engine/src/conformance/index.ts';
import type { VectorResult } from '../../packages/engine/src/conformance/vector-format.ts';

const whole = JSON.parse(readFileSync(new URL('kpa.json', import.meta.url), 'utf8'));
const { meta } = whole;

function resultsOf(document: object): readonly VectorResult[] {
  const run = runVectors(document, 'kpa.json');
  if (!run.ok || run.kind !== 'vectors') throw new Error(JSON.stringify(run));
  return [...run.results];
}

const differences = (section: string, vector: unknown) =>
  resultsOf({ meta, [section]: [vector] }).flatMap((result) => result.differences);

/** A copy of a vector of the file, by its name. */
const copyOf = (section: string, name: string) =>
  structuredClone(whole[section].find((one: { name: string }) => one.name === name));

test('every vector passes', () => {
  const results = resultsOf(whole);
  expect(results.filter((result) => result.differences.length > 0)).toEqual([]);
  expect(results).toHaveLength(144);
  expect(new Set(results.map(({ id }) => id)).size).toBe(144);
});

describe('a vector that is not as decided', () => {
  it('says which step and field; the rest of the sequence is left alone', () => {
    const vector = copyOf('scale', 'panic exponential track');
    vector.steps[1].want.desired += 1;
    vector.steps[2].want.desired += 1;
    expect(differences('scale', vector)).toEqual([
      {
        step: 1,
        at: `${vector.steps[1].t} s`,
        field: 'desired',
        expected: vector.steps[1].want.desired,
        seen: vector.steps[1].want.desired - 1,
      },
    ]);
  });

  it('allows the excess burst capacity 1, and no more', () => {
    const vector = copyOf('scale', 'metrics');
    for (const [off, count] of [
      [1, 0],
      [-1, 0],
      [2, 1],
      [-2, 1],
    ] as const) {
      const moved = structuredClone(vector);
      moved.steps[0].want.ebc += off;
      expect(differences('scale', moved)).toHaveLength(count);
    }
  });

  it('without a valid decision the numbers say nothing, validity does', () => {
    const vector = copyOf('scale', 'no data');
    vector.steps[0].want.desired = 7;
    expect(differences('scale', vector)).toEqual([]);
    vector.steps[0].want.valid = true;
    expect(differences('scale', vector)).toMatchObject([
      { field: 'valid', expected: true, seen: false },
    ]);
  });

  it.each([
    ['startedAt', 2],
    ['startedAt', null],
    ['maxPanicPods', 99],
  ])('knows the state of panic: %s', (field, value) => {
    const vector = copyOf('scale', 'metrics');
    vector.steps[0].panicAfter[field] = value;
    expect(differences('scale', vector)).toMatchObject([
      { step: 0, field: `panicAfter.${field}`, expected: value },
    ]);
  });

  it('the state at the start, which may be forced', () => {
    const vector = copyOf('scale', 'AutoscalerPanicStableLargerThanPanic');
    expect(differences('scale', vector)).toEqual([]);
    vector.init.panic.maxPanicPods = 6;
    expect(differences('scale', vector)).toEqual([
      { step: null, at: null, field: 'panicAtStart.maxPanicPods', expected: 5, seen: 6 },
    ]);
  });

  it.each([
    ['windowAverage', 'holes', (v: { ops: { want?: number }[] }) => v.ops, 'want', 'average'],
    ['maxTimeWindow', 'windowing out', (v: { ops: object[] }) => v.ops, 'want', 'maximum'],
  ])('%s', (section, name, opsOf, key, field) => {
    const vector = copyOf(section, name);
    const last = opsOf(vector).at(-1) as Record<string, number>;
    last[key] = (last[key] as number) * 1.00001 + 1e-5;
    expect(differences(section, vector)).toMatchObject([{ field }]);
  });

  it('an average that is empty, and one that is off by rounding', () => {
    const vector = copyOf('windowAverage', 'weighted exponential');
    const read = vector.ops.find((op: { read?: boolean }) => op.read === true);
    read.want *= 1 + 1e-6;
    expect(differences('windowAverage', vector)).toEqual([]);
    read.wantEmpty = true;
    expect(differences('windowAverage', vector)).toMatchObject([{ field: 'empty' }]);
  });

  it('sample sizes and the state before the first decision', () => {
    expect(differences('sampleSize', { pods: 10, sample: 8 })).toMatchObject([
      { field: 'sample', expected: 8, seen: 7 },
    ]);
    const vector = copyOf('initialStatus', 'TBC 42');
    vector.want = { desired: 2, ebc: 10 };
    expect(differences('initialStatus', vector)).toMatchObject([
      { field: 'desired', expected: 2, seen: -1 },
      { field: 'ebc', expected: 10, seen: 8 },
    ]);
  });
});

describe('a file that cannot be run', () => {
  const broken = (change: (vector: ReturnType<typeof copyOf>) => void) => {
    const vector = copyOf('scale', 'metrics');
    change(vector);
    return runVectors({ meta, scale: [vector] }, 'bad.json');
  };

  it.each([
    [{ meta }, 'E_REQUIRED', 'scale'],
    [{ meta, scale: [] }, 'E_REQUIRED', 'scale'],
    [{ meta, scale: {} }, 'E_TYPE', 'scale'],
    [{ meta, scale: [], sampleSize: [{ pods: 'ten', sample: 1 }] }, 'E_TYPE', 'sampleSize[0].pods'],
  ])('%j: %s', (document, code, path) => {
    expect(runVectors(document, 'bad.json')).toMatchObject({
      ok: false,
      diagnostics: [{ code, path, at: { file: 'bad.json' } }],
    });
  });

  it.each([
    ['a target of 0', 'target', 0],
    ['a rate of 0', 'maxScaleDownRate', 0],
    ['text for a number', 'total', '13'],
  ])('%s', (_what, field, value) => {
    const run = broken((vector) => {
      vector.spec[field] = value;
    });
    expect(run).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'E_TYPE', path: `scale[0].spec.${field}` }],
    });
  });
});
