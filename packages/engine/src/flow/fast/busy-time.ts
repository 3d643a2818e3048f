/**
 * Busy slot time of the kernel's pods: work accepted − work left. A pod that takes no requests any
 * more and has no work left keeps its busy time, so the sum over all looks only at the others,
 * however many came and went before them. Services are whole µs, so the order of a sum is free.
 */
import { BASE, LAST_TICK, READY, SLOTS } from './frame.ts';
import { workLeft } from './slots.ts';
import type { State } from './state.ts';

export function busyTime(state: State, pod: number, time: number): number {
  if (pod >= state.pods) return 0;
  return state.kernel.frame.accepted[pod] - workLeft(state.kernel, state.wide, pod, time);
}

/** The pod takes requests: its busy time is not final, or not any more. */
export function reopen(state: State, pod: number): void {
  if (!state.leaving.delete(pod)) state.busyOfDone -= state.kernel.frame.accepted[pod];
}

export function busyTimeOfAll(state: State, time: number): number {
  const { kernel, leaving } = state;
  for (const pod of leaving) {
    if (workLeft(kernel, state.wide, pod, time) > 0) continue;
    leaving.delete(pod);
    state.busyOfDone += kernel.frame.accepted[pod];
  }
  let busy = state.busyOfDone + (state.wide ? ofReadyWide(state, time) : ofReady(state, time));
  for (const pod of leaving) busy += busyTime(state, pod, time);
  return busy;
}

function ofReadyWide(state: State, time: number): number {
  const { ready, ints } = state.kernel.frame;
  let busy = 0;
  for (let at = 0; at < ints[READY]; at++) busy += busyTime(state, ready[at], time);
  return busy;
}

function ofReady({ kernel }: State, time: number): number {
  const { ready, ints, accepted, free, reals } = kernel.frame;
  const count = ints[READY];
  const slots = ints[SLOTS];
  // After a long silence the present is beyond 32 bits, and every slot free.
  const tick = Math.min(time - reals[BASE], LAST_TICK);
  let busy = 0;
  for (let at = 0; at < count; at++) {
    const first = ready[at] << 3;
    busy += accepted[ready[at]];
    for (let slot = first; slot < first + slots; slot++) {
      const left = (free[slot] >> 3) - tick;
      // 0 where it is negative: a mask, since a branch would be a guess.
      busy -= left & ~(left >> 31);
    }
  }
  return busy;
}
