/**
 * `--set`: one field or variable of the document from the command line. Array items are addressed
 * by index or by their name; the value is read as YAML would read a scalar.
 */
import { badCharacter, codePointText } from './characters.ts';
import { type DiagnosticCode, type Facts, listed, type Reporter } from './diagnostics.ts';
import { readScalar } from './scalar-text.ts';
import {
  child,
  childText,
  FORBIDDEN_KEYS,
  MAX_DEPTH,
  mapNode,
  type Path,
  type SourceList,
  type SourceMap,
  type SourceNode,
  type SourcePosition,
  scalarNode,
  withEntry,
} from './source.ts';
import { didYouMean } from './suggest.ts';

/** A setting cannot be applied: code and what to say about it. */
interface Refusal {
  readonly code: DiagnosticCode;
  readonly facts: Facts;
}

const LONGEST_SETTING = 10_000;

/** Path → text of the value, in the order of the command line. */
export type Settings = Readonly<Record<string, string>>;

/** The document with settings applied in order; `topKeys` are its possible fields. */
export function applySettings(
  root: SourceMap,
  settings: Settings,
  topKeys: readonly string[],
  reporter: Reporter,
): SourceMap {
  let result = root;
  for (const [name, text] of Object.entries(settings)) {
    const at = { file: `--set ${`${name}=${text}`.slice(0, 120)}` };
    const applied = applySetting(result, { name, text }, topKeys, at);
    if ('code' in applied) reporter.report(applied.code, { at }, applied.facts);
    else result = applied.root;
  }
  return result;
}

function applySetting(
  root: SourceMap,
  { name, text }: { readonly name: string; readonly text: string },
  topKeys: readonly string[],
  at: SourcePosition,
): { readonly root: SourceMap } | Refusal {
  if (name.length + text.length > LONGEST_SETTING) {
    return refuse('E_SET', { problem: 'the setting is too long' });
  }
  const steps = readPath(name.trim());
  if (steps === undefined) return refuse('E_SET', { problem: 'the path cannot be read' });
  const value = readScalar(text);
  if (value === undefined) return refuse('E_SET', { problem: 'the quotes do not match' });
  const bad = typeof value === 'string' ? badCharacter(value) : -1;
  if (bad >= 0) return refuse('E_CHAR', { got: codePointText(String(value), bad) });
  const forbidden = steps.find((step) => FORBIDDEN_KEYS.includes(String(step)));
  if (forbidden !== undefined) return refuse('E_FORBIDDEN_KEY', { got: String(forbidden) });
  const path = addressed(root, steps, topKeys);
  if ('code' in path) return path;
  const set = setIn(root, path.steps, scalarNode(value, at), at);
  if ('code' in set) return set;
  return set.node.kind === 'map' ? { root: set.node } : refuse('E_SET', {});
}

function refuse(code: DiagnosticCode, facts: Facts): Refusal {
  return { code, facts };
}

/** `a.b[0]["c.d"].e` → steps. */
function readPath(text: string): Path | undefined {
  const steps: (string | number)[] = [];
  const token = /(?:^|\.)([^.[\]\s"]+)|\[(\d{1,6})\]|\["([^"\]]+)"\]/y;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) return undefined;
    steps.push(match[1] ?? (match[2] === undefined ? match[3] : Number(match[2])));
  }
  return steps.length === 0 || steps.length > MAX_DEPTH ? undefined : steps;
}

/** A single word names a variable first, then a field of the document. */
function addressed(
  root: SourceMap,
  steps: Path,
  topKeys: readonly string[],
): { readonly steps: Path } | Refusal {
  const [first] = steps;
  const vars = child(root, 'vars');
  const names = vars?.kind === 'map' ? [...vars.entries.keys()] : [];
  if (steps.length === 1 && names.includes(String(first))) {
    return { steps: ['vars', String(first), 'value'] };
  }
  if (topKeys.includes(String(first))) return { steps };
  const known = steps.length === 1 ? [...names, ...topKeys] : topKeys;
  return refuse('E_REF', {
    problem: `there is no ${steps.length === 1 ? 'variable or field' : 'field'} ${first}`,
    allowed: listed(known),
    ...didYouMean(String(first), known),
  });
}

type SetResult = { readonly node: SourceNode } | Refusal;

function setIn(
  node: SourceNode | undefined,
  steps: Path,
  leaf: SourceNode,
  at: SourcePosition,
): SetResult {
  const [step, ...rest] = steps;
  if (step === undefined) return { node: leaf };
  if (node?.kind === 'list') return setInList(node, step, rest, leaf, at);
  if (typeof step === 'number') {
    return refuse('E_SET', { problem: `there is no list for the index [${step}]` });
  }
  const isEmpty = node === undefined || (node.kind === 'scalar' && node.value === null);
  if (!isEmpty && node.kind !== 'map') {
    return refuse('E_SET', { problem: `${step} would lie inside a value that has no fields` });
  }
  const map = node?.kind === 'map' ? node : mapNode([], at);
  const inner = setIn(map.entries.get(step)?.value, rest, leaf, at);
  if ('code' in inner) return inner;
  return { node: withEntry(map, step, { keyAt: at, value: inner.node }) };
}

function setInList(
  list: SourceList,
  step: string | number,
  rest: Path,
  leaf: SourceNode,
  at: SourcePosition,
): SetResult {
  const names = list.items.map((item) => childText(item, 'name') ?? childText(item, 'kind') ?? '');
  const index = typeof step === 'number' ? step : names.indexOf(step);
  const item = list.items[index];
  if (item === undefined) {
    const known = names.filter((name) => name !== '');
    return refuse('E_REF', {
      problem: typeof step === 'number' ? `there is no item [${step}]` : `there is no item ${step}`,
      allowed: known.length > 0 ? listed(known) : `an index below ${list.items.length}`,
      ...(typeof step === 'string' ? didYouMean(step, known) : {}),
    });
  }
  const inner = setIn(item, rest, leaf, at);
  if ('code' in inner) return inner;
  const items = list.items.map((old, i) => (i === index ? inner.node : old));
  return { node: { kind: 'list', at: list.at, items } };
}
