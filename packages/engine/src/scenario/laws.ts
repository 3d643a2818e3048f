/**
 * A law of times as a scenario gives it → its specification, complete and solvable: what
 * `createLaw` may be given without further checks. For service times, and for whatever else takes
 * the fields of schema-law.ts.
 */
import { GAMMA_QUANTILE_RATIO_MIN } from '../service/gamma.ts';
import { createLaw, type LawName } from '../service/index.ts';
import type { LawPart, LawSpec, NamedLawSpec } from '../service/law.ts';
import { PARETO_CUT } from '../service/pareto.ts';
import { UNIFORM_CV_MAX } from '../service/uniform.ts';
import type { DiagnosticCode, Facts } from './diagnostics.ts';
import { type CheckContext, isWritten, placeOf } from './draft.ts';
import { formatDuration } from './durations.ts';
import { received, type ScenarioFiles } from './files.ts';
import { checkForm, LAW_FIELDS } from './law-forms.ts';
import { readMeasurements } from './measurements.ts';
import { nodeAt, type Path } from './source.ts';

type Partially<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** The fields of schema-law.ts after the walk; what was reported is missing. */
export type LawDraft = Partially<Omit<LawSpec, 'samples' | 'histogram' | 'parts'>> & {
  readonly dist?: LawName | undefined;
  readonly file?: string | undefined;
  readonly weight?: number | undefined;
  readonly parts?: readonly (LawDraft | undefined)[] | undefined;
};

export type CompleteLaw = NamedLawSpec<LawName>;

/** The law at `path`, or undefined after a report. */
export async function readLaw(
  draft: LawDraft | undefined,
  path: Path,
  context: CheckContext,
  files: ScenarioFiles,
): Promise<CompleteLaw | undefined> {
  const { root, reporter } = context;
  const dist = draft?.dist;
  if (draft === undefined || dist === undefined) return undefined;
  const fits = checkForm(dist, path, context);
  const isBroken = LAW_FIELDS.some(
    (field) => draft[field] === undefined && isWritten(root, [...path, field]),
  );
  if (!fits || isBroken) return undefined;
  const { file, parts, weight: _, ...numbers } = draft;
  const spec = { ...numbers, dist } as CompleteLaw;
  if (parts !== undefined) return readMixture(spec, parts, path, context, files);
  if (file !== undefined) return readEmpirical(spec, file, path, context, files);
  const found = problemOf(spec);
  if (found === undefined) return spec;
  reporter.report(found.code, placeOf(root, [...path, found.field]), found.facts);
  return undefined;
}

async function readEmpirical(
  spec: CompleteLaw,
  file: string,
  path: Path,
  { root, reporter }: CheckContext,
  files: ScenarioFiles,
): Promise<CompleteLaw | undefined> {
  const at = [...path, 'file'];
  const table = received(await files.table(file), nodeAt(root, at).node, at, reporter);
  const measured = table === undefined ? undefined : readMeasurements(table, reporter);
  return measured === undefined ? undefined : { ...spec, ...measured };
}

async function readMixture(
  spec: CompleteLaw,
  drafts: readonly (LawDraft | undefined)[],
  path: Path,
  context: CheckContext,
  files: ScenarioFiles,
): Promise<CompleteLaw | undefined> {
  const at = [...path, 'parts'];
  const laws = await Promise.all(
    drafts.map((draft, i) => readLaw(draft, [...at, i], context, files)),
  );
  const parts = laws.flatMap((law, i): readonly LawPart[] => {
    const weight = drafts[i]?.weight;
    return law === undefined || weight === undefined ? [] : [{ ...law, weight }];
  });
  if (parts.length < drafts.length) return undefined;
  if (parts.some(({ weight }) => weight > 0)) return { ...spec, parts };
  const facts = { problem: 'no part has weight', got: 'weights that sum to 0' };
  context.reporter.report('E_RANGE', placeOf(context.root, at), facts);
  return undefined;
}

interface Problem {
  readonly code: DiagnosticCode;
  readonly field: string;
  readonly facts: Facts;
}

/** Fields that are complete and yet describe no law. */
function problemOf(spec: CompleteLaw): Problem | undefined {
  const { p50, p99, low, high } = spec;
  if (p50 !== undefined && p99 !== undefined && p50 > p99) {
    return crossed('p50', `p50 ${formatDuration(p50)}, p99 ${formatDuration(p99)}`, 'p99');
  }
  if (low !== undefined && high !== undefined && low > high) {
    return crossed('low', `low ${formatDuration(low)}, high ${formatDuration(high)}`, 'high');
  }
  return LIMITS[spec.dist]?.(spec);
}

function crossed(field: string, got: string, other: string): Problem {
  return { code: 'E_MIN_MAX', field, facts: { problem: `${field} is above ${other}`, got } };
}

const LARGEST_CV = 20;

const LIMITS: Partial<Record<LawName, (spec: CompleteLaw) => Problem | undefined>> = {
  uniform: ({ cv, p50 = 1, p99 = 1 }) => {
    const hint = 'times of a wider uniform law would be below 0; use gamma or lognormal';
    if (cv !== undefined && cv > UNIFORM_CV_MAX) {
      return range('cv', { got: `cv ${cv}`, allowed: 'up to 0.577 for uniform', hint });
    }
    if (p99 <= 1.98 * p50) return undefined;
    return range('p99', { got: ratioText(p50, p99), allowed: 'p99 up to 1.98 × p50', hint });
  },
  gamma: ({ p50 = 1, p99 = 2 }) => {
    if (p99 >= GAMMA_QUANTILE_RATIO_MIN * p50) return undefined;
    const allowed = `p99 of ${GAMMA_QUANTILE_RATIO_MIN} × p50 or more`;
    return range('p99', { got: ratioText(p50, p99), allowed, hint: 'use deterministic' });
  },
  weibull: (spec) => {
    const { p50 = 1, p99 = 2 } = spec;
    const got = ratioText(p50, p99);
    if (p99 <= p50) {
      return range('p99', { got, allowed: 'p99 above p50', hint: 'use deterministic' });
    }
    const { cv } = createLaw(spec);
    if (cv <= LARGEST_CV) return undefined;
    const problem = `a weibull time with these quantiles has cv ${cv.toPrecision(3)}`;
    return range('p99', { problem, got, allowed: `cv up to ${LARGEST_CV}`, hint: 'lower p99' });
  },
  hyperexponential: ({ cv }) => {
    if (cv === undefined || cv >= 1) return undefined;
    const hint = 'use gamma or erlang for times that vary less than exponential ones';
    return range('cv', { got: `cv ${cv}`, allowed: '1 or more for hyperexponential', hint });
  },
  pareto: ({ mean, xm, max }) => {
    const [name, least] = xm === undefined ? (['mean', mean] as const) : (['xm', xm] as const);
    if (max === undefined || least === undefined || least < max) return undefined;
    const got = `${name} ${formatDuration(least)}, max ${formatDuration(max)}`;
    const hint = `raise max; without it, the largest time is ${PARETO_CUT} × ${name}`;
    const facts = { problem: `${name} is not below max`, got, hint };
    return { code: 'E_MIN_MAX', field: 'max', facts };
  },
};

function range(field: string, facts: Facts): Problem {
  return { code: 'E_RANGE', field, facts };
}

function ratioText(p50: number, p99: number): string {
  return `p99 ÷ p50 = ${(p99 / p50).toPrecision(4)}`;
}
