/** Files of a scenario as text: size is checked before reading, encoding after. */
import { constants, open } from 'node:fs/promises';
import type { DiagnosticCode, Facts } from '@peakless/engine';
import { sizeText } from './limits.ts';
import { decodeUtf8 } from './utf8.ts';

export type ReadText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly code: DiagnosticCode; readonly facts: Facts };

export async function readText(path: string, limit: number): Promise<ReadText> {
  try {
    return await readOpened(path, limit);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { ok: false, code: 'E_FILE_MISSING', facts: { problem: reason(code) } };
  }
}

function reason(code: string): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
  return `the file cannot be read (${code})`;
}

async function readOpened(path: string, limit: number): Promise<ReadText> {
  // Non-blocking, so that a named pipe does not hang; it is refused below.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = await file.stat();
    if (!stat.isFile()) {
      return { ok: false, code: 'E_FILE_MISSING', facts: { problem: 'this is not a file' } };
    }
    if (stat.size > limit) {
      const facts = { got: sizeText(stat.size), allowed: `${sizeText(limit)} at most` };
      return { ok: false, code: 'E_FILE_TOO_BIG', facts };
    }
    const bytes = await file.readFile();
    const decoded = decodeUtf8(bytes);
    if (decoded.ok) return { ok: true, text: decoded.text };
    const problem = `byte ${decoded.offset} is not valid UTF-8`;
    return { ok: false, code: 'E_ENCODING', facts: { problem } };
  } finally {
    await file.close();
  }
}
