/**
 * Conformance: files of results that this product must reproduce. A file names its format, `format`
 * or `meta.format`, or has a shape that tells it:
 * - vectors that real systems produced, run through the product's own code (VECTOR_FORMATS);
 * - exact results of queueing theory, estimated by simulation (truths/).
 */
import type { HpaReleaseName } from '../scaling/hpa-release.ts';
import { type Diagnostic, diagnostic } from '../scenario/diagnostics.ts';
import { didYouMean } from '../scenario/suggest.ts';
import { CA_VECTORS } from './ca-vectors.ts';
import { HPA_VECTORS } from './hpa-vectors.ts';
import { KPA_VECTORS } from './kpa-vectors.ts';
import { checkTruths, looksLikeTruths, TRUTHS_FORMAT, truthsOf } from './truths/format.ts';
import type { Truth } from './truths/truth.ts';
import type { VectorFormat, VectorResult } from './vector-format.ts';

export const VECTOR_FORMATS: Readonly<Record<string, VectorFormat>> = {
  'hpa-vectors/1': HPA_VECTORS,
  'kpa-vectors/1': KPA_VECTORS,
  'ca-vectors/1': CA_VECTORS,
};

export type VectorRun =
  | {
      readonly ok: true;
      readonly kind: 'vectors';
      readonly format: string;
      readonly results: Iterable<VectorResult>;
    }
  | {
      readonly ok: true;
      readonly kind: 'truths';
      readonly format: string;
      readonly truths: readonly Truth[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** More than this many errors help nobody. */
const MAX_FAULTS = 20;

/** Formats that can be read, by name. */
export const CONFORMANCE_FORMATS: readonly string[] = [
  ...Object.keys(VECTOR_FORMATS),
  TRUTHS_FORMAT,
];

/**
 * `document` is the decoded file; `file` names it in diagnostics. Vectors run as they are read;
 * those of the HPA as the release `compat` decides.
 */
export function runVectors(
  document: unknown,
  file: string,
  compat: HpaReleaseName = 'current',
): VectorRun {
  const at = { file };
  const name = formatOf(document);
  if (name === undefined || !CONFORMANCE_FORMATS.includes(name)) {
    const got = name === undefined ? 'no format' : JSON.stringify(name.slice(0, 60));
    const allowed = CONFORMANCE_FORMATS.join(', ');
    const facts = { got, allowed, ...didYouMean(name ?? '', CONFORMANCE_FORMATS) };
    return { ok: false, diagnostics: [diagnostic('E_FORMAT', { at, path: ['format'] }, facts)] };
  }
  const whole = document as object;
  const format = VECTOR_FORMATS[name];
  const found = name === TRUTHS_FORMAT ? checkTruths(whole) : format.check(whole);
  const faults = found.slice(0, MAX_FAULTS);
  if (faults.length > 0) {
    const diagnostics = faults.map(({ code, path, facts }) =>
      diagnostic(code, { at, path }, facts),
    );
    return { ok: false, diagnostics };
  }
  return name === TRUTHS_FORMAT
    ? { ok: true, kind: 'truths', format: name, truths: truthsOf(whole) }
    : { ok: true, kind: 'vectors', format: name, results: format.run(whole, compat) };
}

function formatOf(document: unknown): string | undefined {
  const { format, meta } = Object(document) as { format?: unknown; meta?: unknown };
  const name = format ?? (Object(meta) as { format?: unknown }).format;
  if (typeof name === 'string') return name;
  return name === undefined && looksLikeTruths(Object(document)) ? TRUTHS_FORMAT : undefined;
}
