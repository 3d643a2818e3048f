/** Manifests and a load, a scenario or a trace → the scenario of a dry run. */
import { basename, dirname, extname } from 'node:path';
import {
  type Diagnostic,
  type DryRunDocument,
  type DryRunManifests,
  diagnostic,
  dryRunOfScenario,
  dryRunOfTrace,
  kubernetesStrategies,
  type ParseResult,
  parse,
  type Settings,
  type SourceMap,
  type TraceWork,
  USUAL_WORK,
} from '@peakless/engine';
import { decodeYaml } from './document.ts';
import { LIMITS } from './limits.ts';
import { readText } from './read-text.ts';
import { scenarioFiles } from './scenario-files.ts';

export interface DryRunOptions {
  /** `--set` on the composed scenario. */
  readonly set?: Settings;
  /** Of the scenario: whose start-up, nodes and schedule are taken. */
  readonly strategy?: string;
  /** Of a trace, which says nothing about it; what is left out is as usual. */
  readonly work?: Partial<TraceWork>;
}

export interface DryRunText {
  readonly text: string;
  /** Names the text in diagnostics. */
  readonly name: string;
}

/** `loadPath` ending in .csv is a trace, anything else a scenario. */
export async function loadDryRun(
  manifestsPath: string,
  loadPath: string,
  options: DryRunOptions = {},
): Promise<ParseResult> {
  const read = await readText(manifestsPath, LIMITS.manifests);
  if (!read.ok) return refused(diagnostic(read.code, { at: { file: manifestsPath } }, read.facts));
  return loadDryRunText({ text: read.text, name: manifestsPath }, loadPath, options);
}

/** The same for manifests that are in no file: what a page sends. */
export async function loadDryRunText(
  { text, name }: DryRunText,
  loadPath: string,
  options: DryRunOptions,
): Promise<ParseResult> {
  const limits = { version: '1.1', limit: LIMITS.manifests } as const;
  const { documents, diagnostics } = decodeYaml(text, { file: name, ...limits });
  const manifests = { file: name, documents };
  const composed =
    extname(loadPath).toLowerCase() === '.csv'
      ? await composeTrace(manifests, loadPath, { ...USUAL_WORK, ...options.work })
      : await composeScenario(manifests, loadPath, options.strategy);
  if ('diagnostics' in composed) {
    return { ok: false, diagnostics: [...diagnostics, ...composed.diagnostics] };
  }
  const { document, files, warnings } = composed;
  const parsed = await parse(document, {
    set: options.set ?? {},
    files,
    diagnostics,
    missingRequests: 'simulate',
  });
  return parsed.ok ? { ...parsed, warnings: [...warnings, ...parsed.warnings] } : parsed;
}

function refused(...diagnostics: readonly Diagnostic[]) {
  return { ok: false, diagnostics } as const;
}

type Composed = DryRunDocument | { readonly diagnostics: readonly Diagnostic[] };

async function composeTrace(
  manifests: DryRunManifests,
  path: string,
  work: TraceWork,
): Promise<Composed> {
  const files = scenarioFiles(dirname(path));
  const table = await files.table(basename(path));
  if (table.ok) return dryRunOfTrace(table.value, basename(path), work, manifests, files);
  const { refusal, diagnostics = [] } = table;
  if (refusal === undefined) return { diagnostics };
  return { diagnostics: [diagnostic(refusal.code, { at: { file: path } }, refusal.facts)] };
}

async function composeScenario(
  manifests: DryRunManifests,
  path: string,
  strategy: string | undefined,
): Promise<Composed> {
  const read = await readText(path, LIMITS.scenario);
  if (!read.ok) {
    return { diagnostics: [diagnostic(read.code, { at: { file: path } }, read.facts)] };
  }
  const decoded = decodeYaml(read.text, { file: path, version: '1.2', limit: LIMITS.scenario });
  const [scenario, second] = decoded.documents;
  if (scenario === undefined || decoded.diagnostics.length > 0) return decoded;
  if (second !== undefined || scenario.kind !== 'map') {
    const { at } = second ?? scenario;
    const problem = 'a load is one scenario: a map of fields';
    return { diagnostics: [diagnostic('E_SYNTAX', { at }, { problem })] };
  }
  const unknown = unknownStrategy(scenario, strategy, path);
  if (unknown !== undefined) return { diagnostics: [unknown] };
  return dryRunOfScenario(scenario, manifests, scenarioFiles(dirname(path)), strategy);
}

function unknownStrategy(
  scenario: SourceMap,
  strategy: string | undefined,
  file: string,
): Diagnostic | undefined {
  const known = [...kubernetesStrategies(scenario).keys()];
  if (strategy === undefined || known.includes(strategy)) return undefined;
  const problem = `there is no strategy ${strategy} of kind kubernetes`;
  const allowed = known.length === 0 ? 'it has none' : known.join(', ');
  return diagnostic('E_REF', { at: { file }, path: ['strategies'] }, { problem, allowed });
}
