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
    // A group without pods may be left out.
    const { ignored, ...others } = vector.groupExpected;
    const whole = vector.pods.slice(0, 3);
    expect(differences({ ...vector, pods: whole, groupExpected: others })).toEqual([]);
    expect(
      differences({ ...vector, pods: whole, groupExpected: { ...others, ignored: null } }),
    ).toEqual([]);
    expect(differences({ ...vector, groupExpected: others })).toMatchObject([{ seen: ignored }]);
    const other = { ...vector, groupExpected: { ...vector.groupExpected, missing: [] } };
    expect(differences(other)).toEqual([
      { step: null, at: null, field: 'missing', expected: [], seen: ['blind'] },
    ]);
  });
});

describe('what a vector may leave out, or say otherwise', () => {
  const { vectors, ...head } = read(new URL('hpa.json', folder));
  const failures = (changed: readonly unknown[]) => {
    const run = runVectors({ ...head, vectors: changed }, 'changed.json');
    if (!run.ok || run.kind !== 'vectors') throw new Error(JSON.stringify(run));
    return [...run.results].filter(({ differences }) => differences.length > 0);
  };
  const changed = (wanted: (vector: never) => boolean, change: (vector: never) => void) => {
    const found = structuredClone(vectors.filter(wanted));
    expect(found.length).toBeGreaterThan(0);
    for (const vector of found) change(vector as never);
    return failures(found);
  };

  it('null in a patch of the bounds changes nothing', () => {
    type Steps = { steps?: { hpaPatch?: Record<string, number | null> }[] };
    const isPatched = ({ steps }: Steps) => steps?.some(({ hpaPatch }) => hpaPatch) ?? false;
    const fill = ({ steps = [] }: Steps) => {
      for (const step of steps) {
        step.hpaPatch = { minReplicas: null, maxReplicas: null, ...step.hpaPatch };
      }
    };
    expect(changed(isPatched, fill)).toEqual([]);
  });

  it('a tolerance is a quantity, however written', () => {
    type Rules = { tolerance?: string };
    type Ruled = {
      kind: string;
      hpa: { behavior?: { scaleUp?: Rules; scaleDown?: Rules } | null };
    };
    const rulesOf = ({ hpa: { behavior } }: Ruled) =>
      [behavior?.scaleUp, behavior?.scaleDown].filter((rules) => rules?.tolerance !== undefined);
    const isRuled = (vector: Ruled) => vector.kind === 'calc' && rulesOf(vector).length > 0;
    const asIs = ({ tolerance = '' }: Rules) => tolerance;
    const forms: ((rules: Rules) => string)[] = [
      (rules) => asIs(rules).replace(/^0\./, '.'),
      (rules) => asIs(rules).replace(/^(\d+)m$/, '$1e-3'),
      (rules) => asIs(rules).replace(/^(\d+)m$/, '$1000u'),
    ];
    for (const form of forms) {
      const write = (vector: Ruled) => {
        for (const rules of rulesOf(vector)) if (rules) rules.tolerance = form(rules);
      };
      expect(changed(isRuled, write)).toEqual([]);
    }
  });

  it('a container is that of a ContainerResource alone', () => {
    type One = { kind: string; hpa: { metrics: { type: string; container?: string }[] } };
    const isResource = ({ kind, hpa }: One) =>
      kind === 'calc' && hpa.metrics[0]?.type === 'Resource';
    const name = ({ hpa: { metrics } }: One) => {
      for (const metric of metrics) metric.container = 'app';
    };
    expect(changed(isResource, name)).toEqual([]);
  });

  it('without metrics the default one is meant', () => {
    type Metric = { type: string; resource?: string; target: { averageUtilization?: number } };
    type One = { kind: string; hpa: { metrics?: Metric[] } };
    const byDefault = ({ kind, hpa: { metrics: [metric] = [] } }: One) =>
      kind === 'calc' &&
      metric?.type === 'Resource' &&
      metric.resource === 'cpu' &&
      metric.target.averageUtilization === 80;
    const leaveOut = ({ hpa }: One) => {
      delete hpa.metrics;
    };
    expect(changed(byDefault, leaveOut)).toEqual([]);
  });

  it('an Unknown phase is that of a pod that runs', () => {
    type Pods = { kind: string; pods?: { phase?: string }[] };
    const runs = ({ kind, pods = [] }: Pods) =>
      kind === 'calc' && pods.some(({ phase }) => phase === undefined || phase === 'Running');
    const forget = ({ pods = [] }: Pods) => {
      for (const pod of pods) if ((pod.phase ?? 'Running') === 'Running') pod.phase = 'Unknown';
    };
    expect(changed(runs, forget)).toEqual([]);
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
