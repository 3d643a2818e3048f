/** The page's end of worker.ts: one task at a time, ended at once when it is no longer wanted. */
import type { Comparison } from '@peakless/engine';
import type { ResolvedScenario } from '../../server/api-types.ts';
import type { WorkerReport } from '../worker.ts';
import { ApiProblem } from './api.ts';

/** The worker failed, or this browser has none. */
export const WORKER_FAILED = 'E_WORKER';

export interface WorkerOptions {
  /** Aborting ends the worker in the middle of its task. */
  readonly signal: AbortSignal;
  /** 0..1 */
  readonly onProgress: (share: number) => void;
}

export class EngineWorker {
  private worker: Worker | null = null;

  /**
   * Rejects with the signal's reason when aborted.
   *
   * @throws ApiProblem E_WORKER
   */
  run(task: ResolvedScenario, { signal, onProgress }: WorkerOptions): Promise<Comparison> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const worker = this.open();
      const end = (settle: () => void) => {
        signal.removeEventListener('abort', onAbort);
        settle();
      };
      // Ended, not kept: what it still had to say would be taken for the next task's.
      const stop = (reason: unknown) => {
        this.close();
        end(() => reject(reason));
      };
      const onAbort = () => stop(signal.reason);
      signal.addEventListener('abort', onAbort);
      worker.onerror = ({ message }) => stop(failed(message ?? ''));
      worker.onmessage = ({ data }: MessageEvent<WorkerReport>) => {
        if (data.kind === 'progress') onProgress(data.share);
        else if (data.kind === 'done') end(() => resolve(data.comparison));
        else end(() => reject(failed(data.detail)));
      };
      worker.postMessage(task);
    });
  }

  /** Loads the worker before there is a task. */
  prepare(): void {
    this.open();
  }

  close(): void {
    this.worker?.terminate();
    this.worker = null;
  }

  private open(): Worker {
    if (this.worker) return this.worker;
    try {
      this.worker = new Worker(new URL('../worker.ts', import.meta.url), { type: 'module' });
      return this.worker;
    } catch (error) {
      throw failed(String(error));
    }
  }
}

function failed(detail: string): ApiProblem {
  return new ApiProblem({ status: 0, code: WORKER_FAILED, title: '', detail });
}
