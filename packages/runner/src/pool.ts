/**
 * Cells over worker threads. Results are gathered by cell number, so what comes out depends
 * neither on the number of workers nor on who finishes first.
 */
import { availableParallelism } from 'node:os';
import type { Scenario } from '@peakless/engine';
import { Piscina } from 'piscina';
import type { Cell } from './cells.ts';
import { checkPaths, type PathChoice } from './paths.ts';
import { type Progress, SharedProgress } from './progress.ts';
import { CellError } from './run-error.ts';

/** What every worker gets once, when it starts. */
export interface WorkerSetup {
  readonly scenario: Scenario;
  readonly paths: PathChoice;
  readonly progress: SharedArrayBuffer;
}

export interface Task {
  readonly index: number;
  readonly cell: Cell;
}

export interface RunOptions extends PathChoice {
  /** Worker threads; default: what the machine can run at once. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  /** At most ten times a second, and once at the end. */
  readonly onProgress?: (progress: Progress) => void;
}

const PROGRESS_INTERVAL = 100;

/** Node cannot load TypeScript: run from source, the worker is the built one. */
export function builtWorker(name: string): URL {
  const folder = import.meta.url.endsWith('.ts') ? '../dist/' : './';
  return new URL(`${folder}${name}.js`, import.meta.url);
}

/**
 * One result per cell, of the type that the worker gives; undefined where `signal` came first. Any
 * failing cell fails the whole.
 */
export async function runCells<Result>(
  scenario: Scenario,
  cells: readonly Cell[],
  options: RunOptions = {},
  workerFile: URL = builtWorker('worker'),
): Promise<(Result | undefined)[]> {
  const results = new Array<Result | undefined>(cells.length).fill(undefined);
  const { signal, onProgress } = options;
  if (signal?.aborted || cells.length === 0) return results;

  checkPaths(scenario, options);
  const progress = new SharedProgress(cells.length);
  const threads = Math.max(1, Math.min(options.workers ?? availableParallelism(), cells.length));
  const { path, kernel } = options;
  const paths = { ...(path && { path }), ...(kernel && { kernel }) };
  const pool = openPool(workerFile, threads, { scenario, paths, progress: progress.buffer });
  let done = 0;
  let next = 0;
  const report = () => onProgress?.(progress.read(done));
  const timer = onProgress && setInterval(report, PROGRESS_INTERVAL);
  // Ends threads in the middle of a cell: an interrupted user waits for nobody.
  const stop = () => void pool.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  // Each lane keeps one thread busy. The pool's own queue would not keep the order of the cells.
  const lane = async () => {
    while (next < cells.length && !signal?.aborted) {
      const index = next;
      next += 1;
      const cell = cells[index] as Cell;
      try {
        results[index] = (await pool.run({ index, cell } satisfies Task)) as Result;
        done += 1;
      } catch (error) {
        if (!signal?.aborted) throw new CellError(cell, error);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: threads }, lane));
    report();
    return results;
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', stop);
    await pool.destroy();
  }
}

/** As many worker threads as asked for; `setup` is handed to each of them. */
export function openPool(workerFile: URL, threads: number, setup?: WorkerSetup): Piscina {
  return new Piscina({
    filename: workerFile.href,
    ...(setup === undefined ? {} : { workerData: setup }),
    minThreads: threads,
    maxThreads: threads,
    recordTiming: false,
    // Not the parent's: a test runner's flags would make workers load sources they cannot read.
    execArgv: [],
  });
}
