/**
 * The sample of requests on the fast path: one that is taken is served in a call of its own, with
 * its end put aside in any case, where all that will become of it can be read.
 */
import { FAILED, LATE, REJECTED, SERVED, TIMED_OUT_COUNT } from '../columns.ts';
import { takeIntoSample } from '../sample.ts';
import { COMPLETES, END, FINAL, LATER, N_FAILED, NEXT, OBJECTIVE, UNTIL } from './frame.ts';
import type { State } from './state.ts';

/** Nothing ends before the start of the scenario. */
const NEVER_FINAL = -1;

const FAR = 2 ** 30;

/** Where in the block, or beyond its end, the next arrival stands that the sample takes. */
export function nextSampled({ sample, arrived, arrivals }: State): number {
  return sample === null ? FAR : Math.min(FAR, arrivals.next + (sample.next - arrived));
}

/** Serves the one arrival that is due for the sample, with `run`; returns the kernel's answer. */
export function runSampled(state: State, run: (state: State) => number): number {
  const { kernel, arrivals, sample } = state;
  if (sample === null) return run(state);
  const { ints, reals, time, service } = kernel.frame;
  const at = arrivals.next;
  const before = ints[LATER];
  const failedBefore = ints[N_FAILED];
  ints[END] = at + 1;
  reals[FINAL] = NEVER_FINAL;
  const answer = run(state);
  reals[FINAL] = reals[UNTIL];
  if (ints[NEXT] === at) return answer;
  const row = takeIntoSample(sample, time[at], service[at]);
  if (ints[LATER] === before) {
    sample.end[row] = time[at];
    sample.fate[row] = ints[N_FAILED] > failedBefore ? FAILED : REJECTED;
    return answer;
  }
  const { laterEnd, laterLeave, laterTag } = kernel.frame;
  const end = laterEnd[before];
  sample.pod[row] = laterTag[before] >> 1;
  sample.start[row] = laterLeave[before];
  sample.end[row] = end;
  sample.fate[row] = TIMED_OUT_COUNT;
  if ((laterTag[before] & 1) === COMPLETES) {
    sample.fate[row] = end - time[at] <= reals[OBJECTIVE] ? SERVED : LATE;
  }
  return answer;
}
