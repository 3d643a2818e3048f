/** The process of a load: the fields of its kind, all of them, and numbers that describe one. */
import { PROCESSES, type ProcessName } from '../traffic/index.ts';
import type { ProcessSpec } from '../traffic/process.ts';
import { type CheckContext, isWritten, type LoadDraft, placeOf } from './draft.ts';
import type { Path } from './source.ts';

const FIELDS = ['cv', 'p', 'mean1', 'mean2', 'factors', 'sojourns', 'meanSize', 'sizes'] as const;

/** Undefined for Poisson, the process of a load that has none, and where something was reported. */
export function readProcess(
  load: LoadDraft,
  loadPath: Path,
  context: CheckContext,
): ProcessSpec | undefined {
  const kind = load.process?.kind;
  if (kind === undefined) return undefined;
  const path = [...loadPath, 'process'];
  const given = FIELDS.filter((field) => isWritten(context.root, [...path, field]));
  if (!checkForm(kind, given, path, context)) return undefined;
  // A field that was written and is undefined was reported by the walk.
  if (given.some((field) => hasGap(load.process?.[field]))) return undefined;
  const spec = load.process as ProcessSpec;
  if (!checkNumbers(spec, path, context)) return undefined;
  return kind === 'poisson' ? undefined : spec;
}

function hasGap(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.includes(undefined));
}

function checkForm(
  kind: ProcessName,
  given: readonly string[],
  path: Path,
  { root, reporter }: CheckContext,
): boolean {
  const { forms, also } = PROCESSES[kind];
  const ways = forms.map((form) => form.join(' and ')).join(', or ');
  const hint = `${kind} takes ${ways === '' ? 'no further field' : ways}`;
  const foreign = given.filter((f) => !also.includes(f) && !forms.some((form) => form.includes(f)));
  if (foreign.length > 0) {
    const problem = `${foreign.join(', ')} cannot describe the process ${kind}`;
    reporter.report('E_CONFLICT', placeOf(root, [...path, foreign[0]]), { problem, hint });
    return false;
  }
  const touched = forms.filter((form) => form.some((field) => given.includes(field)));
  if (touched.length > 1) {
    const problem = `${given.join(', ')} say it twice`;
    reporter.report('E_CONFLICT', placeOf(root, [...path, given[1]]), { problem, hint });
    return false;
  }
  const missing = (touched[0] ?? forms[0]).filter((field) => !given.includes(field));
  if (missing.length > 0) {
    const problem = `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`;
    reporter.report('E_REQUIRED', placeOf(root, path), { problem, hint });
    return false;
  }
  return true;
}

/** What the range of one field cannot say. */
function checkNumbers(spec: ProcessSpec, path: Path, { root, reporter }: CheckContext): boolean {
  const { kind, cv = 1, factors = [], sojourns = [], meanSize = 1, sizes } = spec;
  if (kind === 'hyperexponential' && cv < 1) {
    reporter.report('E_RANGE', placeOf(root, [...path, 'cv']), {
      problem: 'hyperexponential gaps vary at least as much as exponential ones',
      got: String(cv),
      allowed: '1 to 10',
      hint: 'use kind: gamma for gaps more regular than Poisson',
    });
    return false;
  }
  if (factors.length !== sojourns.length) {
    reporter.report('E_CONFLICT', placeOf(root, [...path, 'sojourns']), {
      problem: 'every state needs a factor and a mean stay',
      got: `${factors.length} factors, ${sojourns.length} sojourns`,
      hint: 'write as many sojourns as factors',
    });
    return false;
  }
  if (factors.length > 0 && factors.every((factor) => factor === 0)) {
    reporter.report('E_RANGE', placeOf(root, [...path, 'factors']), {
      problem: 'the factors must not all be 0',
      hint: 'give at least one state a rate',
    });
    return false;
  }
  if (sizes === 'fixed' && !Number.isInteger(meanSize)) {
    reporter.report('E_RANGE', placeOf(root, [...path, 'meanSize']), {
      problem: 'a fixed size is a whole number of requests',
      got: String(meanSize),
      hint: `write ${Math.round(meanSize)}, or sizes: geometric`,
    });
    return false;
  }
  return true;
}
