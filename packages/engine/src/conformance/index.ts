/**
 * Conformance: files of vectors that the real systems produced, run through the product's own code.
 * A file names its format, `format` or `meta.format`; the registry knows how to check and run it.
 */
import { type Diagnostic, diagnostic } from '../scenario/diagnostics.ts';
import { didYouMean } from '../scenario/suggest.ts';
import { HPA_VECTORS } from './hpa-vectors.ts';
import type { VectorFormat, VectorResult } from './vector-format.ts';

export const VECTOR_FORMATS: Readonly<Record<string, VectorFormat>> = {
  'hpa-vectors/1': HPA_VECTORS,
};

export type VectorRun =
  | { readonly ok: true; readonly format: string; readonly results: Iterable<VectorResult> }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** More than this many errors help nobody. */
const MAX_FAULTS = 20;

/** `document` is the decoded file; `file` names it in diagnostics. Vectors run as they are read. */
export function runVectors(document: unknown, file: string): VectorRun {
  const at = { file };
  const name = formatOf(document);
  const known = Object.keys(VECTOR_FORMATS);
  if (name === undefined || !Object.hasOwn(VECTOR_FORMATS, name)) {
    const got = name === undefined ? 'no format' : JSON.stringify(name.slice(0, 60));
    const facts = { got, allowed: known.join(', '), ...didYouMean(name ?? '', known) };
    return { ok: false, diagnostics: [diagnostic('E_FORMAT', { at, path: ['format'] }, facts)] };
  }
  const format = VECTOR_FORMATS[name];
  const whole = document as object;
  const faults = format.check(whole).slice(0, MAX_FAULTS);
  if (faults.length === 0) return { ok: true, format: name, results: format.run(whole) };
  const diagnostics = faults.map(({ code, path, facts }) => diagnostic(code, { at, path }, facts));
  return { ok: false, diagnostics };
}

function formatOf(document: unknown): string | undefined {
  const { format, meta } = Object(document) as { format?: unknown; meta?: unknown };
  const name = format ?? (Object(meta) as { format?: unknown }).format;
  return typeof name === 'string' ? name : undefined;
}
