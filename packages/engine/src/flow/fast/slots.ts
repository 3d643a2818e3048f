/**
 * The slots of the kernel's pods between two stretches: made, looked at, emptied, and turned from
 * packed ticks into instants when a service is booked too far ahead for 28 bits of microseconds.
 */
import type { F64, I32 } from '../../kernel/dialect.ts';
import type { Kernel } from './build.ts';
import { BASE, NARROW_SLOTS, NEVER, SLOTS } from './frame.ts';

const FREE_SINCE_EVER = -1;

/** Places of a pod's heap: odd, so that every parent has two children. */
export function heapPlaces(slots: number): number {
  return slots | 1;
}

/** Free slots for the pods [from, to). */
export function makeSlots({ frame }: Kernel, wide: boolean, from: number, to: number): void {
  const slots = frame.ints[SLOTS];
  const places = wide ? heapPlaces(slots) : NARROW_SLOTS;
  const column = wide ? frame.freeAt : frame.free;
  const first = from * places;
  for (let k = 0; k < places; k++) {
    const unused = wide ? Number.POSITIVE_INFINITY : NEVER;
    const free = wide ? FREE_SINCE_EVER : (FREE_SINCE_EVER << 3) | k;
    column[first + k] = k < slots ? free : unused;
  }
  repeat(column, first, places, to * places);
}

/** Fills a column up to `end` with the `length` values that begin at `first`. */
function repeat(column: F64 | I32, first: number, length: number, end: number): void {
  for (let filled = first + length; filled < end; ) {
    const copied = Math.min(filled - first, end - filled);
    column.copyWithin(filled, first, first + copied);
    filled += copied;
  }
}

/** Moves tick 0 to `base`. Slots that are free by then stay free. */
export function rebase({ frame }: Kernel, base: number): void {
  const moved = base - frame.reals[BASE];
  const { free } = frame;
  for (let at = 0; at < free.length; at++) {
    if (free[at] === NEVER) continue;
    free[at] = (Math.max(FREE_SINCE_EVER, (free[at] >> 3) - moved) << 3) | (free[at] & 7);
  }
  frame.reals[BASE] = base;
}

/** Instants instead of ticks, in heaps. */
export function widen(kernel: Kernel, pods: number): void {
  const slots = kernel.frame.ints[SLOTS];
  const places = heapPlaces(slots);
  kernel.resize('freeAt', pods * places);
  makeSlots(kernel, true, 0, pods);
  const { free, freeAt, reals } = kernel.frame;
  for (let pod = 0; pod < pods; pod++) {
    const heap = freeAt.subarray(pod * places, pod * places + slots);
    for (let k = 0; k < slots; k++) heap[k] = reals[BASE] + (free[pod * NARROW_SLOTS + k] >> 3);
    heap.sort();
  }
}

/** Slots of the pod that are busy at `time`. */
export function slotsBusy({ frame }: Kernel, wide: boolean, pod: number, time: number): number {
  const slots = frame.ints[SLOTS];
  let busy = 0;
  if (wide) {
    const { freeAt } = frame;
    const first = pod * heapPlaces(slots);
    for (let at = first; at < first + slots; at++) if (freeAt[at] > time) busy++;
    return busy;
  }
  const { free } = frame;
  const first = pod * NARROW_SLOTS;
  const tick = time - frame.reals[BASE];
  for (let at = first; at < first + slots; at++) if (free[at] >> 3 > tick) busy++;
  return busy;
}

/** µs of work that the pod's slots have left at `time`. */
export function workLeft({ frame }: Kernel, wide: boolean, pod: number, time: number): number {
  const slots = frame.ints[SLOTS];
  let left = 0;
  if (wide) {
    const { freeAt } = frame;
    const first = pod * heapPlaces(slots);
    for (let at = first; at < first + slots; at++) if (freeAt[at] > time) left += freeAt[at] - time;
    return left;
  }
  const { free } = frame;
  const first = pod * NARROW_SLOTS;
  const tick = time - frame.reals[BASE];
  for (let at = first; at < first + slots; at++) {
    const end = free[at] >> 3;
    if (end > tick) left += end - tick;
  }
  return left;
}
