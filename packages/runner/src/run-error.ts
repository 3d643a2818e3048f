/** Why a comparison has no result. */
import type { Cell } from './cells.ts';

/** A cell failed: a fault of the program, not of the scenario. */
export class CellError extends Error {
  readonly code: 'E_INTERNAL' | 'E_OOM';

  constructor({ strategy, replication }: Cell, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`strategy ${strategy}, replication ${replication}: ${reason}`, { cause });
    this.name = 'CellError';
    this.code = isOutOfMemory(cause) ? 'E_OOM' : 'E_INTERNAL';
  }
}

/** Interrupted before the first replication was complete. */
export class InterruptedError extends Error {
  readonly code = 'E_INTERRUPTED';

  constructor() {
    super('interrupted before the first replication was complete: there is nothing to compare');
    this.name = 'InterruptedError';
  }
}

function isOutOfMemory(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
