/**
 * The files that a scenario names. A name is a relative path; what it leads to, links followed,
 * must lie in the folder of scenarios that the scenario belongs to: the nearest folder above it
 * that is called `scenarios`, else its own folder.
 */
import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Diagnostic,
  type DiagnosticCode,
  diagnostic,
  type Facts,
  type Loaded,
  type ScenarioFiles,
  type SourceNode,
} from '@peakless/engine';
import { decodeYaml } from './document.ts';
import { LIMITS } from './limits.ts';
import { readText } from './read-text.ts';
import { decodeTable } from './table-csv.ts';

const BUILTIN = 'builtin:';
const BUILTIN_BOOKS = fileURLToPath(new URL('../../../scenarios/prices/', import.meta.url));

interface Opened {
  /** As diagnostics name it. */
  readonly file: string;
  readonly text: string;
}

/** `folder` is the folder of the scenario; without it only built-in price books can be read. */
export function scenarioFiles(folder: string | undefined): ScenarioFiles {
  const openText = async (name: string, limit: number): Promise<Loaded<Opened>> => {
    const path = folder === undefined ? NO_FOLDER : await safePath(name, folder);
    return 'code' in path ? refuse(path.code, path.facts) : openPath(path.path, limit);
  };
  return {
    async manifests(name) {
      const opened = await openText(name, LIMITS.manifests);
      return opened.ok ? documents(opened.value, '1.1', LIMITS.manifests) : opened;
    },
    async priceBook(name) {
      const builtin = builtinBook(name);
      const opened =
        builtin === undefined
          ? await openText(name, LIMITS.priceBook)
          : await openPath(builtin, LIMITS.priceBook);
      if (!opened.ok) return withBuiltinBooks(opened);
      const read = documents(opened.value, '1.2', LIMITS.priceBook);
      return read.ok ? { ok: true, value: read.value[0] as SourceNode } : read;
    },
    async table(name) {
      const opened = await openText(name, LIMITS.table);
      return opened.ok ? decodeTable(opened.value.text, opened.value.file) : opened;
    },
  };
}

interface Refusal {
  readonly code: DiagnosticCode;
  readonly facts: Facts;
}

const NO_FOLDER: Refusal = {
  code: 'E_PATH',
  facts: { problem: 'a scenario without a folder cannot name files' },
};

function refuse(code: DiagnosticCode, facts: Facts): Loaded<never> {
  return { ok: false, refusal: { code, facts } };
}

function builtinBook(name: string): string | undefined {
  if (!name.startsWith(BUILTIN)) return undefined;
  const book = name.slice(BUILTIN.length);
  // An odd name becomes one that surely does not exist, and is reported as missing.
  return join(BUILTIN_BOOKS, /^[a-z0-9-]+$/.test(book) ? `${book}.yaml` : 'no-such-book.yaml');
}

/** Where there is no such book, the message names those that there are. */
async function withBuiltinBooks<T extends Loaded<never>>(refused: T): Promise<Loaded<never>> {
  if (refused.ok || !('refusal' in refused)) return refused;
  const { code, facts } = refused.refusal;
  if (code !== 'E_FILE_MISSING') return refused;
  const files = await readdir(BUILTIN_BOOKS);
  const books = files.filter((file) => file.endsWith('.yaml')).sort();
  const names = books.map((file) => `${BUILTIN}${file.slice(0, -'.yaml'.length)}`);
  return refuse(code, { ...facts, allowed: `${names.join(', ')}, or a file of your own` });
}

async function openPath(path: string, limit: number): Promise<Loaded<Opened>> {
  const read = await readText(path, limit);
  return read.ok
    ? { ok: true, value: { file: shownPath(path), text: read.text } }
    : refuse(read.code, read.facts);
}

/** Relative to the working folder where that is shorter to read. */
function shownPath(path: string): string {
  const near = relative('', path);
  return near.startsWith('..') ? path : near;
}

async function safePath(
  name: string,
  folder: string,
): Promise<{ readonly path: string } | Refusal> {
  const outside = (problem: string): Refusal => ({ code: 'E_PATH', facts: { problem } });
  if (isAbsolute(name) || /^[A-Za-z]:/.test(name)) return outside('the path is absolute');
  if (/[\\\0]/.test(name)) return outside('use / between folders');
  const root = scenarioRoot(resolve(folder));
  const path = resolve(folder, name);
  if (!isInside(root, path)) return outside(`the path leaves the folder ${basename(root)}`);
  try {
    const [realRoot, real] = await Promise.all([realpath(root), realpath(path)]);
    if (!isInside(realRoot, real)) return outside(`a link leaves the folder ${basename(root)}`);
  } catch {
    // Not there: reading it says so.
  }
  return { path };
}

function scenarioRoot(folder: string): string {
  for (let dir = folder; dirname(dir) !== dir; dir = dirname(dir)) {
    if (basename(dir) === 'scenarios') return dir;
  }
  return folder;
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function documents(
  { file, text }: Opened,
  version: '1.1' | '1.2',
  limit: number,
): Loaded<readonly SourceNode[]> {
  const decoded = decodeYaml(text, { file, version, limit });
  const diagnostics: Diagnostic[] = [...decoded.diagnostics];
  const [first] = decoded.documents;
  if (version === '1.2' && decoded.documents.length > 1) {
    diagnostics.push(
      diagnostic('E_SYNTAX', { at: { file } }, { problem: 'one document expected' }),
    );
  }
  if (diagnostics.length > 0 || first === undefined) return { ok: false, diagnostics };
  return { ok: true, value: decoded.documents };
}
