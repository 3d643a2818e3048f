/**
 * A decoded document that remembers where each part of it was written. YAML, JSON and `--set` all
 * become such trees outside the engine; merging and overriding move nodes with their positions, so
 * an error always points at the text that caused it.
 *
 * Invariants: trees are acyclic and at most `MAX_DEPTH` deep; `invalid` marks a part that was
 * already reported, so later phases stay silent about it.
 */

/** Line and column count from 1; absent for documents that have no text (`--set`, values). */
export interface SourcePosition {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

export type Scalar = string | number | boolean | null;

export interface SourceScalar {
  readonly kind: 'scalar';
  readonly at: SourcePosition;
  readonly value: Scalar;
}

export interface SourceEntry {
  readonly keyAt: SourcePosition;
  readonly value: SourceNode;
}

export interface SourceMap {
  readonly kind: 'map';
  readonly at: SourcePosition;
  readonly entries: ReadonlyMap<string, SourceEntry>;
}

export interface SourceList {
  readonly kind: 'list';
  readonly at: SourcePosition;
  readonly items: readonly SourceNode[];
}

export interface SourceInvalid {
  readonly kind: 'invalid';
  readonly at: SourcePosition;
}

export type SourceNode = SourceScalar | SourceMap | SourceList | SourceInvalid;

/** Deepest nesting of a document. */
export const MAX_DEPTH = 64;

/** Keys that would reach an object's prototype. */
export const FORBIDDEN_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

export type Path = readonly (string | number)[];

/** `services.app.time`, `load[0].stages[2].target`, `types["c7i.large"].cpu`. */
export function pathText(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (!/^[^.[\]"\s]+$/.test(step)) text += `[${JSON.stringify(step)}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

export function scalarNode(value: Scalar, at: SourcePosition): SourceScalar {
  return { kind: 'scalar', at, value };
}

export function mapNode(
  entries: Iterable<readonly [string, SourceEntry]>,
  at: SourcePosition,
): SourceMap {
  return { kind: 'map', at, entries: new Map(entries) };
}

/** The entry's value, when `node` is a map that has it. */
export function child(node: SourceNode | undefined, key: string): SourceNode | undefined {
  return node?.kind === 'map' ? node.entries.get(key)?.value : undefined;
}

export function childText(node: SourceNode | undefined, key: string): string | undefined {
  const value = child(node, key);
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

/** A copy of the map with one entry added or replaced. */
export function withEntry(map: SourceMap, key: string, entry: SourceEntry): SourceMap {
  return mapNode([...map.entries, [key, entry]], map.at);
}

export function withoutEntries(map: SourceMap, keys: readonly string[]): SourceMap {
  return mapNode(
    [...map.entries].filter(([key]) => !keys.includes(key)),
    map.at,
  );
}

/** Maps are merged key by key, anything else is replaced by `over`. */
export function deepMerge(base: SourceNode | undefined, over: SourceNode): SourceNode {
  if (base?.kind !== 'map' || over.kind !== 'map') return over;
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const below = entries.get(key)?.value;
    entries.set(key, { keyAt: entry.keyAt, value: deepMerge(below, entry.value) });
  }
  return { kind: 'map', at: over.at, entries };
}

/** The plain value, without positions; an invalid part is `undefined`. */
export function plainValue(node: SourceNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainValue);
  if (node.kind === 'invalid') return undefined;
  return Object.fromEntries(
    [...node.entries].map(([key, entry]) => [key, plainValue(entry.value)]),
  );
}

/** The node at `path`, or the nearest one above it. */
export function nodeAt(root: SourceNode, path: Path): { node: SourceNode; exact: boolean } {
  let node = root;
  for (const step of path) {
    const next =
      typeof step === 'number'
        ? node.kind === 'list'
          ? node.items[step]
          : undefined
        : child(node, step);
    if (next === undefined) return { node, exact: false };
    node = next;
  }
  return { node, exact: true };
}
