/**
 * The slots of the kernel's pods between two stretches: made, looked at, emptied, and turned from
 * packed ticks into instants when a service is booked too far ahead for 28 bits of microseconds.
 */
import type { Kernel } from './build.ts';
import { BASE, NARROW_SLOTS, NEVER, SLOTS } from './frame.ts';

const FREE_SINCE_EVER = -1;

/** Packed free slots of the pods [from, to). */
export function makeSlots({ frame }: Kernel, wide: boolean, from: number, to: number): void {
  const slots = frame.ints[SLOTS];
  if (wide) {
    frame.freeAt.fill(FREE_SINCE_EVER, from * slots, to * slots);
    return;
  }
  for (let pod = from; pod < to; pod++) {
    for (let k = 0; k < NARROW_SLOTS; k++) {
      frame.free[pod * NARROW_SLOTS + k] = k < slots ? (FREE_SINCE_EVER << 3) | k : NEVER;
    }
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
  kernel.resize('freeAt', pods * slots);
  const { frame } = kernel;
  const base = frame.reals[BASE];
  for (let pod = 0; pod < pods; pod++) {
    const first = pod * NARROW_SLOTS;
    const heap = frame.freeAt.subarray(pod * slots, (pod + 1) * slots);
    for (let k = 0; k < slots; k++) heap[k] = base + (frame.free[first + k] >> 3);
    heap.sort();
  }
}

/** Slots of the pod that are busy at `time`, and the µs of work that they have left. */
export function slotsBusy(
  { frame }: Kernel,
  wide: boolean,
  pod: number,
  time: number,
): { busy: number; left: number } {
  const slots = frame.ints[SLOTS];
  let busy = 0;
  let left = 0;
  for (let k = 0; k < slots; k++) {
    const free = wide
      ? frame.freeAt[pod * slots + k]
      : frame.reals[BASE] + (frame.free[pod * NARROW_SLOTS + k] >> 3);
    if (free <= time) continue;
    busy++;
    left += free - time;
  }
  return { busy, left };
}
