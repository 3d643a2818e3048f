/**
 * Scalars as YAML 1.2 (core schema) writes them: reading `--set` values, writing resolved files.
 * @source YAML 1.2.2, section 10.3.2, tag resolution of the core schema
 */
import type { Scalar } from './source.ts';

const INTEGER = /^[-+]?\d+$/;
const FLOAT = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;

/** What the text would be as a plain or quoted YAML scalar; undefined = broken quoting. */
export function readScalar(text: string): Scalar | undefined {
  const trimmed = text.trim();
  if (trimmed.startsWith('"')) return readDoubleQuoted(trimmed);
  if (trimmed.startsWith("'")) {
    const body = /^'((?:[^']|'')*)'$/.exec(trimmed);
    return body === null ? undefined : body[1].replaceAll("''", "'");
  }
  if (/^(|~|null|Null|NULL)$/.test(trimmed)) return null;
  if (/^(true|True|TRUE)$/.test(trimmed)) return true;
  if (/^(false|False|FALSE)$/.test(trimmed)) return false;
  if (INTEGER.test(trimmed) || FLOAT.test(trimmed)) return Number(trimmed);
  if (/^0x[0-9a-fA-F]+$/.test(trimmed) || /^0o[0-7]+$/.test(trimmed)) return Number(trimmed);
  if (/^[-+]?\.(inf|Inf|INF)$/.test(trimmed)) {
    return trimmed.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (/^\.(nan|NaN|NAN)$/.test(trimmed)) return Number.NaN;
  return trimmed;
}

function readDoubleQuoted(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Words that YAML 1.1 readers take for booleans. */
const YAML_1_1 = /^(y|n|yes|no|on|off)$/i;

/** A scalar that reads back to the same value; quoted unless it is plainly safe. */
export function plainScalar(value: Scalar): string {
  if (typeof value !== 'string') return value === null ? 'null' : String(value);
  const safe = /^[A-Za-z0-9+$][A-Za-z0-9 _.,/%+()-]*$/.test(value) && !/\s$/.test(value);
  if (safe && !YAML_1_1.test(value) && readScalar(value) === value) return value;
  return JSON.stringify(value);
}
