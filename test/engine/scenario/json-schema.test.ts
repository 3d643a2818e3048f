import { describe, expect, test } from 'vitest';
import { jsonSchema } from '../../../packages/engine/src/scenario/json-schema.ts';

interface Node {
  readonly pattern?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly anyOf?: readonly Node[];
  readonly type?: string | readonly string[];
  readonly additionalProperties?: Node | boolean;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Node;
  readonly minimum?: number;
  readonly maximum?: number;
}

const schema = jsonSchema() as Node;

/** As much of JSON Schema as the schema uses for single values. */
function accepts(node: Node, value: unknown): boolean {
  if (node.anyOf !== undefined && !node.anyOf.some((inner) => accepts(inner, value))) return false;
  if (node.const !== undefined) return node.const === value;
  if (node.enum !== undefined) return node.enum.includes(value);
  const types = node.type === undefined ? [] : [node.type].flat();
  const actual = Number.isInteger(value) ? 'integer' : value === null ? 'null' : typeof value;
  const fits =
    types.length === 0 ||
    types.includes(actual) ||
    (actual === 'integer' && types.includes('number'));
  if (!fits) return false;
  if (node.pattern !== undefined && !new RegExp(node.pattern, 'u').test(String(value)))
    return false;
  if (typeof value !== 'number') return true;
  return value >= (node.minimum ?? -Infinity) && value <= (node.maximum ?? Infinity);
}

function* nodes(node: Node, path = ''): Generator<readonly [string, Node]> {
  yield [path, node];
  for (const [key, inner] of Object.entries(node.properties ?? {}))
    yield* nodes(inner, `${path}.${key}`);
  for (const inner of node.anyOf ?? []) yield* nodes(inner, path);
  if (node.items) yield* nodes(node.items, `${path}[]`);
  if (typeof node.additionalProperties === 'object')
    yield* nodes(node.additionalProperties, `${path}.*`);
}

const at = (...path: readonly string[]) =>
  path.reduce(
    (node, key) =>
      (key === '[]'
        ? node.items
        : key === '*'
          ? node.additionalProperties
          : node.properties?.[key]) as Node,
    schema,
  );

describe('JSON Schema', () => {
  test('is one of 2020-12', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      required: ['apiVersion', 'name', 'load', 'services'],
      additionalProperties: false,
    });
  });

  test('every default is acceptable where it stands', () => {
    const withDefaults = [...nodes(schema)].filter(([, node]) => node.default !== undefined);
    expect(withDefaults.length).toBeGreaterThan(40);
    const wrong = withDefaults.filter(([, node]) => !accepts(node, node.default));
    expect(wrong.map(([path]) => path)).toEqual([]);
  });

  test('every field has a description', () => {
    const fields = [...nodes(schema)].filter(([, node]) => node.default !== undefined);
    expect(fields.filter(([, { description }]) => !description).map(([path]) => path)).toEqual([]);
  });

  test.each([
    [
      ['load', '[]', 'rate'],
      ['200/s', '1.5/m', `\${peak}/s`],
      [200, '200', '-1/s', null],
    ],
    [
      ['services', '*', 'time', 'mean'],
      ['45ms', '1h30m', '1.5s', `\${t}`],
      [5, '5min', 'P1D', ''],
    ],
    [
      ['services', '*', 'concurrency'],
      [4, `\${n}`],
      [0, 1.5, '4', true],
    ],
    [
      ['kubernetes', 'nodes', 'reservedMemory'],
      ['2Gi', '512MB'],
      [512, '512', '1Gib'],
    ],
    [
      ['kubernetes', 'nodes', 'reservedCpu'],
      ['200m', 1, '1.5'],
      ['1e3m', true],
    ],
    [['clock', 'start'], ['2026-01-01T07:45:00+08:00'], ['2026-01-01T07:45:00', 0]],
    [['services', '*', 'balancer'], ['random', `\${b}`], ['rand']],
    [['name'], ['a-b'], ['A', 'a/b', '']],
  ])('%j', (path, good, bad) => {
    const node = at(...path);
    expect(good.filter((value) => !accepts(node, value))).toEqual([]);
    expect(bad.filter((value) => accepts(node, value))).toEqual([]);
  });
});
