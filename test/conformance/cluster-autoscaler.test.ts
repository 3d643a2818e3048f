/**
 * Vectors of the Cluster Autoscaler's own tests (README.md): that they pass, and that one which is
 * not as decided is said to differ.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { runVectors } from '../../packages/engine/src/conformance/index.ts';
import type { VectorResult } from '../../packages/engine/src/conformance/vector-format.ts';

const path = new URL('cluster-autoscaler.json', import.meta.url);
const whole = JSON.parse(readFileSync(path, 'utf8'));
const { meta } = whole;

function resultsOf(document: object): readonly VectorResult[] {
  const run = runVectors(document, 'ca.json');
  if (!run.ok || run.kind !== 'vectors') throw new Error(JSON.stringify(run));
  return [...run.results];
}

const differences = (section: string, vector: unknown) =>
  resultsOf({ meta, [section]: [vector] }).flatMap((result) => result.differences);

test('every vector passes', () => {
  const results = resultsOf(whole);
  expect(results.filter((result) => result.differences.length > 0)).toEqual([]);
  expect(results).toHaveLength(10);
});

describe('a vector that is not as decided', () => {
  it('binpack: nodes, pods, pods of each group', () => {
    const vector = structuredClone(whole.binpack[4]);
    vector.want = { nodes: 6, pods: 11, podsOfGroup: [1, 10] };
    expect(differences('binpack', vector)).toEqual([
      { step: null, at: null, field: 'nodes', expected: 6, seen: 5 },
      { step: null, at: null, field: 'pods', expected: 11, seen: 10 },
      { step: null, at: null, field: 'podsOfGroup', expected: [1, 10], seen: [0, 10] },
    ]);
  });

  it('backoff: the first operation that differs', () => {
    const vector = structuredClone(whole.backoff[0]);
    vector.ops[3].backedOff = false;
    vector.ops[5].backedOff = true;
    expect(differences('backoff', vector)).toEqual([
      { step: 3, at: '120 s', field: 'backedOff', expected: false, seen: true },
    ]);
  });

  it('backoff: the number of entries', () => {
    const vector = structuredClone(whole.backoff[3]);
    vector.ops[2].entries = 1;
    expect(differences('backoff', vector)).toMatchObject([
      { step: 2, field: 'entries', expected: 1, seen: 2 },
    ]);
  });
});

test.each([
  [{ meta }, 'E_REQUIRED', 'binpack'],
  [{ meta, backoff: [{ name: 'x', config: {}, ops: [] }] }, 'E_TYPE', 'backoff[0].config'],
  [{ meta, binpack: [3] }, 'E_TYPE', 'binpack[0]'],
])('a file that cannot be run: %j', (document, code, place) => {
  expect(runVectors(document, 'bad.json')).toMatchObject({
    ok: false,
    diagnostics: [{ code, path: place }],
  });
});
