/** Scenario files and texts → parsed scenarios, with everything that they refer to. */
import { dirname } from 'node:path';
import {
  diagnostic,
  type ParseResult,
  parse,
  type ScenarioFiles,
  type Settings,
} from '@peakless/engine';
import { decodeYaml } from './document.ts';
import { LIMITS } from './limits.ts';
import { readText } from './read-text.ts';
import { scenarioFiles } from './scenario-files.ts';

export interface LoadOptions {
  /** `--set`: path → value. */
  readonly set?: Settings;
}

export interface LoadTextOptions extends LoadOptions {
  /** Names the text in diagnostics. */
  readonly name: string;
  /** Folder that relative paths start from; without it the scenario can name no files. */
  readonly baseDir?: string;
}

/** Reads the file and all files that it names. */
export async function loadScenario(path: string, options: LoadOptions = {}): Promise<ParseResult> {
  const read = await readText(path, LIMITS.scenario);
  if (!read.ok) {
    const found = diagnostic(read.code, { at: { file: path } }, read.facts);
    return { ok: false, diagnostics: [found] };
  }
  return parseText(read.text, path, scenarioFiles(dirname(path)), options);
}

/** The same for a text that is in no file, or not any more: what a page sends. */
export function loadScenarioText(text: string, options: LoadTextOptions): Promise<ParseResult> {
  return parseText(text, options.name, scenarioFiles(options.baseDir), options);
}

async function parseText(
  text: string,
  file: string,
  files: ScenarioFiles,
  { set = {} }: LoadOptions,
): Promise<ParseResult> {
  const { documents, diagnostics } = decodeYaml(text, {
    file,
    version: '1.2',
    limit: LIMITS.scenario,
  });
  const [document, second] = documents;
  if (document === undefined) return { ok: false, diagnostics };
  if (second !== undefined) {
    const problem = 'a scenario is one document, this file has several';
    return { ok: false, diagnostics: [diagnostic('E_SYNTAX', { at: second.at }, { problem })] };
  }
  return parse(document, { set, files, diagnostics });
}
