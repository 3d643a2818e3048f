/**
 * The WebAssembly build of the engine's kernel. Every kernel has a memory of its own:
 *
 *   0        64                      ENDS
 *   │ unused │ pointers of the frame │ columns, each where the last one ended
 *
 * A column that is resized moves to the end, so growing by doubling wastes at most as much again.
 */
import { type CreateKernel, FRAME_COLUMNS, type Frame, type Kernel } from '@peakless/engine';
import { KERNEL_BINARY } from './kernel-binary.ts';

type Column = keyof Frame;

interface Exports {
  readonly refill: (frame: number) => number;
  readonly runNarrow: (frame: number) => number;
  readonly runWide: (frame: number) => number;
  readonly runRanked: (frame: number) => number;
  readonly catchUp: (frame: number, time: number) => void;
  readonly recordEnded: (frame: number) => void;
  readonly runRows: (frame: number) => number;
  readonly endRow: (frame: number) => void;
  readonly endWindow: (frame: number) => void;
  readonly busyNarrow: (frame: number, time: number) => number;
  readonly busyWide: (frame: number, time: number) => number;
}

const FRAME = 64;
const ALIGNMENT = 16;
const PAGE = 65_536;
const COLUMNS = Object.keys(FRAME_COLUMNS) as Column[];

/**
 * Compiles the kernel; null = this runtime has no WebAssembly, or not the part of it that the
 * kernel needs (SIMD), or forbids to compile it (a page's content policy).
 */
export function wasmKernel(): CreateKernel | null {
  if (typeof WebAssembly === 'undefined') return null;
  const binary = Uint8Array.from(atob(KERNEL_BINARY), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(binary)) return null;
  let module: WebAssembly.Module;
  try {
    module = new WebAssembly.Module(binary);
  } catch {
    return null;
  }
  return (lengths) => createKernel(module, lengths);
}

function createKernel(module: WebAssembly.Module, lengths: Parameters<CreateKernel>[0]): Kernel {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const exports = instance.exports as unknown as Exports;
  const places = new Map<Column, { at: number; length: number }>();
  const frame = {} as Record<Column, Int32Array | Float64Array>;
  let end = aligned(FRAME + 4 * COLUMNS.length);

  const place = (column: Column, length: number) => {
    const at = end;
    end = aligned(at + length * (FRAME_COLUMNS[column] === 'i' ? 4 : 8));
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    places.set(column, { at, length });
  };
  const look = () => {
    const pointers = new Int32Array(memory.buffer, FRAME, COLUMNS.length);
    COLUMNS.forEach((column, i) => {
      const { at, length } = places.get(column) as { at: number; length: number };
      pointers[i] = at;
      frame[column] =
        FRAME_COLUMNS[column] === 'i'
          ? new Int32Array(memory.buffer, at, length)
          : new Float64Array(memory.buffer, at, length);
    });
  };
  for (const column of COLUMNS) place(column, lengths[column]);
  look();
  return {
    name: 'wasm',
    frame: frame as unknown as Frame,
    resize: (column, length) => {
      const old = frame[column].slice(0, length);
      place(column, length);
      look();
      frame[column].set(old);
    },
    refill: () => exports.refill(FRAME),
    runNarrow: () => exports.runNarrow(FRAME),
    runWide: () => exports.runWide(FRAME),
    runRanked: () => exports.runRanked(FRAME),
    catchUp: (time) => exports.catchUp(FRAME, time),
    recordEnded: () => exports.recordEnded(FRAME),
    runRows: () => exports.runRows(FRAME),
    endRow: () => exports.endRow(FRAME),
    endWindow: () => exports.endWindow(FRAME),
    busyNarrow: (time) => exports.busyNarrow(FRAME, time),
    busyWide: (time) => exports.busyWide(FRAME, time),
  };
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
