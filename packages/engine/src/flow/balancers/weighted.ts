/**
 * A ready pod at random, in proportion to its weight, a small whole number by pod number: a table
 * holds every ready pod as often as its weight says, so a choice is one look. The table is written
 * anew when pods come and go.
 */
import { indexBelow } from '../../kernel/random.ts';
import type { Pods, Weighted } from '../columns.ts';

export function weighted(pods: Pods, draw1: number): number {
  const { table, length } = pods.weighted as Weighted;
  return table[indexBelow(draw1, length)];
}

/** Writes the table for the pods that are ready now, in order of readiness. */
export function fillWeighted({ ready, readyCount }: Pods, weightedPods: Weighted): void {
  const { weights } = weightedPods;
  let length = 0;
  for (let i = 0; i < readyCount; i++) length += weights[ready[i] % weights.length];
  if (length > weightedPods.table.length) weightedPods.table = new Int32Array(2 * length);
  let at = 0;
  for (let i = 0; i < readyCount; i++) {
    const end = at + weights[ready[i] % weights.length];
    weightedPods.table.fill(ready[i], at, end);
    at = end;
  }
  weightedPods.length = length;
}
