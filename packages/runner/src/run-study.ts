/** Studies: bundled scenarios under all settings of their cases, over worker threads. */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import {
  formatDiagnostic,
  type Sample,
  type Scenario,
  type Study,
  settingsOf,
  type Values,
} from '@peakless/engine';
import { type Cell, cellsOf } from './cells.ts';
import { loadScenario } from './load-scenario.ts';
import { builtWorker, openPool } from './pool.ts';
import type { Progress } from './progress.ts';
import { CellError, InterruptedError } from './run-error.ts';
import { progressOf } from './run-truths.ts';
import type { StudyTask } from './study-worker.ts';

export interface StudyOptions {
  readonly seed?: string;
  /** Instead of what the study or its scenario says. */
  readonly replications?: number;
  /** Names of cases; default: all. */
  readonly only?: readonly string[];
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface StudyJob {
  readonly case: string;
  readonly scenario: Scenario;
  readonly cell: Cell;
}

const SCENARIOS = new URL('../../../scenarios/', import.meta.url);

/** Where the scenario of a study lies. */
export function studyScenario({ scenario }: Study): string {
  return fileURLToPath(new URL(scenario, SCENARIOS));
}

/** Every run of a study, case by case. */
export async function studyJobs(study: Study, options: StudyOptions = {}): Promise<StudyJob[]> {
  const jobs: StudyJob[] = [];
  for (const one of study.cases) {
    if (options.only !== undefined && !options.only.includes(one.name)) continue;
    const set = settingsOf(one, options.seed, options.replications);
    const loaded = await loadScenario(studyScenario(study), { set });
    if (!loaded.ok) throw new Error(loaded.diagnostics.map(formatDiagnostic).join('\n'));
    const { scenario } = loaded;
    jobs.push(...cellsOf(scenario).map((cell) => ({ case: one.name, scenario, cell })));
  }
  return jobs;
}

/**
 * @throws InterruptedError when `signal` aborts
 * @throws CellError when a run fails
 */
export async function runStudy(study: Study, options: StudyOptions = {}): Promise<Sample[]> {
  const jobs = await studyJobs(study, options);
  const { signal, workers = availableParallelism(), onProgress } = options;
  const threads = Math.max(1, Math.min(workers, jobs.length));
  const pool = openPool(builtWorker('study-worker'), threads);
  const stop = () => void pool.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  const startedAt = performance.now();
  let done = 0;
  const runJob = async ({ case: name, scenario, cell }: StudyJob): Promise<Sample> => {
    try {
      const task: StudyTask = { study: study.id, scenario, cell };
      const values = (await pool.run(task)) as Values;
      done += 1;
      onProgress?.(progressOf(done, jobs.length, startedAt));
      return { case: name, ...cell, values };
    } catch (error) {
      throw signal?.aborted ? new InterruptedError() : new CellError(cell, error);
    }
  };
  try {
    return await Promise.all(jobs.map(runJob));
  } finally {
    signal?.removeEventListener('abort', stop);
    await pool.destroy();
  }
}
