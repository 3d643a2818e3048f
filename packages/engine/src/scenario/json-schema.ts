/**
 * The JSON Schema (2020-12) of scenario files, for editors. It describes what is written, before
 * units are read; every value may also be text with a `${variable}`.
 */
import { boundsText, unitText } from './field-values.ts';
import type { FieldDeclaration, FieldUnit } from './fields.ts';
import { ScenarioSchema } from './schema.ts';
import { type AnySchema, isOmittable, type Shape, shapeOf } from './schema-shape.ts';

type Json = { readonly [key: string]: unknown };

const VARIABLE = '^.*\\$\\{[A-Za-z][A-Za-z0-9_]*\\}.*$';

/** Text forms of the units, as regular expressions of ECMA-262. */
const PATTERNS: Partial<Record<FieldUnit, string>> = {
  duration: '^([0-9]+(us|ms|s|m|h|d))+$|^[0-9]+\\.[0-9]+(us|ms|s|m|h|d)$',
  rate: '^[0-9]+(\\.[0-9]+)?([eE]\\+?[0-9]+)?/(s|m|min|h)$',
  cpu: '^[0-9]*\\.?[0-9]+m?$',
  bytes: '^[0-9]+(\\.[0-9]+)?(k|M|G|T|P|Ki|Mi|Gi|Ti|Pi|kB|MB|GB|TB|KiB|MiB|GiB|TiB)$',
  byteRate: '^[0-9]+(\\.[0-9]+)?(k|M|G|T|Ki|Mi|Gi|Ti|kB|MB|GB|TB|KiB|MiB|GiB|TiB)/s$',
  share: '^[0-9]+(\\.[0-9]+)? ?%$',
  instant:
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})$',
  clockTime: '^[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?$|^[+-]([0-9]+(us|ms|s|m|h|d))+$|^[0-9]{4}-.*$',
  name: '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$',
};

/** Units that may be written as bare numbers. */
const NUMBERS: readonly FieldUnit[] = ['cpu', 'share', 'number', 'money'];

export function jsonSchema(): Json {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:peakless:scenario:v1',
    title: 'Peakless scenario v1',
    ...schemaOf(ScenarioSchema),
  };
}

function schemaOf(schema: AnySchema): Json {
  const shape = shapeOf(schema);
  switch (shape.kind) {
    case 'field':
      return fieldSchema(shape.declaration);
    case 'literal':
      return { const: shape.value };
    case 'verbatim':
      return shape.description.includes('Deployment')
        ? { type: 'object', description: shape.description }
        : { type: ['string', 'number'], ...described(shape.description) };
    case 'list':
      return {
        type: 'array',
        items: schemaOf(shape.items),
        minItems: shape.min,
        maxItems: shape.max,
      };
    case 'record':
      return {
        type: 'object',
        ...described(shape.description),
        additionalProperties: schemaOf(shape.values),
        minProperties: shape.min,
        maxProperties: shape.max,
      };
    case 'union':
      return { anyOf: [...shape.members].map(([kind, member]) => memberSchema(kind, member)) };
    case 'object':
      return objectSchema(shape);
  }
}

function described(description: string): Json {
  return description === '' ? {} : { description };
}

function objectSchema(shape: Extract<Shape, { kind: 'object' }>): Json {
  const required = shape.properties
    .filter(([key, inner]) => shape.required.has(key) && !isOmittable(inner))
    .map(([key]) => key);
  const properties = shape.properties.map(([key, inner]) => [key, schemaOf(inner)] as const);
  // Strategies that nothing names get defaults; a seed may be null for the default one.
  const written = required.filter((key) => key !== 'strategies');
  return {
    type: 'object',
    ...described(shape.description),
    properties: Object.fromEntries(properties),
    ...(written.length === 0 ? {} : { required: written }),
    additionalProperties: false,
  };
}

/** A strategy needs neither its name (its kind) nor its kind (that of what it extends). */
function memberSchema(kind: string, member: AnySchema): Json {
  const { required: _, ...open } = schemaOf(member);
  return { title: kind, ...open, anyOf: [{ required: ['kind'] }, { required: ['extends'] }] };
}

function fieldSchema(declaration: FieldDeclaration): Json {
  const { default: usual, example, source, doc } = declaration;
  const parts = [doc, source === undefined ? '' : `Source of the default: ${source}.`];
  return {
    description: parts.filter((part) => part !== '').join(' '),
    ...valueSchema(declaration),
    ...(usual === undefined ? {} : { default: usual }),
    ...(example === undefined ? {} : { examples: [example] }),
  };
}

function valueSchema(declaration: FieldDeclaration): Json {
  const { unit, values, min, max } = declaration;
  const variable = { type: 'string', pattern: VARIABLE };
  const bounds = {
    ...(typeof min === 'number' ? { minimum: min } : {}),
    ...(typeof max === 'number' ? { maximum: max } : {}),
  };
  const pattern = PATTERNS[unit];
  if (unit === 'enum') return { anyOf: [{ enum: values }, variable] };
  if (unit === 'boolean') return { anyOf: [{ type: 'boolean' }, variable] };
  if (unit === 'count') return { anyOf: [{ type: 'integer', minimum: 0, ...bounds }, variable] };
  if (unit === 'seed') return { type: ['integer', 'string', 'null'] };
  if (unit === 'text') {
    const languages = { en: { type: 'string' }, 'zh-CN': { type: 'string' } };
    const local = {
      type: 'object',
      properties: languages,
      additionalProperties: false,
      minProperties: 1,
    };
    return { anyOf: [{ type: 'string' }, local] };
  }
  if (unit === 'string') return { type: 'string', minLength: 1 };
  const number = NUMBERS.includes(unit) ? [{ type: 'number', ...bounds }] : [];
  const text = pattern === undefined ? [] : [{ type: 'string', pattern, ...wording(declaration) }];
  return { anyOf: [...number, ...text, variable] };
}

function wording(declaration: FieldDeclaration): Json {
  const range = boundsText(declaration);
  return { title: `${unitText(declaration.unit)}${range === 'any' ? '' : `; ${range}`}` };
}
