/**
 * The engine's HPA against vectors that Kubernetes' own code produced (README.md): every field of
 * every vector, every step of every sequence, in every file here whose format is known.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import {
  CONFORMANCE_FORMATS,
  runVectors,
  VECTOR_FORMATS,
} from '../../packages/engine/src/conformance/index.ts';
import type { VectorResult } from '../../packages/engine/src/conformance/vector-format.ts';

const SHOWN = 20;
const folder = new URL('./', import.meta.url);
/** Another file of a known format, with other vectors, may be named. */
const named = process.env.PEAKLESS_HPA_VECTORS;

const read = (file: string | URL) => JSON.parse(readFileSync(file, 'utf8'));
const here = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ file, document: read(new URL(file, folder)) }))
  .filter(({ document }) => (document.format ?? document.meta?.format) in VECTOR_FORMATS);
const files = named === undefined ? here : [{ file: named, document: read(named) }];

/** Vectors of the HPA say what two releases decide. */
const cases = files.flatMap(({ file, document }) => {
  const compats =
    document.format === 'hpa-vectors/1' ? (['current', '1.28'] as const) : ['current' as const];
  return compats.map((compat) => ({ file, document, compat }));
});

describe.each(cases)('$file, release $compat', ({ file, document, compat }) => {
  it('is decided as the real system decides', () => {
    const run = runVectors(document, file, compat);
    if (!run.ok) throw new Error(JSON.stringify(run.diagnostics, null, 2));
    if (run.kind !== 'vectors') throw new Error(`${file} has no vectors`);
    const results = [...run.results];
    const failed = results.filter(({ differences }) => differences.length > 0);
    const passed = `${results.length - failed.length} of ${results.length} pass`;
    expect(failed.slice(0, SHOWN), passed).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
  });
});

test('where 1.28 decides otherwise, the current release does not pass for it', () => {
  const { vectors, ...head } = read(new URL('hpa.json', folder));
  const differing = vectors.flatMap((vector: { expectedV128?: unknown }) => {
    const { expectedV128 } = vector;
    return expectedV128 === undefined ? [] : [{ ...vector, expected: expectedV128 }];
  });
  const run = runVectors({ ...head, vectors: differing }, 'v128.json');
  if (!run.ok || run.kind !== 'vectors') throw new Error(JSON.stringify(run));
  const results = [...run.results];
  expect(results.length).toBeGreaterThan(50);
  expect(results.every(({ differences }) => differences.length > 0)).toBe(true);
});

test('what is recorded of the current release alone is not judged by 1.28', () => {
  const { vectors, ...head } = read(new URL('hpa.json', folder));
  const ids = (compat: '1.28' | 'current') => {
    const run = runVectors({ ...head, vectors }, 'hpa.json', compat);
    if (!run.ok || run.kind !== 'vectors') throw new Error(JSON.stringify(run));
    return new Set([...run.results].map(({ id }) => id));
  };
  const judged = ids('1.28');
  const toZero = vectors.filter(
    ({ kind, config }: { kind: string; config: { scaleToZeroEnabled: boolean } }) =>
      kind === 'sequence' && config.scaleToZeroEnabled,
  );
  expect(toZero.length).toBeGreaterThan(0);
  expect(judged.size).toBe(vectors.length - toZero.length);
  for (const { id } of toZero) expect(judged.has(id)).toBe(false);
});

test('a known format is here', () => {
  expect(here.map(({ file }) => file)).toContain('hpa.json');
});

describe('a vector that is not as decided', () => {
  const { vectors, ...head } = read(new URL('hpa.json', folder));
  const only = (id: string) => {
    const found = vectors.find((vector: { id: string }) => vector.id === id);
    return structuredClone(found);
  };
  const firstOf = (kind: string) =>
    only(vectors.find((vector: { kind: string }) => vector.kind === kind).id);
  const differences = (vector: unknown): VectorResult['differences'] => {
    const run = runVectors({ ...head, vectors: [vector] }, 'one.json');
    if (!run.ok || run.kind !== 'vectors') throw new Error(JSON.stringify(run));
    return [...run.results].flatMap((result) => result.differences);
  };

  it.each([
    ['calc', 'expected', 'replicas'],
    ['normalize', 'normalizeExpected', 'replicas'],
  ])('%s: says which field, what was expected and what was seen', (kind, where, field) => {
    const vector = firstOf(kind);
    const seen = vector[where][field];
    vector[where][field] = 12_345;
    expect(differences(vector)).toEqual([
      { step: null, at: null, field, expected: 12_345, seen: seen ?? null },
    ]);
  });

  it('sequence: says which step, and leaves the rest of the sequence alone', () => {
    const vector = firstOf('sequence');
    const [first, second] = vector.steps;
    const { ableToScale } = second.expected.conditions;
    const { desiredReplicas } = second.expected;
    second.expected.desiredReplicas = 12_345;
    second.expected.conditions.ableToScale = 'False/Never';
    expect(first).toBeDefined();
    const at = `${second.atMs} ms`;
    expect(differences(vector)).toEqual([
      { step: 1, at, field: 'desiredReplicas', expected: 12_345, seen: desiredReplicas },
      {
        step: 1,
        at,
        field: 'conditions.ableToScale',
        expected: 'False/Never',
        seen: ableToScale,
      },
    ]);
  });

  it('a field that is missing or too much is a difference, errorKind is not', () => {
    const vector = vectors.find(
      (one: { kind: string; expected?: { error?: boolean } }) =>
        one.kind === 'calc' && one.expected?.error === true,
    );
    const changed = structuredClone(vector);
    changed.expected = { errorKind: 'anything', error: true };
    expect(differences(changed)).toEqual([]);
    changed.expected = { error: true, surprise: 1 };
    expect(differences(changed)).toMatchObject([{ field: 'surprise', expected: 1, seen: null }]);
    changed.expected = {};
    expect(differences(changed)).toMatchObject([{ field: 'error', expected: null, seen: true }]);
  });

  /** Worked by hand from the classification rules; now = 0. */
  it('group: pods by name', () => {
    const sample = { valueMilli: 100, timestampMs: 0, windowMs: 30_000 };
    const started = { startMs: -600_000, ready: 'True', readySinceMs: -590_000 };
    const vector = {
      id: 'group-by-hand',
      kind: 'group',
      config: firstOf('calc').config,
      groupResource: 'cpu',
      pods: [
        { name: 'old', count: 2, ...started, samples: [sample] },
        { name: 'new', phase: 'Pending' },
        { name: 'blind', ...started, samples: [null] },
        { name: 'going', ...started, deleted: true, samples: [sample] },
        { name: 'broken', ...started, phase: 'Failed', samples: [sample] },
      ],
      groupExpected: {
        readyPodCount: 2,
        unready: ['new'],
        missing: ['blind'],
        ignored: ['broken', 'going'],
      },
    };
    expect(differences(vector)).toEqual([]);
    const other = { ...vector, groupExpected: { ...vector.groupExpected, missing: [] } };
    expect(differences(other)).toEqual([
      { step: null, at: null, field: 'missing', expected: [], seen: ['blind'] },
    ]);
  });
});

describe('a file that cannot be run', () => {
  const vector = { id: 'v', kind: 'calc' };
  it.each([
    [null, 'E_FORMAT', 'format'],
    [{ format: 'hpa-vectors/2', vectors: [] }, 'E_FORMAT', 'format'],
    [{ meta: { format: 'toString' } }, 'E_FORMAT', 'format'],
    [{ format: 'hpa-vectors/1' }, 'E_REQUIRED', 'vectors'],
    [{ format: 'hpa-vectors/1', vectors: [] }, 'E_REQUIRED', 'vectors'],
    [{ format: 'hpa-vectors/1', vectors: [3] }, 'E_ENUM', 'vectors[0].kind'],
    [{ format: 'hpa-vectors/1', vectors: [vector] }, 'E_TYPE', 'vectors[0]'],
  ])('%j: %s', (document, code, path) => {
    const run = runVectors(document, 'bad.json');
    expect(run).toMatchObject({
      ok: false,
      diagnostics: [{ code, path, at: { file: 'bad.json' } }],
    });
  });

  it('names the formats that are known', () => {
    const run = runVectors({ format: 'kpa' }, 'bad.json');
    expect(run.ok ? '' : run.diagnostics[0]?.allowed).toBe(CONFORMANCE_FORMATS.join(', '));
  });

  it('points at the field', () => {
    const { vectors, ...head } = read(new URL('hpa.json', folder));
    const bad = structuredClone(vectors[0]);
    bad.hpa.maxReplicas = 'many';
    const run = runVectors({ ...head, vectors: [vectors[1], bad] }, 'bad.json');
    expect(run).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'E_TYPE', path: 'vectors[1].hpa.maxReplicas' }],
    });
  });
});
