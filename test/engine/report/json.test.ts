import { describe, expect, test } from 'vitest';
import { toCanonicalJson } from '../../../packages/engine/src/report/canonical-json.ts';
import { REPORTS } from '../../../packages/engine/src/report/index.ts';
import { sampleComparison } from '../../fixtures/comparison.ts';
import fc from '../../fixtures/fast-check.ts';

describe('toCanonicalJson', () => {
  test('sorts keys, keeps rows of plain values on a line, ends with a newline', () => {
    expect(toCanonicalJson({ b: [1, null, 'x'], a: { d: [], c: [{ e: true }] }, z: {} })).toBe(
      `{
  "a": {
    "c": [
      {
        "e": true
      }
    ],
    "d": []
  },
  "b": [1, null, "x"],
  "z": {}
}
`,
    );
  });

  test('has one text per value, and means the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = toCanonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(toCanonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test('the order of writing does not matter, undefined is absent', () => {
    expect(toCanonicalJson({ a: 1, b: undefined, c: 2 })).toBe(toCanonicalJson({ c: 2, a: 1 }));
  });

  test('refuses what JSON cannot hold', () => {
    expect(() => toCanonicalJson({ a: Number.NaN })).toThrow(/NaN/);
    expect(() => toCanonicalJson([Number.POSITIVE_INFINITY])).toThrow(/Infinity/);
    expect(() => toCanonicalJson({ a: () => 1 })).toThrow(/function/);
  });
});

test('the json report is the comparison itself', () => {
  const comparison = sampleComparison();
  expect(JSON.parse(REPORTS.json.render(comparison))).toEqual(comparison);
});
