/** The bundled scenarios as the gallery shows them. A file that is broken is listed as broken. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { loadPreview, type Scenario } from '@peakless/engine';
import { type LoadedScenario, loadScenario } from '@peakless/runner';
import type { GalleryEntry, ScenarioSummary } from './api-types.ts';
import type { ProblemDetail } from './problem.ts';
import { diagnosticsOf } from './scenario-problem.ts';

/** Points of a card's little curve. */
const PREVIEW_POINTS = 120;

export class Gallery {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Ids are what a listing of the folder gave; anything else is unknown, whatever it looks like. */
  async path(id: string): Promise<string | undefined> {
    const file = (await this.files()).find((name) => idOf(name) === id);
    return file === undefined ? undefined : join(this.folder, file);
  }

  async list(): Promise<GalleryEntry[]> {
    const files = await this.files();
    return Promise.all(files.map((file) => this.entry(file)));
  }

  source(path: string): Promise<string> {
    return readFile(path, 'utf8');
  }

  private async entry(file: string): Promise<GalleryEntry> {
    const head = { id: idOf(file), file };
    try {
      const { scenario } = await loadScenario(join(this.folder, file), { set: {} });
      return { ...head, summary: summarizeScenario(scenario), errors: null };
    } catch (error) {
      return { ...head, summary: null, errors: entryErrors(error) };
    }
  }

  private async files(): Promise<string[]> {
    const entries = await readdir(this.folder, { withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => entry.isFile() && ['.yaml', '.yml'].includes(extname(entry.name)))
      .map(({ name }) => name)
      .sort();
  }
}

function idOf(file: string): string {
  return basename(file, extname(file));
}

function entryErrors(error: unknown): readonly ProblemDetail[] {
  const details = diagnosticsOf(error);
  if (details) return details;
  throw error;
}

export function summarizeScenario(scenario: Scenario): ScenarioSummary {
  const preview = loadPreview(scenario, PREVIEW_POINTS);
  return {
    name: scenario.name,
    title: scenario.title,
    description: scenario.description,
    clock: scenario.clock,
    seed: scenario.seed,
    replications: scenario.replications,
    vars: scenario.vars,
    strategies: scenario.strategies.map((strategy) => ({
      name: strategy.name,
      kind: strategy.kind,
      title: strategy.title ?? { en: strategy.name, 'zh-CN': strategy.name },
    })),
    baseline: scenario.baseline,
    objectives: scenario.objectives,
    preview,
  };
}

export type { LoadedScenario };
