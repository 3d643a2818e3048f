/**
 * The one interpreter of schema.ts: checks a tree against a schema, fills in defaults, converts to
 * canonical units, refuses unknown keys, and writes down the complete document beside the value.
 *
 * Invariant: a part that cannot be read is reported once and is `undefined` in the value; the walk
 * goes on, so that all errors of a file come at once.
 */
import { isMetricName, isName, isVariableName } from './characters.ts';
import { type Facts, listed, shownNode } from './diagnostics.ts';
import { checkEnum, type FieldContext, readField } from './field-values.ts';
import type { FieldDeclaration } from './fields.ts';
import { type AnySchema, isOmittable, type Shape, shapeOf } from './schema-shape.ts';
import {
  type Path,
  plainValue,
  type SourceMap,
  type SourceNode,
  type SourcePosition,
  scalarNode,
} from './source.ts';
import { didYouMean } from './suggest.ts';
import { type Written, writtenNode, writtenScalar } from './written.ts';

export interface Walked {
  readonly value: unknown;
  readonly written: Written | undefined;
}

const NOTHING: Walked = { value: undefined, written: undefined };

export function walk(
  schema: AnySchema,
  node: SourceNode,
  path: Path,
  context: FieldContext,
): Walked {
  const shape = shapeOf(schema);
  if (node.kind === 'invalid') return NOTHING;
  switch (shape.kind) {
    case 'field':
      return walkField(shape.declaration, node, path, context);
    case 'literal':
      return walkLiteral(shape.value, node, path, context);
    case 'verbatim':
      return { value: plainValue(node), written: writtenNode(node) };
    case 'list':
      return walkList(shape, node, path, context);
    case 'record':
      return walkRecord(shape, node, path, context);
    case 'union':
      return walkUnion(shape, node, path, context);
    case 'object':
      return walkObject(shape, node, path, context);
  }
}

/** A value that equals its default is noted as such, whether it was written or filled in. */
function walkField(
  declaration: FieldDeclaration,
  node: SourceNode,
  path: Path,
  context: FieldContext,
): Walked {
  const value = readField(declaration, node, path, context);
  const { default: usual, source } = declaration;
  if (node.kind !== 'scalar' || usual === undefined || node.value !== usual) {
    return { value, written: writtenNode(node) };
  }
  const note = source === undefined ? 'default' : `default; ${source}`;
  return { value, written: writtenScalar(usual, note) };
}

function walkLiteral(
  expected: string,
  node: SourceNode,
  path: Path,
  { reporter }: FieldContext,
): Walked {
  if (node.kind === 'scalar' && node.value === expected) {
    return { value: expected, written: writtenScalar(expected) };
  }
  const where = { at: node.at, path };
  if (node.kind === 'scalar' && typeof node.value === 'string') {
    checkEnum([expected], node.value, where, reporter);
  } else {
    reporter.report('E_TYPE', where, { got: shownNode(node), allowed: expected });
  }
  return NOTHING;
}

function walkList(
  shape: Extract<Shape, { kind: 'list' }>,
  node: SourceNode,
  path: Path,
  context: FieldContext,
): Walked {
  const { reporter } = context;
  if (node.kind !== 'list') {
    const hint = { hint: 'start each item with a hyphen, or write [item, item]' };
    reporter.report(
      'E_TYPE',
      { at: node.at, path },
      { got: shownNode(node), allowed: 'a list', ...hint },
    );
    return NOTHING;
  }
  if (node.items.length < shape.min || node.items.length > shape.max) {
    const got = `${node.items.length} items`;
    reporter.report(
      'E_RANGE',
      { at: node.at, path },
      { got, allowed: `${shape.min} to ${shape.max} items` },
    );
    return NOTHING;
  }
  const items = node.items.map((item, i) => walk(shape.items, item, [...path, i], context));
  return {
    value: items.map((item) => item.value),
    written: { kind: 'list', items: items.map((item) => item.written ?? writtenScalar(null)) },
  };
}

function asMap(node: SourceNode, path: Path, { reporter }: FieldContext): SourceMap | undefined {
  if (node.kind === 'map') return node;
  const hint =
    node.kind === 'scalar' && node.value === null
      ? { hint: 'give it fields, or remove the key' }
      : { hint: 'write fields as key: value, indented below' };
  reporter.report(
    'E_TYPE',
    { at: node.at, path },
    { got: shownNode(node), allowed: 'a map', ...hint },
  );
  return undefined;
}

const KEY_RULES = {
  name: { valid: isName, hint: undefined },
  variable: {
    valid: isVariableName,
    hint: 'a variable starts with a letter; letters, digits and _ follow',
  },
  metric: {
    valid: isMetricName,
    hint: 'a metric name starts with a letter; letters, digits, “_”, “-”, “.” and “:” follow',
  },
} as const;

function walkRecord(
  shape: Extract<Shape, { kind: 'record' }>,
  node: SourceNode,
  path: Path,
  context: FieldContext,
): Walked {
  const map = asMap(node, path, context);
  if (map === undefined) return NOTHING;
  const { size } = map.entries;
  if (size < shape.min || size > shape.max) {
    const facts = { got: `${size} entries`, allowed: `${shape.min} to ${shape.max} entries` };
    context.reporter.report('E_RANGE', { at: map.at, path }, facts);
    return NOTHING;
  }
  const value: Record<string, unknown> = {};
  const written: [string, Written][] = [];
  for (const [key, entry] of map.entries) {
    const rule = shape.keys === undefined ? undefined : KEY_RULES[shape.keys];
    if (rule !== undefined && !rule.valid(key)) {
      const facts: Facts = { got: JSON.stringify(key.slice(0, 60)) };
      const hint = key === '<<' ? MERGE_HINT : rule.hint === undefined ? {} : { hint: rule.hint };
      const code = key === '<<' ? 'E_UNKNOWN_KEY' : 'E_NAME';
      context.reporter.report(
        code,
        { at: entry.keyAt, path: [...path, key] },
        { ...facts, ...hint },
      );
      continue;
    }
    const walked = walk(shape.values, entry.value, [...path, key], context);
    value[key] = walked.value;
    if (walked.written !== undefined) written.push([key, walked.written]);
  }
  return { value, written: { kind: 'map', entries: written } };
}

function walkUnion(
  shape: Extract<Shape, { kind: 'union' }>,
  node: SourceNode,
  path: Path,
  context: FieldContext,
): Walked {
  const map = asMap(node, path, context);
  if (map === undefined) return NOTHING;
  const kinds = [...shape.members.keys()];
  const kind = map.entries.get('kind');
  if (kind === undefined) {
    const facts = {
      problem: 'kind is missing',
      allowed: listed(kinds),
      hint: `add kind: ${kinds[0]}`,
    };
    context.reporter.report('E_REQUIRED', { at: map.at, path }, facts);
    return NOTHING;
  }
  const declaration: FieldDeclaration = { unit: 'enum', doc: '', values: kinds };
  const name = readField(declaration, kind.value, [...path, 'kind'], context);
  const member = typeof name === 'string' ? shape.members.get(name) : undefined;
  return member === undefined ? NOTHING : walk(member, map, path, context);
}

const MERGE_HINT = {
  hint: `merge keys are not supported; use vars and \${name}, or extends between strategies`,
};

function walkObject(
  shape: Extract<Shape, { kind: 'object' }>,
  node: SourceNode,
  path: Path,
  context: FieldContext,
): Walked {
  const map = asMap(node, path, context);
  if (map === undefined) return NOTHING;
  reportUnknownKeys(shape, map, path, context);
  const value: Record<string, unknown> = {};
  const written: [string, Written][] = [];
  for (const [key, schema] of shape.properties) {
    const entry = map.entries.get(key);
    const inner = [...path, key];
    const walked =
      entry === undefined
        ? walkAbsent(schema, shape.required.has(key), inner, map.at, context)
        : walk(schema, entry.value, inner, context);
    if (walked.value !== undefined) value[key] = walked.value;
    if (walked.written !== undefined) written.push([key, walked.written]);
  }
  return { value, written: { kind: 'map', entries: written } };
}

function walkAbsent(
  schema: AnySchema,
  required: boolean,
  path: Path,
  at: SourcePosition,
  context: FieldContext,
): Walked {
  if (!required) return NOTHING;
  const shape = shapeOf(schema);
  if (shape.kind === 'field' && shape.declaration.default !== undefined) {
    const node = scalarNode(shape.declaration.default, at);
    return walkField(shape.declaration, node, path, context);
  }
  if (shape.kind === 'object' && isOmittable(schema)) {
    return walk(schema, { kind: 'map', at, entries: new Map() }, path, context);
  }
  context.reporter.report('E_REQUIRED', { at, path }, exampleOf(shape));
  return NOTHING;
}

function exampleOf(shape: Shape): Facts {
  if (shape.kind === 'literal') return { hint: `add ${shape.value}`, allowed: shape.value };
  if (shape.kind !== 'field') return {};
  const { example, doc } = shape.declaration;
  return { hint: example === undefined ? doc : `${doc} Example: ${example}` };
}

function reportUnknownKeys(
  shape: Extract<Shape, { kind: 'object' }>,
  map: SourceMap,
  path: Path,
  { reporter }: FieldContext,
): void {
  const known = shape.properties.map(([key]) => key);
  for (const [key, entry] of map.entries) {
    if (known.includes(key)) continue;
    const hint = key === '<<' ? MERGE_HINT : didYouMean(key, known);
    const facts = { problem: `unknown key ${key.slice(0, 60)}`, allowed: listed(known), ...hint };
    reporter.report('E_UNKNOWN_KEY', { at: entry.keyAt, path: [...path, key] }, facts);
  }
}
