/**
 * The rings of the kernel's queues between two stretches. All lie in one column; a full one moves
 * to its end with twice the room, so that one long queue costs the others nothing.
 */
import type { Kernel } from './build.ts';
import { RINGS_END } from './frame.ts';

const FIRST_BITS = 7;

/** Empty rings for the pods [from, to). */
export function makeRings(kernel: Kernel, from: number, to: number): void {
  const end = kernel.frame.ints[RINGS_END];
  reserve(kernel, end + ((to - from) << FIRST_BITS));
  const { ringFrom, ringBits } = kernel.frame;
  for (let pod = from; pod < to; pod++) {
    ringFrom[pod] = end + ((pod - from) << FIRST_BITS);
    ringBits[pod] = FIRST_BITS;
  }
}

/** The rings end at `end` now. Room for twice as much, lest every ring that grows copy all. */
function reserve(kernel: Kernel, end: number): void {
  if (end > kernel.frame.ring.length) kernel.resize('ring', 2 * end);
  kernel.frame.ints[RINGS_END] = end;
}

/** Doubles the room of a pod's full ring, its oldest entry first. */
export function growRing(kernel: Kernel, pod: number): void {
  const bits = kernel.frame.ringBits[pod];
  const from = kernel.frame.ringFrom[pod];
  const size = 1 << bits;
  const end = kernel.frame.ints[RINGS_END];
  // The last ring grows where it is.
  const moved = from + size === end ? from : end;
  reserve(kernel, moved + 2 * size);
  const { ring, ringFrom, ringBits, head, tail } = kernel.frame;
  const first = head[pod] & (size - 1);
  const entries = ring.slice(from, from + size);
  ring.set(entries.subarray(first), moved);
  ring.set(entries.subarray(0, first), moved + size - first);
  ringFrom[pod] = moved;
  ringBits[pod] = bits + 1;
  tail[pod] -= head[pod];
  head[pod] = 0;
}

/** Heads and tails start over before 32 bits could overflow. */
export function renumberQueues({ frame }: Kernel, pods: number): void {
  const { head, tail, ringBits } = frame;
  for (let pod = 0; pod < pods; pod++) {
    const length = tail[pod] - head[pod];
    head[pod] &= (1 << ringBits[pod]) - 1;
    tail[pod] = head[pod] + length;
  }
}
