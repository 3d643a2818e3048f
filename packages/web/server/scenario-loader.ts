/** Reading scenarios for the web: what is wrong with one becomes a 422 with every diagnostic. */
import { basename } from 'node:path';
import type { Diagnostic, Message, ParseResult, Scenario, Settings } from '@peakless/engine';
import { loadDryRunText, loadScenario, loadScenarioText } from '@peakless/runner';
import { Problem, type ProblemDetail } from './problem.ts';

export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly warnings: readonly Message[];
}

export async function readScenarioFile(path: string, set: Settings): Promise<LoadedScenario> {
  return loaded(await loadScenario(path, { set }), path);
}

export interface TextSource {
  /** Names the text in messages. */
  readonly name: string;
  /** Bundled traces and manifests that the text may refer to lie here; nothing else is read. */
  readonly baseDir: string;
  readonly set: Settings;
}

export async function readScenarioText(text: string, source: TextSource): Promise<LoadedScenario> {
  return loaded(await loadScenarioText(text, source), source.name);
}

export interface DryRunSource {
  readonly name: string;
  readonly text: string;
  readonly set: Settings;
  readonly strategy?: string;
}

/** Somebody's Kubernetes objects under the load of the scenario in `path`. */
export async function readDryRun(
  { name, text, ...options }: DryRunSource,
  path: string,
): Promise<LoadedScenario> {
  return loaded(await loadDryRunText({ name, text }, path, options), name);
}

function loaded(result: ParseResult, file: string): LoadedScenario {
  if (result.ok) return result;
  const errors = result.diagnostics.map((found) => detailOf(found, file));
  throw new Problem({
    status: 422,
    code: 'E_SCENARIO',
    title: 'The scenario has errors',
    detail: `${basename(file)}: ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}.`,
    errors,
  });
}

function detailOf({ code, at, path, problem, got, allowed, hint }: Diagnostic, file: string) {
  // Never a folder of the server: the name tells a manifest from the scenario that refers to it.
  const place = at.file === file || at.file.endsWith(basename(file)) ? '' : basename(at.file);
  const facts = [
    got === undefined ? '' : `got ${got}`,
    allowed === undefined ? '' : `allowed: ${allowed}`,
  ].filter((fact) => fact !== '');
  const message = facts.length === 0 ? problem : `${problem} (${facts.join(', ')})`;
  const detail: ProblemDetail = {
    code,
    ...(path === '' ? {} : { path }),
    ...(place === '' ? {} : { file: place }),
    ...(at.line === undefined ? {} : { line: at.line }),
    ...(at.column === undefined ? {} : { column: at.column }),
    message,
    hint,
  };
  return detail;
}
