/**
 * The ready pod with the fewest outstanding requests, ties at random (nginx least_conn). O(1): the
 * ranking keeps the pods sorted by count (flow/ranking.ts), the first block holds the minimum.
 */
import { indexBelow } from '../../kernel/random.ts';
import type { Pods, Ranking } from '../columns.ts';

export function leastLoaded(pods: Pods, draw1: number, _draw2: number): number {
  const ranking = pods.ranking as Ranking;
  const least = ranking.order[0];
  const outstanding = pods.busy[least] + pods.queueLength[least];
  return ranking.order[indexBelow(draw1, ranking.blockStart[outstanding + 1])];
}
