/**
 * Power of d choices: of d different ready pods at random (all of them if there are no more), the
 * one with the fewest outstanding requests, at a tie the one drawn first (Mitzenmacher 2001). The
 * first two draws are those of power-of-two; d is small, so the pods drawn are kept in order by
 * insertion.
 */
import { indexBelow } from '../../kernel/random.ts';
import type { Arrivals } from '../arrival-columns.ts';
import type { Pods } from '../columns.ts';

export function powerOfD(
  pods: Pods,
  draw1: number,
  draw2: number,
  { moreDraws }: Arrivals,
  i: number,
): number {
  const { picked, readyCount } = pods;
  const choices = Math.min(picked.length, readyCount);
  const more = i * (picked.length - 2) - 2;
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < choices; k++) {
    const draw = k === 0 ? draw1 : k === 1 ? draw2 : moreDraws[more + k];
    const index = pickAnother(picked, k, indexBelow(draw, readyCount - k));
    const pod = pods.ready[index];
    const outstanding = pods.busy[pod] + pods.queueLength[pod];
    if (outstanding < least) {
      least = outstanding;
      best = pod;
    }
  }
  return best;
}

/** The rank-th index that is not among the first k of `picked`, which stay sorted and get it. */
export function pickAnother(picked: Int32Array, k: number, rank: number): number {
  let index = rank;
  let at = 0;
  while (at < k && picked[at] <= index) {
    index++;
    at++;
  }
  picked.copyWithin(at + 1, at, k);
  picked[at] = index;
  return index;
}
