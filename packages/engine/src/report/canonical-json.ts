/**
 * JSON with one form per value: keys in code-unit order, two spaces, rows of plain values on one
 * line, a newline at the end. Absent and undefined are the same; a number that JSON cannot hold is
 * an error rather than a silent null.
 */
import { assert } from '../kernel/assert.ts';

export function toCanonicalJson(value: unknown): string {
  return `${write(value, '')}\n`;
}

function write(value: unknown, indent: string): string {
  if (typeof value === 'number') {
    assert(Number.isFinite(value), `JSON cannot hold the number ${value}`);
    return JSON.stringify(value);
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') {
    return JSON.stringify(value);
  }
  assert(typeof value === 'object', `JSON cannot hold a ${typeof value}`);
  return Array.isArray(value) ? writeArray(value, indent) : writeObject(value, indent);
}

function writeArray(values: readonly unknown[], indent: string): string {
  if (values.every((value) => typeof value !== 'object' || value === null)) {
    return `[${values.map((value) => write(value, indent)).join(', ')}]`;
  }
  const inner = `${indent}  `;
  return `[\n${values.map((value) => inner + write(value, inner)).join(',\n')}\n${indent}]`;
}

function writeObject(value: object, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => `${inner}${JSON.stringify(key)}: ${write(entry, inner)}`);
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
}
