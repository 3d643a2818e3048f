/**
 * A choice among n weighted items in constant time: each of n equally likely cells holds one item
 * up to a share of the cell, and another (its alias) in the rest.
 * @source A. J. Walker 1974, as described at https://en.wikipedia.org/wiki/Alias_method
 */
import { indexBelow, nextInt32, nextUniform, type StreamState } from '../kernel/random.ts';

export interface AliasTable {
  /** @shape Float64Array[n] share of cell i that item i has itself */
  readonly share: Float64Array;
  /** @shape Int32Array[n] the item in the rest of cell i */
  readonly alias: Int32Array;
}

/** Weights are ≥ 0, one of them above 0. */
export function createAliasTable(weights: readonly number[]): AliasTable {
  const n = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const share = Float64Array.from(weights, (weight) => (weight / total) * n);
  const alias = Int32Array.from({ length: n }, (_, i) => i);
  const poor: number[] = [];
  const rich: number[] = [];
  share.forEach((value, i) => void (value < 1 ? poor : rich).push(i));
  // Each poor cell is filled up by the last rich one, which may become poor by it.
  while (poor.length > 0 && rich.length > 0) {
    const taker = poor.pop() as number;
    const giver = rich.at(-1) as number;
    alias[taker] = giver;
    share[giver] -= 1 - share[taker];
    if (share[giver] < 1) {
      rich.pop();
      poor.push(giver);
    }
  }
  // What rounding left over: a full cell of an item that has weight.
  for (const i of rich) share[i] = 1;
  for (const i of poor) if (weights[i] > 0) share[i] = 1;
  return { share, alias };
}

/** An item, two draws. */
export function nextItem({ share, alias }: AliasTable, stream: StreamState): number {
  const cell = indexBelow(nextInt32(stream), share.length);
  return nextUniform(stream) < share[cell] ? cell : alias[cell];
}
