/**
 * Exact results against simulation, over worker threads. A round is cut into parts and put together
 * again in order, so that the results depend on neither the threads nor the cut.
 */
import { availableParallelism } from 'node:os';
import { type Round, type Row, runTruth, type Truth, type TruthResult } from '@peakless/engine';
import type { Piscina } from 'piscina';
import { builtWorker, openPool } from './pool.ts';
import type { Progress } from './progress.ts';
import { InterruptedError } from './run-error.ts';
import type { TruthTask } from './truth-worker.ts';

export interface TruthOptions {
  /** Of one truth, roughly. What is then not precise enough has failed. */
  readonly maxRequests: number;
  readonly workers?: number;
  readonly signal?: AbortSignal;
  /** Whenever a part of a round is done; `share` is of the round. */
  readonly onProgress?: (truth: Truth, progress: Progress) => void;
}

/** Parts per thread and round: enough that threads end together. */
const PARTS = 4;

/**
 * Yields the verdict on each truth, in order.
 *
 * @throws InterruptedError when `signal` aborts
 */
export async function* runTruths(
  truths: readonly Truth[],
  options: TruthOptions,
): AsyncGenerator<TruthResult> {
  const { signal, maxRequests } = options;
  const threads = options.workers ?? availableParallelism();
  const pool = openPool(builtWorker('truth-worker'), threads);
  const stop = () => void pool.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for (const truth of truths) {
      const startedAt = performance.now();
      const show = (done: number, total: number) =>
        options.onProgress?.(truth, progressOf(done, total, startedAt));
      yield await runTruth(truth, { maxRequests }, (experiment, round) =>
        runParts(pool, truth, experiment, partsOf(round, threads * PARTS), show),
      );
    }
  } catch (error) {
    throw signal?.aborted ? new InterruptedError() : error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await pool.destroy();
  }
}

async function runParts(
  pool: Piscina,
  truth: Truth,
  experiment: number,
  parts: readonly Round[],
  show: (done: number, total: number) => void,
): Promise<readonly Row[]> {
  let done = 0;
  const rows = await Promise.all(
    parts.map(async (round) => {
      const task: TruthTask = { truth, experiment, round };
      const some: readonly Row[] = await pool.run(task);
      done += 1;
      show(done, parts.length);
      return some;
    }),
  );
  return rows.flat();
}

/** Pieces of consecutive replications, as equal as can be. */
function partsOf({ length, from, to }: Round, most: number): Round[] {
  const count = Math.min(most, to - from);
  const edge = (i: number) => from + Math.round(((to - from) * i) / count);
  return Array.from({ length: count }, (_, i) => ({ length, from: edge(i), to: edge(i + 1) }));
}

export function progressOf(done: number, total: number, startedAt: number): Progress {
  const elapsed = performance.now() - startedAt;
  return { cellsDone: done, cellsTotal: total, share: done / total, elapsed, remaining: null };
}
