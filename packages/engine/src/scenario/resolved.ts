/**
 * The resolved file: what the walk wrote down, without what was only merged in for reading, plus
 * the defaults that depend on other parts of the scenario. It parses to the same Scenario, and its
 * own resolved file is itself.
 */
import { child, childText, type SourceMap } from './source.ts';
import { escapeReferences } from './variables.ts';
import {
  type Written,
  withoutWritten,
  withWritten,
  writtenEntry,
  writtenScalar,
  yamlText,
} from './written.ts';

interface ResolvedFacts {
  readonly baseline: string;
  /** Services that a load without a route goes to. */
  readonly routed: readonly string[];
}

const HEADER = '# Every default filled in; “default” marks values that equal it.\n';

export function resolvedText(
  written: Written | undefined,
  document: SourceMap,
  { baseline, routed }: ResolvedFacts,
): string {
  if (written === undefined) return '';
  const strategies = writtenEntry(written, 'strategies');
  const first = strategies?.kind === 'list' ? strategies.items[0] : undefined;
  const firstName = first && writtenEntry(first, 'name');
  const isFirst = firstName?.kind === 'scalar' && firstName.value === baseline;
  let result = mapItems(written, 'load', (load) => withRoute(withoutProcess(load), routed));
  result = mapItems(result, 'strategies', (item) => ownFields(item, document));
  const note = isFirst ? 'default; the first strategy' : undefined;
  result = withWritten(result, 'baseline', writtenScalar(baseline, note), 'objectives');
  return `${HEADER}${yamlText(escaped(result))}`;
}

function mapItems(map: Written, key: string, change: (item: Written) => Written): Written {
  const list = writtenEntry(map, key);
  if (list?.kind !== 'list') return map;
  return withWritten(map, key, { kind: 'list', items: list.items.map(change) });
}

/** A closed load has none: that of open ones is merely the default. */
function withoutProcess(load: Written): Written {
  return writtenEntry(load, 'closed') === undefined ? load : withoutWritten(load, 'process');
}

/** Equal shares, when the load says nothing. */
function withRoute(load: Written, routed: readonly string[]): Written {
  if (writtenEntry(load, 'route') !== undefined) return load;
  const entries = routed.map((name) => [name, writtenScalar(1)] as const);
  return withWritten(load, 'route', { kind: 'map', entries }, 'client');
}

/** Start-up and nodes stay with a strategy only if it, or one that it extends, says something. */
function ownFields(strategy: Written, document: SourceMap): Written {
  const name = writtenEntry(strategy, 'name');
  if (name?.kind !== 'scalar') return strategy;
  let result = strategy;
  for (const key of ['startup', 'nodes'] as const) {
    if (!says(String(name.value), key, document)) result = withoutWritten(result, key);
  }
  return result;
}

function says(name: string, key: string, document: SourceMap): boolean {
  const list = child(document, 'strategies');
  if (list?.kind !== 'list') return false;
  const nameOf = (item: (typeof list.items)[number]) =>
    childText(item, 'name') ?? childText(item, 'kind');
  let item = list.items.find((candidate) => nameOf(candidate) === name);
  // Extending only looks back, so the chain ends; the bound guards against equal names.
  for (let depth = 0; item !== undefined && depth < list.items.length; depth += 1) {
    if (child(item, key) !== undefined) return true;
    const parent = childText(item, 'extends');
    item = parent === undefined ? undefined : list.items.find((c) => nameOf(c) === parent);
  }
  return false;
}

/** Text that would be read as a reference to a variable is escaped, except where it is one. */
function escaped(node: Written): Written {
  if (node.kind === 'scalar') {
    if (typeof node.value !== 'string') return node;
    return { ...node, value: escapeReferences(node.value) };
  }
  if (node.kind === 'list') return { kind: 'list', items: node.items.map(escaped) };
  const entries = node.entries.map(
    ([key, value]) => [key, key === 'vars' ? value : escaped(value)] as const,
  );
  return { kind: 'map', entries };
}
