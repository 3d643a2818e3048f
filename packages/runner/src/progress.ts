/** How far a set of cells is: whole ones, and the shares inside those that run. */

export interface Progress {
  readonly cellsDone: number;
  readonly cellsTotal: number;
  /** Of all the work, running cells included, 0..1. */
  readonly share: number;
  /** Milliseconds since the start. */
  readonly elapsed: number;
  /** Milliseconds to the end at this pace; null = too early to say. */
  readonly remaining: number | null;
}

/** Below this share of the work its pace says nothing. */
const SHARE_MIN = 0.01;
const PARTS = 1_000_000;

/**
 * One integer per cell in memory that the workers share: they write, the main thread looks now
 * and then. Nothing is queued, so a slow reader costs the workers nothing.
 */
export class SharedProgress {
  readonly buffer: SharedArrayBuffer;
  private readonly parts: Int32Array;
  private readonly startedAt = performance.now();

  constructor(cells: number) {
    this.buffer = new SharedArrayBuffer(cells * Int32Array.BYTES_PER_ELEMENT);
    this.parts = new Int32Array(this.buffer);
  }

  read(cellsDone: number): Progress {
    const total = this.parts.length;
    let parts = 0;
    for (let cell = 0; cell < total; cell += 1) parts += Atomics.load(this.parts, cell);
    const share = total === 0 ? 1 : parts / (total * PARTS);
    const elapsed = performance.now() - this.startedAt;
    const remaining = share < SHARE_MIN ? null : (elapsed * (1 - share)) / share;
    return { cellsDone, cellsTotal: total, share, elapsed, remaining };
  }
}

/** The worker's side: `share` of cell number `cell`, 0..1. */
export function writeProgress(buffer: SharedArrayBuffer, cell: number, share: number): void {
  const bounded = Math.min(1, Math.max(0, share));
  Atomics.store(new Int32Array(buffer), cell, Math.round(bounded * PARTS));
}
