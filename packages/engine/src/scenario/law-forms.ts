/** Which fields of a law go together: the complete ways to give each law, one of them in full. */
import type { LawName } from '../service/index.ts';
import { type CheckContext, isWritten, placeOf } from './draft.ts';
import type { Path } from './source.ts';

interface Form {
  readonly needs: readonly LawField[];
  readonly may?: readonly LawField[];
}

/** In the order of the schema. */
export const LAW_FIELDS = [
  'mean',
  'cv',
  'p50',
  'p99',
  'low',
  'high',
  'k',
  'p',
  'mean1',
  'mean2',
  'alpha',
  'xm',
  'max',
  'file',
  'parts',
] as const;
type LawField = (typeof LAW_FIELDS)[number];

const MEAN: Form = { needs: ['mean'] };
const MOMENTS: Form = { needs: ['mean', 'cv'] };
const QUANTILES: Form = { needs: ['p50', 'p99'] };
const MEAN_MAYBE_CV: Form = { needs: ['mean'], may: ['cv'] };

const FORMS: Readonly<Record<LawName, readonly Form[]>> = {
  lognormal: [MEAN_MAYBE_CV, QUANTILES],
  exponential: [MEAN],
  deterministic: [MEAN],
  uniform: [MEAN_MAYBE_CV, { needs: ['low', 'high'] }, QUANTILES],
  gamma: [MOMENTS, QUANTILES],
  erlang: [{ needs: ['mean', 'k'] }],
  hyperexponential: [MOMENTS, { needs: ['p', 'mean1', 'mean2'] }],
  weibull: [MOMENTS, QUANTILES],
  pareto: [
    { needs: ['mean', 'alpha'], may: ['max'] },
    { needs: ['alpha', 'xm'], may: ['max'] },
  ],
  empirical: [{ needs: ['file'] }],
  mixture: [{ needs: ['parts'] }],
};

/** Why a field that others take cannot describe this law. */
const REASONS: Partial<Record<LawName, Partial<Record<LawField, string>>>> = {
  hyperexponential: {
    p50: 'two quantiles do not determine it, since p99 ÷ p50 rises with cv and falls again',
  },
  pareto: { cv: 'alpha sets the variation' },
  erlang: { cv: 'k sets the variation; gamma takes any cv' },
};

/** True when the law is given once and in full; else a diagnostic says what is wrong. */
export function checkForm(dist: LawName, path: Path, { root, reporter }: CheckContext): boolean {
  const forms = FORMS[dist];
  const given = LAW_FIELDS.filter((field) => isWritten(root, [...path, field]));
  const wanted = `${dist} takes ${forms.map(formText).join(', or ')}`;
  const foreign = given.filter((field) => !forms.some((form) => takes(form, field)));
  if (foreign.length > 0) {
    const reason = REASONS[dist]?.[foreign[0]];
    reporter.report('E_CONFLICT', placeOf(root, [...path, foreign[0]]), {
      problem: `${foreign.join(', ')} cannot describe ${articled(dist)} time`,
      hint: reason === undefined ? wanted : `${wanted}; ${reason}`,
    });
    return false;
  }
  const fitting = forms.filter((form) => given.every((field) => takes(form, field)));
  if (fitting.length === 0) {
    const problem = `${given.join(', ')} say it twice`;
    reporter.report('E_CONFLICT', placeOf(root, [...path, given[1]]), { problem, hint: wanted });
    return false;
  }
  const open = fitting.map(({ needs }) => needs.filter((field) => !given.includes(field)));
  const missing = open.reduce((least, one) => (one.length < least.length ? one : least));
  if (missing.length === 0) return true;
  const problem = `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`;
  reporter.report('E_REQUIRED', placeOf(root, path), { problem, hint: wanted });
  return false;
}

function takes({ needs, may = [] }: Form, field: LawField): boolean {
  return needs.includes(field) || may.includes(field);
}

function formText({ needs, may }: Form): string {
  const text = needs.join(' and ');
  return may === undefined ? text : `${text} (and ${may.join(', ')})`;
}

function articled(dist: LawName): string {
  return `${/^[aeiou]/.test(dist) && dist !== 'uniform' ? 'an' : 'a'} ${dist}`;
}
