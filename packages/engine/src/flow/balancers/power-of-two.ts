/**
 * Power of two choices: of two different ready pods at random, the one with fewer outstanding
 * requests (in service + waiting), the first at a tie (Mitzenmacher 2001; Envoy LEAST_REQUEST).
 */
import { indexBelow } from '../../kernel/random.ts';
import type { Pods } from '../columns.ts';

export function powerOfTwo(pods: Pods, draw1: number, draw2: number): number {
  const count = pods.readyCount;
  const i = indexBelow(draw1, count);
  const first = pods.ready[i];
  if (count === 1) return first;
  const j = indexBelow(draw2, count - 1);
  const second = pods.ready[j >= i ? j + 1 : j];
  const outstandingFirst = pods.busy[first] + pods.queueLength[first];
  const outstandingSecond = pods.busy[second] + pods.queueLength[second];
  return outstandingSecond < outstandingFirst ? second : first;
}
