import { describe, expect, test } from 'vitest';
import { plainScalar, readScalar } from '../../../packages/engine/src/scenario/scalar-text.ts';
import {
  didYouMean,
  editDistance,
  nearest,
} from '../../../packages/engine/src/scenario/suggest.ts';
import fc from '../../fixtures/fast-check.ts';

describe('did you mean', () => {
  test.each([
    ['', '', 0],
    ['a', '', 1],
    ['kitten', 'sitting', 3],
    ['replicaz', 'replicas', 1],
    ['hpa', 'pha', 1],
  ])('the distance of %j and %j is %d', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });

  test('names what is near, and nothing else', () => {
    const keys = ['replicas', 'schedule', 'startup', 'nodes'];
    expect(nearest('replicaz', keys)).toBe('replicas');
    expect(nearest('Nodes', keys)).toBe('nodes');
    expect(nearest('tenant', keys)).toBeUndefined();
    expect(nearest('x', ['y'])).toBeUndefined();
    expect(nearest('a'.repeat(10_000), keys)).toBeUndefined();
    expect(didYouMean('tenant', keys)).toEqual({});
  });
});

describe('scalars', () => {
  test.each([
    ['', null],
    ['~', null],
    ['null', null],
    ['true', true],
    ['False', false],
    ['yes', 'yes'],
    ['12', 12],
    ['-1.5e3', -1500],
    ['0x1f', 31],
    ['0o17', 15],
    ['.inf', Number.POSITIVE_INFINITY],
    ['.nan', Number.NaN],
    ['1.2.3', '1.2.3'],
    ['07:50', '07:50'],
    ['"12"', '12'],
    ["'it''s'", "it's"],
    ['"open', undefined],
    ["'a'b'", undefined],
    [' a b ', 'a b'],
  ])('%j is %j', (text, value) => {
    expect(readScalar(text)).toEqual(value);
  });

  test('a written scalar reads back to itself', () => {
    const scalars = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
      fc.boolean(),
      fc.constantFrom('yes', 'null', '1', '0x1', '.5', '-', ' a', 'a: b', 'a #b', '"', "'", '+1h'),
    );
    fc.assert(
      fc.property(scalars, (value) => {
        expect(readScalar(plainScalar(value))).toBe(value);
      }),
    );
  });
});
