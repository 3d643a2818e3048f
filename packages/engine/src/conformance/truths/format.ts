/**
 * The format of files of exact results: `schema` (words for people) and `cases`. Fields that are
 * not named here are not read. Which parameters and results a case has depends on its model.
 */
import Type from 'typebox';
import { Errors } from 'typebox/value';
import type { VectorFault } from '../vector-format.ts';
import type { Truth } from './truth.ts';

export const TRUTHS_FORMAT = 'queueing-truths/1';

const TruthSchema = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 200 }),
  model: Type.String({ minLength: 1 }),
  kind: Type.Unsafe<Truth['kind']>(Type.Enum(['exact', 'limit'])),
  params: Type.Record(Type.String(), Type.Unknown()),
  results: Type.Record(Type.String(), Type.Unknown()),
});

/** Such files need not name their format: their shape does. */
export function looksLikeTruths(document: object): boolean {
  const { schema, cases } = document as { schema?: unknown; cases?: unknown };
  return typeof schema === 'string' && Array.isArray(cases);
}

export function checkTruths(document: object): readonly VectorFault[] {
  const { cases } = document as { cases?: unknown };
  if (!Array.isArray(cases) || cases.length === 0) {
    const facts = { problem: 'there are no cases', hint: 'cases is a list of exact results' };
    return [{ code: 'E_REQUIRED', path: ['cases'], facts }];
  }
  const seen = new Set<unknown>();
  return cases.flatMap((one, i): VectorFault[] => {
    const [error] = Errors(TruthSchema, one);
    const { id } = Object(one) as { id?: unknown };
    if (error !== undefined) {
      const inner = error.instancePath.split('/').slice(1);
      const problem = `${typeof id === 'string' ? `${id}: ` : ''}${error.message}`;
      const hint = 'see test/conformance/README.md for the format';
      return [{ code: 'E_TYPE', path: ['cases', i, ...inner], facts: { problem, hint } }];
    }
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    const facts = { problem: `two cases are called ${String(id)}` };
    return [{ code: 'E_DUP_NAME', path: ['cases', i, 'id'], facts }];
  });
}

/** The cases of a file without faults. */
export function truthsOf(document: object): readonly Truth[] {
  return (document as { cases: readonly Truth[] }).cases;
}
