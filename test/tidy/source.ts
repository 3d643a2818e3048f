/**
 * The repository's text files, and a scanner that tells code, comments and literals apart. It is
 * not a parser: the rules look at shapes of formatted code, and each has a test on a bad snippet.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Not written by hand, or not ours. */
const SKIPPED = new Set(['node_modules', 'dist', 'reports', 'coverage', '.git']);
const TEXT = /\.(ts|tsx|js|mjs|json|ya?ml|md|html|css|svg|csv|txt)$|^(run|LICENSE|\.[a-z]+)$/;

export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** All text files of the working tree, in the order of their paths. */
export function readRepository(): readonly SourceFile[] {
  const files: SourceFile[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
      if (SKIPPED.has(entry.name) || entry.name.endsWith('.tsbuildinfo')) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else if (TEXT.test(entry.name)) {
        files.push({ path, text: readFileSync(join(ROOT, path), 'utf8') });
      }
    }
  };
  visit('');
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

export const isScript = (path: string) => /\.(ts|tsx|mjs|js)$/.test(path);
export const ENGINE = 'packages/engine/src/';
export const isEngine = (path: string) => path.startsWith(ENGINE) && isScript(path);

export const lineOf = (text: string, index: number) => text.slice(0, index).split('\n').length;

export interface Scan {
  /** The text with comments and the inside of literals blanked; same length, same lines. */
  readonly code: string;
  /** The text with comments alone blanked. */
  readonly uncommented: string;
  /** 1 where the text is the inside of a literal. */
  readonly literal: Uint8Array;
}

/** Blanks comments and literals, so that words in them are not taken for code. */
export function scan(text: string): Scan {
  const code = text.split('');
  const uncommented = text.split('');
  const literal = new Uint8Array(text.length);
  const blank = (target: string[], from: number, to: number) => {
    for (let i = from; i < to; i++) if (target[i] !== '\n') target[i] = ' ';
  };
  const blankLiteral = (from: number, to: number) => {
    blank(code, from, to);
    literal.fill(1, from, to);
  };
  // Braces of `${…}` that are open, by the brace depth at which their template goes on.
  const templates: number[] = [];
  let depth = 0;
  let i = 0;
  while (i < text.length) {
    const char = text[i] as string;
    const next = text[i + 1];
    if (char === '/' && (next === '/' || next === '*')) {
      const end = next === '/' ? endOf(text, '\n', i) : endOf(text, '*/', i + 2) + 2;
      blank(code, i, end);
      blank(uncommented, i, end);
      i = end;
    } else if (char === "'" || char === '"') {
      const end = endOfString(text, i + 1, char);
      blankLiteral(i + 1, end);
      i = end + 1;
    } else if (char === '`' || (char === '}' && templates.at(-1) === depth)) {
      if (char === '}') templates.pop();
      const end = endOfTemplate(text, i + 1);
      blankLiteral(i + 1, end);
      if (text[end] === '$') templates.push(depth);
      i = text[end] === '$' ? end + 2 : end + 1;
    } else if (char === '/' && startsRegExp(text, i)) {
      const end = endOfRegExp(text, i + 1);
      blankLiteral(i + 1, end);
      i = end + 1;
    } else {
      if (char === '{') depth++;
      if (char === '}') depth--;
      i++;
    }
  }
  return { code: code.join(''), uncommented: uncommented.join(''), literal };
}

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end;
}

function endOfString(text: string, from: number, quote: string): number {
  let i = from;
  while (i < text.length && text[i] !== quote && text[i] !== '\n') i += text[i] === '\\' ? 2 : 1;
  return i;
}

/** Index of the closing backtick, or of the `$` of `${`. */
function endOfTemplate(text: string, from: number): number {
  let i = from;
  while (i < text.length && text[i] !== '`') {
    if (text[i] === '$' && text[i + 1] === '{') return i;
    i += text[i] === '\\' ? 2 : 1;
  }
  return i;
}

/** A slash begins an expression where no value can end. */
function startsRegExp(text: string, index: number): boolean {
  const before = text.slice(0, index).trimEnd();
  return /[=(,:[!&|?{};+~]$|\b(return|typeof|case|of|in)$|=>$/.test(before);
}

function endOfRegExp(text: string, from: number): number {
  let inClass = false;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (char === '\\') i++;
    else if (char === '\n') return i;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return i;
  }
  return text.length;
}

export interface Import {
  readonly specifier: string;
  /** Erased at run time: `import type`, or nothing but `type` names in the braces. */
  readonly typeOnly: boolean;
  readonly line: number;
}

const IMPORT = /^[ \t]*(import|export)\s+(type\s+)?([\w$*{][^;'"]*?)\s*from\s*['"]([^'"]+)['"]/gm;
const BARE = /^[ \t]*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** What a script imports or re-exports. */
export function importsOf(text: string): readonly Import[] {
  const { uncommented } = scan(text);
  const imports: Import[] = [];
  for (const match of uncommented.matchAll(IMPORT)) {
    const [whole, , type, names, specifier] = match as unknown as [string, ...string[]];
    const braces = /^\{([\s\S]*)\}$/.exec((names as string).trim());
    const listed = braces ? (braces[1] as string).split(',').map((name) => name.trim()) : [''];
    const erased = listed.filter((name) => name !== '').every((name) => /^type\s/.test(name));
    imports.push({
      specifier: specifier as string,
      typeOnly: type !== undefined || (braces !== null && erased),
      line: lineOf(text, match.index + whole.search(/\S/)),
    });
  }
  for (const match of uncommented.matchAll(BARE)) {
    const specifier = (match[1] ?? match[2]) as string;
    imports.push({ specifier, typeOnly: false, line: lineOf(text, match.index) });
  }
  return imports;
}

/** Index after the bracket that closes the one at `open`; the end of the text if there is none. */
export function afterBracket(code: string, open: number): number {
  let depth = 0;
  for (let i = open; i < code.length; i++) {
    const char = code[i] as string;
    if ('([{'.includes(char)) depth++;
    if (')]}'.includes(char) && --depth === 0) return i + 1;
  }
  return code.length;
}
