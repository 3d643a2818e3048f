/**
 * `vars`: knobs that sliders, `--set` and sweeps address by name. `${name}` inside any text of the
 * file is replaced before units are read; a text that is nothing but `${name}` becomes the value
 * itself, number or text. `$${` stands for a literal `${`.
 */
import { listed, type Reporter, shownNode } from './diagnostics.ts';
import {
  child,
  mapNode,
  type Path,
  type SourceMap,
  type SourceNode,
  type SourceScalar,
  scalarNode,
} from './source.ts';
import { didYouMean } from './suggest.ts';

type Values = ReadonlyMap<string, string | number>;

const REFERENCE = /\$?\$\{([^}]*)\}/g;
const LONGEST_RESULT = 20_000;

/** The document with every `${name}` replaced, except inside `vars`. */
export function substituteVariables(root: SourceMap, reporter: Reporter): SourceMap {
  const values = variableValues(child(root, 'vars'), reporter);
  const entries = [...root.entries].map(([key, entry]) => {
    if (key === 'vars') return [key, entry] as const;
    const value = substitute(entry.value, [key], values, reporter);
    return [key, { keyAt: entry.keyAt, value }] as const;
  });
  return mapNode(entries, root.at);
}

function variableValues(vars: SourceNode | undefined, reporter: Reporter): Values {
  const values = new Map<string, string | number>();
  if (vars?.kind !== 'map') return values;
  for (const [name, entry] of vars.entries) {
    const value = child(entry.value, 'value');
    if (value === undefined) continue;
    // A broken variable still has its name: what uses it must not be reported as well.
    values.set(name, readValue(value, ['vars', name, 'value'], reporter) ?? 0);
    const range = child(entry.value, 'range');
    if (range?.kind !== 'list') continue;
    const bounds = range.items.map((item, i) =>
      readValue(item, ['vars', name, 'range', i], reporter),
    );
    checkOrder(bounds, { at: range.at, path: ['vars', name, 'range'] }, reporter);
  }
  return values;
}

/** Bounds with units stay as they are: what they mean depends on where the variable is used. */
function checkOrder(
  [low, high]: readonly (string | number | undefined)[],
  where: { readonly at: SourceNode['at']; readonly path: Path },
  reporter: Reporter,
): void {
  if (typeof low !== 'number' || typeof high !== 'number' || low < high) return;
  const facts = { problem: 'the range does not rise', got: `${low} to ${high}` };
  reporter.report('E_MIN_MAX', where, { ...facts, hint: 'write the smaller bound first' });
}

function readValue(node: SourceNode, path: Path, reporter: Reporter): string | number | undefined {
  if (node.kind === 'invalid') return undefined;
  const value = node.kind === 'scalar' ? node.value : null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const code = typeof value === 'number' ? 'E_NOT_FINITE' : 'E_TYPE';
  reporter.report(
    code,
    { at: node.at, path },
    { got: shownNode(node), allowed: 'text or a number' },
  );
  return undefined;
}

function substitute(node: SourceNode, path: Path, values: Values, reporter: Reporter): SourceNode {
  if (node.kind === 'list') {
    const items = node.items.map((item, i) => substitute(item, [...path, i], values, reporter));
    return { kind: 'list', at: node.at, items };
  }
  if (node.kind === 'map') {
    const entries = [...node.entries].map(
      ([key, { keyAt, value }]) =>
        [key, { keyAt, value: substitute(value, [...path, key], values, reporter) }] as const,
    );
    return mapNode(entries, node.at);
  }
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  return node.value.includes('${')
    ? substituteText(node, node.value, path, values, reporter)
    : node;
}

function substituteText(
  node: SourceScalar,
  text: string,
  path: Path,
  values: Values,
  reporter: Reporter,
): SourceNode {
  const whole = /^\$\{([^}]*)\}$/.exec(text);
  const wholeValue = whole === null ? undefined : values.get(whole[1]);
  if (wholeValue !== undefined) return scalarNode(wholeValue, node.at);
  let missing: string | undefined;
  const replaced = text.replace(REFERENCE, (match, name: string) => {
    if (match.startsWith('$$')) return match.slice(1);
    const value = values.get(name);
    if (value === undefined) missing = name;
    return String(value);
  });
  if (missing === undefined && replaced.length <= LONGEST_RESULT) {
    return scalarNode(replaced, node.at);
  }
  if (missing === undefined) {
    reporter.report('E_RANGE', { at: node.at, path }, { problem: 'the text gets too long' });
  } else {
    const names = [...values.keys()];
    const problem = `there is no variable ${missing.slice(0, 60)}`;
    const facts = {
      problem,
      allowed: listed(names) || 'none: vars is empty',
      ...didYouMean(missing, names),
    };
    reporter.report('E_REF', { at: node.at, path }, facts);
  }
  return { kind: 'invalid', at: node.at };
}

/** Text that substitution leaves as it is. */
export function escapeReferences(text: string): string {
  return text.replaceAll('${', () => '$${');
}
