/**
 * Busy slot time of the kernel's pods: work accepted − work left. A pod that takes no requests any
 * more and has no work left keeps its busy time, so the sum over all looks only at the others,
 * however many came and went before them. Services are whole µs, so the order of a sum is free.
 */
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
  let busy = state.busyOfDone + (state.wide ? kernel.busyWide(time) : kernel.busyNarrow(time));
  for (const pod of leaving) busy += busyTime(state, pod, time);
  return busy;
}
