import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CellResult } from '../../packages/engine/src/cell.ts';
import { digestCell, digestCells, digestOf } from '../../packages/engine/src/digest.ts';
import { InvariantError } from '../../packages/engine/src/kernel/assert.ts';
import fc from '../fixtures/fast-check.ts';

/** Node's own hash of a canonical text that was written by hand. */
const hashOf = (canonical: string) => createHash('sha256').update(canonical).digest('hex');

describe('the canonical form', () => {
  test('of nothing has the well-known hash of its text', () => {
    const ofEmptyObject = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';
    expect(digestOf({})).toBe(ofEmptyObject);
    expect(hashOf('{}')).toBe(ofEmptyObject);
  });

  // The sample of the reference implementation of RFC 8785 (cyberphone/json-canonicalization).
  test('escapes strings and prints numbers as RFC 8785 does', () => {
    const sample = {
      numbers: [1e30, 4.5, 6, 2e-3, 0.000000000000000000000000001],
      escaping: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      other: [null, true, false],
    };
    const canonical =
      '{"escaping":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/","numbers":[1e+30,4.5,6,0.002,1e-27],' +
      '"other":[null,true,false]}';
    expect(digestOf(sample)).toBe(hashOf(canonical));
  });

  test('orders keys by UTF-16 code units, at every depth', () => {
    const value = {
      '\u20ac': 1,
      '\r': 2,
      '\ufb33': 3,
      '1': 4,
      '\ud83d\ude00': 5,
      '\u0080': 6,
      '\u00f6': { b: { d: 1, c: 2 }, a: [{ z: 1, y: 2 }] },
    };
    const canonical =
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":{"a":[{"y":2,"z":1}],"b":{"c":2,"d":1}},' +
      '"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}';
    expect(digestOf(value)).toBe(hashOf(canonical));
  });

  test('does not depend on the order in which keys were set', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      const entries = Object.entries(value).reverse();
      return Object.fromEntries(entries.map(([key, inner]) => [key, reversed(inner)]));
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(digestOf(reversed(value))).toBe(digestOf(value));
      }),
    );
  });

  test('keeps the order of arrays', () => {
    expect(digestOf([1, 2])).not.toBe(digestOf([2, 1]));
  });

  test('has one zero', () => {
    expect(digestOf([-0])).toBe(hashOf('[0]'));
    expect(digestOf({ x: -0 })).toBe(digestOf({ x: 0 }));
  });

  test('tells neighbouring numbers apart', () => {
    expect(digestOf(0.1 + 0.2)).not.toBe(digestOf(0.3));
  });

  test('is the same whole and in pieces', () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => ({ name: `“${i}” 秒杀`, value: i / 7 }));
    expect(digestOf(rows)).toBe(hashOf(JSON.stringify(rows)));
  });

  test('tells lone surrogates apart', () => {
    expect(digestOf('\ud800')).toBe(hashOf('"\\ud800"'));
  });

  const loop: Record<string, unknown> = {};
  loop.inside = { loop };

  test.each([
    ['NaN', Number.NaN, 'NaN'],
    ['Infinity', Number.POSITIVE_INFINITY, 'Infinity'],
    ['undefined', undefined, 'Undefined'],
    ['a hole', new Array<number>(1), 'Undefined'],
    ['a function', () => 1, 'Function'],
    ['a symbol', Symbol('x'), 'Symbol'],
    ['a big integer', 1n, 'BigInt'],
    ['a typed array', new Float64Array(1), 'Float64Array'],
    ['a map', new Map(), 'Map'],
    ['a loop', loop, 'levels deep'],
  ])('refuses %s and says where', (_, value, reason) => {
    const attempt = () => digestOf({ series: { offered: value } });
    expect(attempt).toThrow(InvariantError);
    expect(attempt).toThrow('no digest of value.series.offered');
    expect(attempt).toThrow(reason);
  });
});

describe('the digest of a result', () => {
  /** Of the parts that matter here. */
  const cell = (served: number, replication = 0) =>
    ({
      outcome: { strategy: 'hpa', replication, counts: { offered: 10, served } },
      series: { step: 1e6, columns: { latencyP50: [null, 12.5] } },
      decisions: [],
      pods: {},
      notes: [],
    }) as unknown as CellResult;

  test('says whose it is, and is that of the whole result', () => {
    const result = cell(10);
    expect(digestCell(result)).toEqual({
      strategy: 'hpa',
      replication: 0,
      sha256: digestOf(result),
    });
  });

  test('differs when one count differs, and so does that of all', () => {
    const [before, after] = [digestCell(cell(10)), digestCell(cell(9))];
    const other = digestCell(cell(10, 1));
    expect(after.sha256).not.toBe(before.sha256);
    expect(digestCells([after, other])).not.toBe(digestCells([before, other]));
  });

  test('of all depends on their order and number', () => {
    const [first, second] = [digestCell(cell(10, 0)), digestCell(cell(10, 1))];
    const digests = [[], [first], [first, second], [second, first]].map(digestCells);
    expect(new Set(digests).size).toBe(4);
  });
});
