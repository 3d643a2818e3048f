/** A build of the kernel with a frame of its own, and the TypeScript build: the reference. */
import { refill } from './blocks.ts';
import { recordEnded } from './booking.ts';
import { busyNarrow, busyWide } from './busy.ts';
import type { Frame } from './frame.ts';
import { runNarrow } from './narrow.ts';
import { catchUp, runRanked } from './ranked.ts';
import { endRow, runRows } from './rows.ts';
import { runWide } from './wide.ts';
import { endWindow } from './window.ts';

export type KernelName = 'ts' | 'wasm';

/** Column → its length. */
export type FrameLengths = { readonly [K in keyof Frame]: number };

export interface Kernel {
  readonly name: KernelName;
  /** Its columns; after `resize` they are other arrays. */
  readonly frame: Frame;
  /** Changes the length of a column and keeps its values; what is new is 0. */
  readonly resize: (column: keyof Frame, length: number) => void;
  /** Draws the next block; its length. */
  readonly refill: () => number;
  /** Serve the block; the answers are those of frame.ts. */
  readonly runNarrow: () => number;
  readonly runWide: () => number;
  readonly runRanked: () => number;
  /** Lets everything leave that leaves by `time`, µs. */
  readonly catchUp: (time: number) => void;
  readonly recordEnded: () => void;
  /** Serves the block, row after row; ends a row. */
  readonly runRows: () => number;
  readonly endRow: () => void;
  /** Ends a row of ROW_VALUES latencies: the buckets of its quantiles to ROW_P50 and ROW_P99. */
  readonly endWindow: () => void;
  /** Busy slot time of the ready pods up to `time`, µs. */
  readonly busyNarrow: (time: number) => number;
  readonly busyWide: (time: number) => number;
}

export type CreateKernel = (lengths: FrameLengths) => Kernel;

/** Columns of the frame in order, `i` = 32-bit integers, `f` = 64-bit floats. */
export const FRAME_COLUMNS = {
  ints: 'i',
  reals: 'f',
  time: 'f',
  service: 'f',
  draws: 'i',
  ready: 'i',
  closed: 'i',
  free: 'i',
  freeAt: 'f',
  accepted: 'f',
  ring: 'f',
  ringFrom: 'i',
  ringBits: 'i',
  head: 'i',
  tail: 'i',
  laterEnd: 'f',
  laterArrival: 'f',
  laterLeave: 'f',
  laterTag: 'i',
  order: 'i',
  position: 'i',
  blockStart: 'i',
  held: 'i',
  eventTime: 'f',
  eventKey: 'f',
  eventPod: 'i',
  tables: 'f',
  arrivalStream: 'i',
  serviceStream: 'i',
  balancerStream: 'i',
  curveStart: 'f',
  curveRate: 'f',
  curveSlope: 'f',
  walk: 'f',
  window: 'i',
  latency: 'f',
  wait: 'i',
  rows: 'f',
} as const satisfies { readonly [K in keyof Frame]: 'i' | 'f' };

export function typescriptKernel(lengths: FrameLengths): Kernel {
  const columns: Record<string, Int32Array | Float64Array> = Object.fromEntries(
    Object.entries(FRAME_COLUMNS).map(([column, kind]) => {
      const length = lengths[column as keyof Frame];
      return [column, kind === 'i' ? new Int32Array(length) : new Float64Array(length)];
    }),
  );
  const frame = columns as unknown as Frame;
  return {
    name: 'ts',
    frame,
    resize: (column, length) => {
      const old = frame[column];
      const larger = old instanceof Int32Array ? new Int32Array(length) : new Float64Array(length);
      larger.set(old.subarray(0, Math.min(old.length, length)));
      columns[column] = larger;
    },
    refill: () => refill(frame),
    runNarrow: () => runNarrow(frame),
    runWide: () => runWide(frame),
    runRanked: () => runRanked(frame),
    catchUp: (time) => catchUp(frame, time),
    recordEnded: () => recordEnded(frame),
    runRows: () => runRows(frame),
    endRow: () => endRow(frame),
    endWindow: () => endWindow(frame),
    busyNarrow: (time) => busyNarrow(frame, time),
    busyWide: (time) => busyWide(frame, time),
  };
}
