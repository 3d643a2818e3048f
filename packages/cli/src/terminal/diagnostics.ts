/** What is wrong in a scenario: one line each, on a terminal with the place in the file. */
import { readFileSync } from 'node:fs';
import { type Diagnostic, formatDiagnostic } from '@peakless/engine';
import type { Terminal } from './terminal.ts';
import { textWidth } from './text-width.ts';

/** Wider source lines are cut around the caret. */
const SOURCE_WIDTH = 100;

export function printDiagnostics(terminal: Terminal, diagnostics: readonly Diagnostic[]): void {
  const sources = new Map<string, readonly string[]>();
  for (const found of diagnostics) {
    terminal.error(highlight(formatDiagnostic(found), found, terminal));
    if (!terminal.interactive) continue;
    const excerpt = sourceExcerpt(found, sources);
    if (excerpt !== undefined) terminal.error(terminal.noteColors.dim(excerpt));
  }
}

function highlight(line: string, { code }: Diagnostic, { noteColors }: Terminal): string {
  return line.replace(` ${code}`, ` ${noteColors.red(code)}`);
}

function sourceExcerpt(
  { at }: Diagnostic,
  sources: Map<string, readonly string[]>,
): string | undefined {
  if (at.line === undefined || at.column === undefined) return undefined;
  let lines = sources.get(at.file);
  if (lines === undefined) {
    lines = readLines(at.file);
    sources.set(at.file, lines);
  }
  const line = lines[at.line - 1];
  if (line === undefined || line.trim() === '') return undefined;
  const from = Math.max(0, at.column - 1 - SOURCE_WIDTH / 2);
  const shown = printable(line.slice(from, from + SOURCE_WIDTH));
  const gutter = `${at.line} | `;
  const before = line.slice(from, at.column - 1);
  return `    ${gutter}${shown}\n    ${' '.repeat(gutter.length + textWidth(before))}^`;
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .split(/\r\n|\r|\n/);
  } catch {
    // The diagnostic itself says that the file cannot be read.
    return [];
  }
}

/** Control characters of a file must not reach the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
