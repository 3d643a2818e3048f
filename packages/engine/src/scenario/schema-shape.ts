/**
 * A reader's view of the schema objects of schema.ts: seven shapes. The validator, the JSON Schema
 * and the documentation walk these shapes and nothing else.
 */
import { DECLARATION, type FieldDeclaration, RECORD_KEYS, type RecordKeys } from './fields.ts';

/** Any schema object of schema.ts, seen from outside. */
export type AnySchema = object;

export type Shape =
  | { readonly kind: 'field'; readonly declaration: FieldDeclaration }
  | {
      readonly kind: 'object';
      readonly properties: readonly (readonly [string, AnySchema])[];
      readonly required: ReadonlySet<string>;
      readonly description: string;
    }
  | {
      readonly kind: 'record';
      readonly values: AnySchema;
      readonly keys: RecordKeys | undefined;
      readonly min: number;
      readonly max: number;
      readonly description: string;
    }
  | {
      readonly kind: 'list';
      readonly items: AnySchema;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: 'union'; readonly members: ReadonlyMap<string, AnySchema> }
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'verbatim'; readonly description: string };

interface RawSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, AnySchema>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, AnySchema>>;
  readonly items?: AnySchema;
  readonly anyOf?: readonly AnySchema[];
  readonly const?: unknown;
  readonly description?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly [DECLARATION]?: FieldDeclaration;
  readonly [RECORD_KEYS]?: RecordKeys;
}

/** Longest map that has no limit of its own. */
const MAX_ENTRIES = 10_000;

export function shapeOf(schema: AnySchema): Shape {
  const raw = schema as RawSchema;
  const declaration = raw[DECLARATION];
  const description = raw.description ?? '';
  if (declaration !== undefined) return { kind: 'field', declaration };
  if (typeof raw.const === 'string') return { kind: 'literal', value: raw.const };
  if (raw.anyOf !== undefined) return { kind: 'union', members: membersByKind(raw.anyOf) };
  if (raw.items !== undefined) {
    return {
      kind: 'list',
      items: raw.items,
      min: raw.minItems ?? 0,
      max: raw.maxItems ?? MAX_ENTRIES,
    };
  }
  if (raw.properties !== undefined) {
    const properties = Object.entries(raw.properties);
    return { kind: 'object', properties, required: new Set(raw.required ?? []), description };
  }
  if (raw.patternProperties !== undefined) {
    const [values] = Object.values(raw.patternProperties);
    const [min, max] = [raw.minProperties ?? 0, raw.maxProperties ?? MAX_ENTRIES];
    return { kind: 'record', values, keys: raw[RECORD_KEYS], min, max, description };
  }
  return { kind: 'verbatim', description };
}

function membersByKind(schemas: readonly AnySchema[]): ReadonlyMap<string, AnySchema> {
  const members = new Map<string, AnySchema>();
  for (const schema of schemas) {
    const kind = (schema as RawSchema).properties?.kind as RawSchema | undefined;
    if (typeof kind?.const === 'string') members.set(kind.const, schema);
  }
  return members;
}

/** True when `{}` would be valid: every field has a default or may be absent. */
export function isOmittable(schema: AnySchema): boolean {
  const shape = shapeOf(schema);
  if (shape.kind === 'field') return shape.declaration.default !== undefined;
  if (shape.kind === 'record') return shape.min === 0;
  if (shape.kind !== 'object') return false;
  return shape.properties.every(([key, inner]) => !shape.required.has(key) || isOmittable(inner));
}
