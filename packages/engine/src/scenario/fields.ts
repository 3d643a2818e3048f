/**
 * Field constructors of the scenario schema: a field is declared once, with its unit, range,
 * default, sentence and source; the type, the validator, the JSON Schema, the form in the web page
 * and the table in the docs derive from the declaration.
 *
 * A field with a default is always present in the resolved scenario, hence not optional in its
 * static type. Static types are in canonical units: time µs, rate requests/s, CPU millicores,
 * memory bytes, shares 0..1.
 */
import Type, { type TOptional, type TUnsafe } from 'typebox';

export type FieldUnit =
  | 'duration' // "45ms" → integer µs
  | 'rate' // "200/s" → requests per second
  | 'cpu' // Kubernetes quantity "500m" → millicores
  | 'bytes' // "512Mi", "380MB" → bytes
  | 'byteRate' // "70MB/s" → bytes per second
  | 'share' // "30%" or 0.3 → 0.3
  | 'count' // integer ≥ 0
  | 'number'
  | 'money' // decimal number of the book's currency → integer micro-units
  | 'instant' // ISO 8601 with offset → integer µs since the Unix epoch
  | 'clockTime' // "07:50", "07:50:30" (wall clock of the scenario) or "+5m" after the start → µs since start
  | 'name' // lower-case DNS label
  | 'text' // localised: a string or { en, zh-CN }
  | 'string'
  | 'boolean'
  | 'enum'
  | 'seed'; // integer or non-empty string → string

export interface FieldDeclaration {
  readonly unit: FieldUnit;
  /** One sentence: what the field means. */
  readonly doc: string;
  /** As it would be written in a file. */
  readonly default?: string | number | boolean;
  /** Where the default comes from. */
  readonly source?: string;
  /** Bounds as they would be written in a file, inclusive. */
  readonly min?: string | number;
  readonly max?: string | number;
  readonly values?: readonly string[];
  readonly example?: string | number;
}

/** Key of the schema under which a field keeps its declaration. */
export const DECLARATION = 'x-peakless';

/**
 * Key of a record schema under which the rule for its keys is kept: `name` = lower-case DNS label,
 * `variable` = identifier, `metric` = name of a metric in the Kubernetes metrics APIs.
 */
export const RECORD_KEYS = 'x-peakless-keys';
export type RecordKeys = 'name' | 'variable' | 'metric';

export type LocalText = { readonly en: string; readonly 'zh-CN': string };

type Options = Omit<FieldDeclaration, 'unit' | 'doc'>;

function field<T>(unit: FieldUnit, doc: string, options: Options = {}): TUnsafe<T> {
  return Type.Unsafe<T>({ [DECLARATION]: { unit, doc, ...options } });
}

export const duration = (doc: string, o?: Options) => field<number>('duration', doc, o);
export const rate = (doc: string, o?: Options) => field<number>('rate', doc, o);
export const cpu = (doc: string, o?: Options) => field<number>('cpu', doc, o);
export const bytes = (doc: string, o?: Options) => field<number>('bytes', doc, o);
export const byteRate = (doc: string, o?: Options) => field<number>('byteRate', doc, o);
export const share = (doc: string, o?: Options) => field<number>('share', doc, o);
export const count = (doc: string, o?: Options) => field<number>('count', doc, o);
export const number = (doc: string, o?: Options) => field<number>('number', doc, o);
export const money = (doc: string, o?: Options) => field<number>('money', doc, o);
export const instant = (doc: string, o?: Options) => field<number>('instant', doc, o);
export const clockTime = (doc: string, o?: Options) => field<number>('clockTime', doc, o);
export const name = (doc: string, o?: Options) => field<string>('name', doc, o);
export const text = (doc: string, o?: Options) => field<LocalText>('text', doc, o);
export const string = (doc: string, o?: Options) => field<string>('string', doc, o);
export const boolean = (doc: string, o?: Options) => field<boolean>('boolean', doc, o);
export const seed = (doc: string, o?: Options) => field<string>('seed', doc, o);

export function oneOf<const V extends readonly string[]>(doc: string, values: V, o: Options = {}) {
  return field<V[number]>('enum', doc, { ...o, values });
}

/** A choice among the entries of a registry: the registry is the one place that names them. */
export function oneKeyOf<R extends object>(doc: string, registry: R, o: Options = {}) {
  return oneOf(doc, Object.keys(registry) as Extract<keyof R, string>[], o);
}

/** A field that may be absent, also from the resolved scenario; its absence has a meaning. */
export function optional<T>(schema: TUnsafe<T>): TOptional<TUnsafe<T>> {
  return Type.Optional(schema);
}
