/**
 * Balancers in slow start (slow-start.ts): what each does with a pod whose share is s < 1.
 *
 * - random, weighted: a pod drawn is taken with probability s, else another one is drawn: so pods
 *   are chosen in proportion to s × weight. Further draws are made from the request's own two.
 * - round robin: a turn adds s to the pod's credit, and it is taken when that makes a whole.
 * - power of two (or d): of the pods drawn, the one with the smallest (outstanding + 1) ÷ s, as in
 *   Envoy's LEAST_REQUEST with weights.
 *
 * While no pod is in slow start each chooses exactly as without it.
 */
import { indexBelow } from '../../kernel/random.ts';
import type { Arrivals } from '../arrival-columns.ts';
import type { Pods, Weighted } from '../columns.ts';
import { isEven, type SlowStart, shareOf } from '../slow-start.ts';
import { pickAnother, powerOfD } from './power-of-d.ts';
import { random } from './random.ts';
import { roundRobin } from './round-robin.ts';
import { weighted } from './weighted.ts';

/** With shares of a hundredth and more, so many refusals in a row are as good as impossible. */
const MOST_DRAWS = 4096;

export function gradualRandom(
  pods: Pods,
  draw1: number,
  draw2: number,
  arrivals: Arrivals,
  i: number,
): number {
  const slow = pods.slowStart as SlowStart;
  if (isEven(slow, arrivals.time[i])) return random(pods, draw1, draw2);
  return drawn(slow, pods.ready, pods.readyCount, draw1, draw2, arrivals.time[i]);
}

export function gradualWeighted(
  pods: Pods,
  draw1: number,
  draw2: number,
  arrivals: Arrivals,
  i: number,
): number {
  const slow = pods.slowStart as SlowStart;
  if (isEven(slow, arrivals.time[i])) return weighted(pods, draw1);
  const { table, length } = pods.weighted as Weighted;
  return drawn(slow, table, length, draw1, draw2, arrivals.time[i]);
}

/** An entry of the table, each with the share of its pod. */
function drawn(
  slow: SlowStart,
  table: Int32Array,
  length: number,
  draw1: number,
  draw2: number,
  time: number,
): number {
  let pod = table[indexBelow(draw1, length)];
  for (let k = 1; k < MOST_DRAWS; k++) {
    const share = shareOf(slow, pod, time);
    if (share === 1 || furtherDraw(draw2, 2 * k) < share * 4294967296) break;
    pod = table[indexBelow(furtherDraw(draw2, 2 * k + 1), length)];
  }
  return pod;
}

/**
 * The k-th of further 32 random bits of a request, as a whole number ≥ 0: MurmurHash3's finalizer
 * of a step of Weyl's sequence.
 */
export function furtherDraw(draw: number, k: number): number {
  let bits = (draw + Math.imul(k, 0x9e3779b9)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

export function gradualRoundRobin(
  pods: Pods,
  draw1: number,
  draw2: number,
  arrivals: Arrivals,
  i: number,
): number {
  const slow = pods.slowStart as SlowStart;
  const time = arrivals.time[i];
  if (isEven(slow, time)) return roundRobin(pods, draw1, draw2);
  const { credit } = slow;
  for (;;) {
    const pod = roundRobin(pods, draw1, draw2);
    const share = shareOf(slow, pod, time);
    if (share === 1) return pod;
    credit[pod] += share;
    if (credit[pod] < 1) continue;
    credit[pod] -= 1;
    return pod;
  }
}

export function gradualPowerOfD(
  pods: Pods,
  draw1: number,
  draw2: number,
  arrivals: Arrivals,
  i: number,
): number {
  const slow = pods.slowStart as SlowStart;
  const time = arrivals.time[i];
  if (isEven(slow, time)) return powerOfD(pods, draw1, draw2, arrivals, i);
  const { picked, readyCount } = pods;
  const choices = Math.min(picked.length, readyCount);
  const more = i * (picked.length - 2) - 2;
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < choices; k++) {
    const draw = k === 0 ? draw1 : k === 1 ? draw2 : arrivals.moreDraws[more + k];
    const pod = pods.ready[pickAnother(picked, k, indexBelow(draw, readyCount - k))];
    const load = (pods.busy[pod] + pods.queueLength[pod] + 1) / shareOf(slow, pod, time);
    if (load < least) {
      least = load;
      best = pod;
    }
  }
  return best;
}
