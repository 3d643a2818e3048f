/** The bundled scenarios as the gallery shows them. A file that is broken is listed as broken. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { loadPreview, type Scenario } from '@peakless/engine';
import type { GalleryEntry, ScenarioDetail, ScenarioSummary } from './api-types.ts';
import { Problem } from './problem.ts';
import { readScenarioFile } from './scenario-loader.ts';

/** Points of a card's little curve. */
const PREVIEW_POINTS = 120;

export class Gallery {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async list(): Promise<GalleryEntry[]> {
    const files = await this.files();
    return Promise.all(files.map((file) => this.entry(file)));
  }

  async detail(id: string): Promise<ScenarioDetail | undefined> {
    const file = await this.find(id);
    if (file === undefined) return undefined;
    const source = await readFile(join(this.folder, file), 'utf8');
    return { ...(await this.entry(file)), source };
  }

  async path(id: string): Promise<string | undefined> {
    const file = await this.find(id);
    return file === undefined ? undefined : join(this.folder, file);
  }

  /** Ids are what a listing of the folder gave; anything else is unknown. */
  private async find(id: string): Promise<string | undefined> {
    return (await this.files()).find((file) => idOf(file) === id);
  }

  private async entry(file: string): Promise<GalleryEntry> {
    const head = { id: idOf(file), file };
    try {
      const { scenario } = await readScenarioFile(join(this.folder, file), {});
      return { ...head, summary: summarizeScenario(scenario), errors: null };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { ...head, summary: null, errors: error.body.errors ?? [] };
    }
  }

  private async files(): Promise<string[]> {
    // A folder that is not there has no scenarios.
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

export function summarizeScenario(scenario: Scenario): ScenarioSummary {
  return {
    name: scenario.name,
    title: scenario.title,
    description: scenario.description,
    clock: scenario.clock,
    seed: scenario.seed,
    replications: scenario.replications,
    vars: scenario.vars,
    strategies: scenario.strategies.map(({ name, kind, title }) => ({
      name,
      kind,
      title: title ?? { en: name, 'zh-CN': name },
    })),
    baseline: scenario.baseline,
    objectives: scenario.objectives,
    preview: loadPreview(scenario, PREVIEW_POINTS),
  };
}
