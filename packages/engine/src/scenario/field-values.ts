/**
 * One field: from what is written to its canonical value, or a diagnostic. Nothing is coerced:
 * a number is not text, text is not a number, and a unit is never guessed.
 */
import { badCharacter, codePointText, isName, isReservedName } from './characters.ts';
import { type Facts, listed, type Reporter, shownNode } from './diagnostics.ts';
import { type Reading, readDuration } from './durations.ts';
import type { FieldDeclaration, FieldUnit } from './fields.ts';
import { readClockTime, readInstant, type ScenarioClock } from './instants.ts';
import { readByteRate, readBytes, readCpu, readRate, readShare } from './quantities.ts';
import type { Path, SourceNode, SourceScalar } from './source.ts';
import { didYouMean } from './suggest.ts';

export interface FieldContext {
  readonly reporter: Reporter;
  /** Needed by times on the scenario's clock. */
  readonly clock: ScenarioClock;
}

/** A number of micro-units of money per unit. */
export const MONEY_SCALE = 1_000_000;
const LONGEST_TEXT = 5000;
const RESERVED_NAME = {
  problem: 'Windows reserves this name, so it could not name a report',
  hint: 'choose another name',
};

interface Place {
  readonly at: SourceNode['at'];
  readonly path: Path;
}

/** The canonical value, or undefined after a report. */
export function readField(
  declaration: FieldDeclaration,
  node: SourceNode,
  path: Path,
  context: FieldContext,
): unknown {
  if (node.kind === 'invalid') return undefined;
  const { reporter } = context;
  const place = { at: node.at, path };
  if (declaration.unit === 'text' && node.kind === 'map') return readLocalText(node, path, context);
  if (node.kind !== 'scalar' || node.value === null) {
    const hint = node.kind === 'scalar' ? { hint: 'give it a value, or remove the key' } : {};
    reporter.report('E_TYPE', place, { ...wanted(declaration, node), ...hint });
    return undefined;
  }
  if (typeof node.value === 'number' && !Number.isFinite(node.value)) {
    reporter.report('E_NOT_FINITE', place, { got: String(node.value) });
    return undefined;
  }
  const reading = NUMERIC[declaration.unit];
  if (reading !== undefined) return readNumeric(declaration, node, place, context);
  return readWord(declaration, node, place, context);
}

/** Units that come to a number: from a number, or from text with a unit. */
const NUMERIC: Partial<
  Record<FieldUnit, (value: string | number, clock: ScenarioClock) => Reading<number>>
> = {
  duration: (v) => (typeof v === 'string' ? readDuration(v) : unitless(v, 'E_DURATION', 's')),
  rate: (v) => (typeof v === 'string' ? readRate(v) : unitless(v, 'E_QUANTITY', '/s')),
  cpu: (v) => readCpu(typeof v === 'string' ? v : decimalText(v)),
  bytes: (v) => (typeof v === 'string' ? readBytes(v) : unitless(v, 'E_QUANTITY', 'Mi')),
  byteRate: (v) => (typeof v === 'string' ? readByteRate(v) : unitless(v, 'E_QUANTITY', 'MB/s')),
  share: (v) => (typeof v === 'string' ? readShare(v) : { value: v }),
  count: (v) => (Number.isInteger(v) ? { value: Number(v) } : { code: 'E_TYPE' }),
  number: (v) => (typeof v === 'number' ? { value: v } : { code: 'E_TYPE' }),
  money: (v) =>
    typeof v === 'number' ? { value: Math.round(v * MONEY_SCALE) } : { code: 'E_TYPE' },
  instant: (v) => {
    const read: Reading<{ readonly at: number }> =
      typeof v === 'string' ? readInstant(v) : { code: 'E_TYPE' };
    return 'value' in read ? { value: read.value.at } : read;
  },
  clockTime: (v, clock) => (typeof v === 'string' ? readClockTime(v, clock) : { code: 'E_TIME' }),
};

function unitless(value: number, code: 'E_DURATION' | 'E_QUANTITY', unit: string): Reading<number> {
  if (value < 0) return { code: 'E_RANGE' };
  return {
    code,
    problem: 'the unit is missing',
    hint: `did you mean ${decimalText(value)}${unit}?`,
  };
}

/** A number as decimal digits, without exponent. */
function decimalText(value: number): string {
  const text = String(value);
  const match = /^(-?\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, first, decimals = '', exponent] = match;
  const shift = Number(exponent);
  if (shift >= 0) return `${first}${decimals.padEnd(shift, '0')}`;
  const sign = first.startsWith('-') ? '-' : '';
  return `${sign}0.${'0'.repeat(-shift - 1)}${first.replace('-', '')}${decimals}`;
}

function readNumeric(
  declaration: FieldDeclaration,
  node: SourceScalar,
  place: Place,
  { reporter, clock }: FieldContext,
): number | undefined {
  const { value } = node;
  const read = NUMERIC[declaration.unit];
  if (read === undefined) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') {
    reporter.report('E_TYPE', place, wanted(declaration, node));
    return undefined;
  }
  const reading = read(value, clock);
  if (!('value' in reading)) {
    const { code, problem, hint } = reading;
    const facts = { ...(problem ? { problem } : {}), ...(hint ? { hint } : {}) };
    const allowed = code === 'E_TYPE' ? { ...wanted(declaration, node), ...numberHint(node) } : {};
    const bounds = code === 'E_RANGE' ? { allowed: boundsText(declaration) } : {};
    reporter.report(code, place, { got: shownNode(node), ...allowed, ...bounds, ...facts });
    return undefined;
  }
  if (outOfRange(declaration, reading.value)) {
    reporter.report('E_RANGE', place, { got: shownNode(node), allowed: boundsText(declaration) });
    return undefined;
  }
  return reading.value;
}

function numberHint(node: SourceScalar): { hint?: string } {
  if (typeof node.value === 'number') return { hint: 'write a whole number' };
  if (typeof node.value !== 'string') return {};
  if (/\d,\d/.test(node.value)) return { hint: 'write a decimal point, not a comma' };
  if (/^[+-]?\d+(\.\d+)?$/.test(node.value)) return { hint: `remove the quotes: ${node.value}` };
  return {};
}

const SIGNED: readonly FieldUnit[] = ['number', 'instant', 'clockTime'];

function bound(declaration: FieldDeclaration, written: string | number | undefined): number | null {
  if (written === undefined) return null;
  if (written === 0) return 0;
  const reading = NUMERIC[declaration.unit]?.(written, { start: 0, utcOffset: 0, duration: 0 });
  return reading !== undefined && 'value' in reading ? reading.value : Number(written);
}

function outOfRange(declaration: FieldDeclaration, value: number): boolean {
  const min = bound(declaration, declaration.min);
  const max = bound(declaration, declaration.max);
  if (min === null && value < 0 && !SIGNED.includes(declaration.unit)) return true;
  return (min !== null && value < min) || (max !== null && value > max);
}

/** `1ms to 10m`, `0 or more`. */
export function boundsText(declaration: FieldDeclaration): string {
  const { min, max, unit } = declaration;
  const low = min ?? (SIGNED.includes(unit) ? undefined : 0);
  if (low !== undefined && max !== undefined) return `${low} to ${max}`;
  if (low !== undefined) return `${low} or more`;
  return max === undefined ? 'any' : `${max} or less`;
}

function readWord(
  declaration: FieldDeclaration,
  node: SourceScalar,
  place: Place,
  { reporter }: FieldContext,
): unknown {
  const { value } = node;
  if (declaration.unit === 'boolean') {
    if (typeof value === 'boolean') return value;
    reporter.report('E_TYPE', place, wanted(declaration, node));
    return undefined;
  }
  if (declaration.unit === 'seed' && typeof value === 'number') {
    if (Number.isSafeInteger(value)) return String(value);
    const hint = 'use a whole number below 9007199254740992, or quote it';
    reporter.report('E_RANGE', place, { got: shownNode(node), hint });
    return undefined;
  }
  if (typeof value !== 'string') {
    const hint = typeof value === 'number' ? { hint: `quote it: "${value}"` } : {};
    reporter.report('E_TYPE', place, { ...wanted(declaration, node), ...hint });
    return undefined;
  }
  return checkText(declaration, value, place, reporter);
}

function checkText(
  declaration: FieldDeclaration,
  value: string,
  place: Place,
  reporter: Reporter,
): unknown {
  const got = shownNode({ kind: 'scalar', at: place.at, value });
  const bad = badCharacter(value);
  if (bad >= 0) {
    reporter.report('E_CHAR', place, { got: codePointText(value, bad) });
    return undefined;
  }
  const { unit } = declaration;
  if (unit === 'enum') return checkEnum(declaration.values ?? [], value, place, reporter);
  if (unit === 'name' && !isName(value)) {
    const reserved = isReservedName(value) ? RESERVED_NAME : {};
    reporter.report('E_NAME', place, { got, ...reserved });
    return undefined;
  }
  if (value.length > LONGEST_TEXT) {
    reporter.report('E_RANGE', place, {
      got: `${value.length} characters`,
      allowed: `${LONGEST_TEXT} characters at most`,
    });
    return undefined;
  }
  if (unit === 'string' && value.trim() === '') {
    reporter.report('E_TYPE', place, { got, allowed: 'text that is not empty' });
    return undefined;
  }
  return unit === 'text' ? { en: value, 'zh-CN': value } : value;
}

export function checkEnum(
  values: readonly string[],
  value: string,
  place: Place,
  reporter: Reporter,
): string | undefined {
  if (values.includes(value)) return value;
  const facts: Facts = { got: JSON.stringify(value.slice(0, 60)), allowed: listed(values) };
  reporter.report('E_ENUM', place, { ...facts, ...didYouMean(value, values) });
  return undefined;
}

const LANGUAGES = ['en', 'zh-CN'] as const;

function readLocalText(
  node: Extract<SourceNode, { kind: 'map' }>,
  path: Path,
  context: FieldContext,
): unknown {
  const found: Record<string, string> = {};
  for (const [key, entry] of node.entries) {
    if (!LANGUAGES.some((language) => language === key)) {
      const cut = key.includes(' ')
        ? { hint: 'a comma ends a text within { }: quote the text' }
        : {};
      const facts = { got: key, allowed: listed(LANGUAGES), ...didYouMean(key, LANGUAGES), ...cut };
      context.reporter.report('E_UNKNOWN_KEY', { at: entry.keyAt, path: [...path, key] }, facts);
      continue;
    }
    const text = readField({ unit: 'string', doc: '' }, entry.value, [...path, key], context);
    if (typeof text !== 'string') return undefined;
    found[key] = text;
  }
  const any = found.en ?? found['zh-CN'];
  if (any === undefined) {
    context.reporter.report('E_REQUIRED', { at: node.at, path }, { allowed: listed(LANGUAGES) });
    return undefined;
  }
  return { en: found.en ?? any, 'zh-CN': withoutFolds(found['zh-CN'] ?? any) };
}

/** YAML folds a line break into a space, which Chinese has none of between its characters. */
function withoutFolds(text: string): string {
  return text.replace(FOLD, '');
}

/** Between two such characters, or beside their punctuation, which brings its own space. */
const FOLD =
  /(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])|(?<=[，。；：、！？）]) | (?=[，。；：、！？（])/g;

const WANTED: Record<FieldUnit, string> = {
  duration: 'a duration such as 45ms',
  rate: 'a rate such as 200/s',
  cpu: 'CPU such as 500m or 2',
  bytes: 'a size such as 512Mi',
  byteRate: 'a size per second such as 70MB/s',
  share: 'a share such as 30% or 0.3',
  count: 'a whole number',
  number: 'a number',
  money: 'a decimal number',
  instant: 'a time such as 2026-01-01T07:45:00+08:00',
  clockTime: 'a time such as 07:50 or +5m',
  name: 'a name',
  text: 'text, or { en, zh-CN }',
  string: 'text',
  boolean: 'true or false',
  enum: 'a name',
  seed: 'a whole number or text',
};

export function unitText(unit: FieldUnit): string {
  return WANTED[unit];
}

function wanted(declaration: FieldDeclaration, node: SourceNode): Facts {
  const type =
    node.kind === 'scalar' && node.value !== null
      ? `${typeof node.value === 'string' ? 'text' : typeof node.value} ${shownNode(node)}`
      : shownNode(node);
  const allowed =
    declaration.unit === 'enum' ? listed(declaration.values ?? []) : WANTED[declaration.unit];
  return { got: type, allowed };
}
