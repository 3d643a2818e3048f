/** The rings of the kernel's queues: entries survive growth and renumbering, in their order. */
import { expect, test } from 'vitest';
import { joinQueue, queueLength } from '../../../../packages/engine/src/flow/fast/booking.ts';
import {
  FRAME_COLUMNS,
  type FrameLengths,
  type Kernel,
  typescriptKernel,
} from '../../../../packages/engine/src/flow/fast/build.ts';
import { INTS, REALS } from '../../../../packages/engine/src/flow/fast/frame.ts';
import {
  growRing,
  makeRings,
  renumberQueues,
} from '../../../../packages/engine/src/flow/fast/rings.ts';

const PODS = 3;
const PER_POD = ['ringFrom', 'ringBits', 'head', 'tail'];

function kernelWithRings(): Kernel {
  const lengths = Object.keys(FRAME_COLUMNS).map((column) => [
    column,
    PER_POD.includes(column) ? PODS : 0,
  ]);
  const kernel = typescriptKernel({
    ...(Object.fromEntries(lengths) as FrameLengths),
    ints: INTS,
    reals: REALS,
  });
  makeRings(kernel, 0, PODS);
  return kernel;
}

/** Lets the first request of the pod's queue leave, then the next, until none is left. */
function leavingTimes({ frame }: Kernel, pod: number): number[] {
  const times: number[] = [];
  let time = 0;
  for (let before = queueLength(frame, pod, time); before > 0; time++) {
    const now = queueLength(frame, pod, time);
    for (; before > now; before--) times.push(time);
  }
  return times;
}

/** A queue of 100 whose numbers have come far: they straddle the ring's end. */
function longQueue(kernel: Kernel, pod: number): number[] {
  const { head, tail } = kernel.frame;
  head[pod] = 2 ** 31 - 300;
  tail[pod] = 2 ** 31 - 300;
  const times = Array.from({ length: 100 }, (_, i) => 10 + 3 * i);
  for (const time of times) joinQueue(kernel.frame, pod, time);
  return times;
}

test('a queue that is renumbered starts over, and keeps its requests and their order', () => {
  const kernel = kernelWithRings();
  const times = longQueue(kernel, 1);
  renumberQueues(kernel, PODS);
  expect(kernel.frame.head[1]).toBeLessThan(128);
  expect(kernel.frame.tail[1] - kernel.frame.head[1]).toBe(100);
  expect(leavingTimes(kernel, 1)).toEqual(times);
});

test('a ring that grows keeps its requests and their order, and leaves the others alone', () => {
  const kernel = kernelWithRings();
  const first = longQueue(kernel, 0);
  const last = longQueue(kernel, 2);
  growRing(kernel, 0);
  growRing(kernel, 2);
  const more = 10 + 3 * 100;
  for (let i = 0; i < 100; i++) joinQueue(kernel.frame, 0, more + i);
  expect(leavingTimes(kernel, 2)).toEqual(last);
  expect(leavingTimes(kernel, 0)).toEqual([...first, ...Array.from(first, (_, i) => more + i)]);
});
