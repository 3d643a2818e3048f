/**
 * A document as it would be written out in full: the source of `validate --resolved`. Scalars keep
 * the text of the file (`45ms`, not 45000), and say so where a default filled them in.
 */
import { plainScalar } from './scalar-text.ts';
import type { Scalar, SourceNode } from './source.ts';

export type Written =
  | { readonly kind: 'scalar'; readonly value: Scalar; readonly note?: string }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, Written])[] }
  | { readonly kind: 'list'; readonly items: readonly Written[] };

export function writtenScalar(value: Scalar, note?: string): Written {
  return note === undefined ? { kind: 'scalar', value } : { kind: 'scalar', value, note };
}

/** The node as it stands in the file. */
export function writtenNode(node: SourceNode): Written {
  if (node.kind === 'scalar') return writtenScalar(node.value);
  if (node.kind === 'list') return { kind: 'list', items: node.items.map(writtenNode) };
  if (node.kind === 'invalid') return writtenScalar(null);
  const entries = [...node.entries].map(([key, entry]) => [key, writtenNode(entry.value)] as const);
  return { kind: 'map', entries };
}

export function writtenEntry(map: Written, key: string): Written | undefined {
  if (map.kind !== 'map') return undefined;
  return map.entries.find(([name]) => name === key)?.[1];
}

/** The map with `key` replaced, or inserted in front of `next`. */
export function withWritten(map: Written, key: string, value: Written, next?: string): Written {
  if (map.kind !== 'map') return map;
  const entries = map.entries.map((entry) => (entry[0] === key ? ([key, value] as const) : entry));
  if (entries.some(([name]) => name === key)) return { kind: 'map', entries };
  const index = entries.findIndex(([name]) => name === next);
  entries.splice(index < 0 ? entries.length : index, 0, [key, value]);
  return { kind: 'map', entries };
}

export function withoutWritten(map: Written, key: string): Written {
  if (map.kind !== 'map') return map;
  return { kind: 'map', entries: map.entries.filter(([name]) => name !== key) };
}

const COLUMN = 44;

/** YAML 1.2 in block style, with the note of a scalar as a comment. */
export function yamlText(document: Written): string {
  return `${blockLines(document, '').join('\n')}\n`;
}

function blockLines(node: Written, indent: string): string[] {
  if (node.kind === 'scalar') return [scalarLine(`${indent}`, node)];
  if (node.kind === 'list') {
    return node.items.flatMap((item) => {
      const lines = isBlock(item) ? blockLines(item, `${indent}  `) : [inline(`${indent}  `, item)];
      return [`${indent}- ${lines[0].slice(indent.length + 2)}`, ...lines.slice(1)];
    });
  }
  return node.entries.flatMap(([key, value]) => {
    const head = `${indent}${plainScalar(key)}:`;
    if (!isBlock(value)) return [inline(`${head} `, value)];
    return [head, ...blockLines(value, `${indent}  `)];
  });
}

function isBlock(node: Written): boolean {
  if (node.kind === 'map') return node.entries.length > 0;
  return node.kind === 'list' && node.items.length > 0;
}

function inline(head: string, node: Written): string {
  if (node.kind === 'scalar') return scalarLine(head, node);
  return `${head}${node.kind === 'map' ? '{}' : '[]'}`;
}

function scalarLine(head: string, node: Extract<Written, { kind: 'scalar' }>): string {
  const text = `${head}${plainScalar(node.value)}`;
  return node.note === undefined ? text : `${text.padEnd(COLUMN)} # ${node.note}`;
}
