/**
 * The engine in the browser: a web worker that simulates one replication off the page's thread. It
 * takes one task at a time; who no longer wants an answer ends the worker (lib/engine-worker.ts),
 * because a simulation listens to nobody while it runs.
 */
import type { Comparison } from '@peakless/engine';
import { wasmKernel } from '@peakless/wasm';
import type { ResolvedScenario } from '../server/api-types.ts';
import { oneReplication } from './lib/one-replication.ts';

export type WorkerReport =
  | { readonly kind: 'progress' /** 0..1 */; readonly share: number }
  | { readonly kind: 'done'; readonly comparison: Comparison }
  | { readonly kind: 'failed'; readonly detail: string };

/** Milliseconds between two reports of progress. */
const PROGRESS_INTERVAL = 100;

/** Null = the TypeScript build has to do. */
const createKernel = wasmKernel();

addEventListener('message', ({ data }: MessageEvent<ResolvedScenario>) => {
  let next = performance.now() + PROGRESS_INTERVAL;
  const onProgress = (share: number) => {
    const now = performance.now();
    if (now < next) return;
    next = now + PROGRESS_INTERVAL;
    report({ kind: 'progress', share });
  };
  try {
    const paths = createKernel === null ? {} : { createKernel };
    report({ kind: 'done', comparison: oneReplication(data, paths, onProgress) });
  } catch (error) {
    report({ kind: 'failed', detail: error instanceof Error ? error.message : String(error) });
  }
});

function report(message: WorkerReport): void {
  postMessage(message);
}
