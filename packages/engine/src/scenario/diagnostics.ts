/**
 * Every error that a user can cause while a scenario is read: its code, what the code means, how to
 * fix it. docs/errors.md lists them; a test reconciles the two both ways.
 */
import type { Path, SourceNode, SourcePosition } from './source.ts';
import { pathText } from './source.ts';

export interface CodeEntry {
  /** Names the problem when the place has nothing more precise to say. */
  readonly meaning: string;
  /** The way out, when the place has no better hint. */
  readonly fix: string;
}

export const CODES = {
  E_BUDGET: {
    meaning: 'the scenario asks for more requests than one run may simulate',
    fix: 'lower the rate, the duration, the replications or the number of strategies',
  },
  E_CHAR: {
    meaning: 'the text contains a control character or half of a surrogate pair',
    fix: 'remove the character',
  },
  E_CONFLICT: {
    meaning: 'fields exclude each other',
    fix: 'keep one of them',
  },
  E_CPU_OVERCOMMIT: {
    meaning: 'the slots of a pod, each at full speed, need more CPU than its limit',
    fix: 'lower concurrency, raise the CPU limit of the Deployment, or let requests share the CPU (sharing: processor)',
  },
  E_CYCLE: {
    meaning: 'services call one another in a circle: a request would wait for itself',
    fix: 'remove one of the calls',
  },
  E_DEPTH: {
    meaning: 'the document is nested too deeply or has too many parts',
    fix: 'flatten it',
  },
  E_DUP_KEY: {
    meaning: 'a key occurs twice in one map; neither value is used',
    fix: 'remove one of the two',
  },
  E_DUP_NAME: {
    meaning: 'two items have the same name',
    fix: 'give each its own name',
  },
  E_DURATION: {
    meaning: 'not a duration',
    fix: 'write a number with a unit: 500us, 45ms, 3s, 5m, 1h, 2d, or a compound such as 1h30m',
  },
  E_EMPTY: {
    meaning: 'a scenario must be a map of fields',
    fix: 'the shortest one is { apiVersion: peakless/v1, name: my-sale, load: [{ rate: 100/s }], services: { web: { time: { mean: 50ms }, cpuPerRequest: 25ms } } }',
  },
  E_ENCODING: {
    meaning: 'the file is not valid UTF-8',
    fix: 'save it as UTF-8',
  },
  E_ENUM: {
    meaning: 'not one of the allowed names',
    fix: 'use one of the allowed names',
  },
  E_FILE_MISSING: {
    meaning: 'the file does not exist or cannot be read',
    fix: 'check the name; paths are relative to the file that names them',
  },
  E_FILE_TOO_BIG: {
    meaning: 'the file is larger than the limit',
    fix: 'split it, or move long series into a CSV trace',
  },
  E_FORBIDDEN_KEY: {
    meaning: 'this key is forbidden',
    fix: 'rename it',
  },
  E_FORMAT: {
    meaning: 'the file is of no known format',
    fix: 'use a file that names one of the known formats',
  },
  E_HPA_REQUEST: {
    meaning: 'a CPU utilization target needs a CPU request on every container',
    fix: 'set resources.requests.cpu in the Deployment, or use an AverageValue target',
  },
  E_KIND: {
    meaning: 'Kubernetes objects of this kind are not supported',
    fix: 'supported: Deployment (apps/v1) and HorizontalPodAutoscaler (autoscaling/v2)',
  },
  E_LOCAL_TIME: {
    meaning:
      'a local time may not exist or happen twice when clocks change, so it must carry its UTC offset',
    fix: 'append the offset: 2026-01-01T07:45:00+08:00',
  },
  E_MIN_MAX: {
    meaning: 'the minimum is above the maximum',
    fix: 'lower the minimum or raise the maximum',
  },
  E_NAME: {
    meaning: 'not a valid name',
    fix: 'use up to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends',
  },
  E_NOT_FINITE: {
    meaning: 'must be a finite number',
    fix: 'write an ordinary number',
  },
  E_PATH: {
    meaning: 'this path leaves the folders that a scenario may read',
    fix: 'use a relative path to a file in the folder of the scenario or below it',
  },
  E_PRICE: {
    meaning: 'the price book has no such price',
    fix: 'choose a listed type and plan, or add the price under prices.overrides with its source',
  },
  E_QUANTITY: {
    meaning: 'not a quantity',
    fix: 'write a number with a unit: 500m (CPU), 512Mi or 380MB (bytes), 200/s (rate)',
  },
  E_RANGE: {
    meaning: 'outside the allowed range',
    fix: 'use a value within the range',
  },
  E_REF: {
    meaning: 'nothing has this name',
    fix: 'use an existing name',
  },
  E_REQUIRED: {
    meaning: 'a required field is missing',
    fix: 'add it',
  },
  E_SET: {
    meaning: '--set cannot be applied',
    fix: 'write --set name=value for a variable, or --set services.app.concurrency=16 for a field',
  },
  E_SYNTAX: {
    meaning: 'the text is not valid',
    fix: 'correct the syntax at this place',
  },
  E_THRESHOLD: {
    meaning: 'not a comparison',
    fix: 'write an operator and a value: <= 800ms, >= 99%, < 12.5, or < 50% of vm-peak',
  },
  E_TIME: {
    meaning: 'not a time',
    fix: 'write 07:50 or 07:50:30 (on the clock of the scenario), or +5m (after its start)',
  },
  E_TRACE_EMPTY: {
    meaning: 'the file has no samples to use',
    fix: 'a trace needs a header and at least two rows of time and count',
  },
  E_TRACE_GAP: {
    meaning: 'the bins of a trace must follow each other at equal distance',
    fix: 'fill the missing bins (0 where there was no request), or use one bin width throughout',
  },
  E_TRACE_ORDER: {
    meaning: 'the times of a trace must rise from row to row',
    fix: 'sort the rows by time and remove repeated ones',
  },
  E_TRACE_RANGE: {
    meaning: 'the times of a trace lie beyond any plausible range',
    fix: 'times are seconds (or ISO 8601): divide milliseconds by 1000',
  },
  E_TYPE: {
    meaning: 'wrong type of value',
    fix: 'write a value of the allowed type; values are never converted silently',
  },
  E_UNKNOWN_KEY: {
    meaning: 'unknown key',
    fix: 'remove it, or see docs/scenario-format.md for the keys of this object',
  },
  E_UNSCHEDULABLE: {
    meaning: 'a pod does not fit on any node, so it could never start',
    fix: 'lower the request of the Deployment, or choose a larger nodes.type',
  },
  E_UNSUPPORTED: {
    meaning: 'valid in Kubernetes, but this release cannot simulate it',
    fix: 'use what docs/model.md describes as simulated',
  },
  E_YAML_ALIAS: {
    meaning: 'anchors and aliases are switched off in scenario files',
    fix: `write the value out, or use vars and \${name}`,
  },
  E_YAML_TAG: {
    meaning: 'tags are switched off in scenario files',
    fix: 'remove the tag; nothing in a scenario is evaluated',
  },
} as const satisfies Record<string, CodeEntry>;

export type DiagnosticCode = keyof typeof CODES;

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly at: SourcePosition;
  /** `services.app.time.mean`; empty = the document. */
  readonly path: string;
  /** What is wrong, one clause. */
  readonly problem: string;
  readonly got?: string;
  readonly allowed?: string;
  readonly hint: string;
}

/** What the place knows beyond the code. */
export interface Facts {
  readonly problem?: string;
  readonly got?: string;
  readonly allowed?: string;
  readonly hint?: string;
}

export function diagnostic(
  code: DiagnosticCode,
  where: { readonly at: SourcePosition; readonly path?: Path },
  facts: Facts = {},
): Diagnostic {
  const entry = CODES[code];
  return {
    code,
    at: where.at,
    path: pathText(where.path ?? []),
    problem: facts.problem ?? entry.meaning,
    ...(facts.got === undefined ? {} : { got: facts.got }),
    ...(facts.allowed === undefined ? {} : { allowed: facts.allowed }),
    hint: facts.hint ?? entry.fix,
  };
}

/** `file:line:col CODE path: what is wrong (got X, allowed Y). Hint: …` */
export function formatDiagnostic(d: Diagnostic): string {
  const place = [d.at.file, d.at.line, d.at.column].filter((part) => part !== undefined).join(':');
  const facts = [
    d.got === undefined ? '' : `got ${d.got}`,
    d.allowed === undefined ? '' : `allowed: ${d.allowed}`,
  ].filter((fact) => fact !== '');
  const path = d.path === '' ? '' : ` ${d.path}:`;
  const suffix = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  return `${place} ${d.code}${path} ${d.problem}${suffix}. Hint: ${d.hint}`;
}

/** Collects diagnostics, one per cause. */
export interface Reporter {
  readonly diagnostics: readonly Diagnostic[];
  report(
    code: DiagnosticCode,
    where: { readonly at: SourcePosition; readonly path?: Path },
    facts?: Facts,
  ): void;
  add(diagnostics: readonly Diagnostic[]): void;
}

/** More than this many errors help nobody; the rest is left out. */
const MAX_DIAGNOSTICS = 200;

/**
 * A part of a document may be walked twice (a strategy takes over fields of the cluster): the same
 * finding about the same piece of text is kept once.
 */
export function createReporter(): Reporter {
  const list: Diagnostic[] = [];
  const seen = new Map<SourcePosition, Set<string>>();
  const push = (d: Diagnostic, field: string) => {
    const finding = `${d.code} ${field} ${d.problem}`;
    const known = seen.get(d.at);
    if (known?.has(finding) || list.length >= MAX_DIAGNOSTICS) return;
    seen.set(d.at, (known ?? new Set()).add(finding));
    list.push(d);
  };
  return {
    diagnostics: list,
    report: (code, where, facts) =>
      push(diagnostic(code, where, facts), String(where.path?.at(-1) ?? '')),
    add: (diagnostics) => {
      for (const d of diagnostics) push(d, d.path);
    },
  };
}

/** In the order of the text: by file, line and column. */
export function inTextOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const files = [...new Set(diagnostics.map((d) => d.at.file))];
  return [...diagnostics].sort(
    (a, b) =>
      files.indexOf(a.at.file) - files.indexOf(b.at.file) ||
      (a.at.line ?? 0) - (b.at.line ?? 0) ||
      (a.at.column ?? 0) - (b.at.column ?? 0),
  );
}

/** A value as a message shows it, shortened. */
export function shown(value: unknown): string {
  if (value === null) return 'nothing (null)';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

export function shownNode(node: SourceNode): string {
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'list') return 'a list';
  return node.kind === 'invalid' ? 'an invalid value' : shown(node.value);
}

/** At most 12 names, for lists of what is allowed. */
export function listed(names: readonly string[]): string {
  const head = names.slice(0, 12).join(', ');
  return names.length > 12 ? `${head}, … (${names.length} in all)` : head;
}
