/** A file of conformance vectors; the engine checks what its JSON says. */
import { type Diagnostic, diagnostic } from '@peakless/engine';
import { LIMITS } from './limits.ts';
import { readText } from './read-text.ts';

export type LoadedVectors =
  | { readonly ok: true; readonly document: unknown }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export async function loadVectorFile(path: string): Promise<LoadedVectors> {
  const at = { file: path };
  const read = await readText(path, LIMITS.vectors);
  if (!read.ok) return { ok: false, diagnostics: [diagnostic(read.code, { at }, read.facts)] };
  try {
    return { ok: true, document: JSON.parse(read.text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    const [problem = ''] = (error as SyntaxError).message.split('\n', 1);
    const facts = { problem: `this is not JSON: ${problem}` };
    return { ok: false, diagnostics: [diagnostic('E_SYNTAX', { at }, facts)] };
  }
}
