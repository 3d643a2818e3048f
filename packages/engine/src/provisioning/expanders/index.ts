/** The registry of expanders, and a chain of them: each works on what the one before it left. */
import type { Expander, ExpansionOption } from './expander.ts';
import { leastNodes } from './least-nodes.ts';
import { leastWaste } from './least-waste.ts';
import { mostPods } from './most-pods.ts';
import { priority } from './priority.ts';
import { random } from './random.ts';

export const EXPANDERS = {
  'least-waste': leastWaste,
  'most-pods': mostPods,
  'least-nodes': leastNodes,
  priority,
  random,
} as const satisfies Record<string, Expander>;

export type ExpanderName = keyof typeof EXPANDERS;

/**
 * Options that are equal to all expanders are drawn from with `uniform` in [0, 1). null = there is
 * none that adds a node.
 *
 * @source kubernetes/autoscaler, cluster-autoscaler/expander/factory/chain.go
 */
export function chooseOption(
  chain: readonly ExpanderName[],
  options: readonly ExpansionOption[],
  uniform: number,
): ExpansionOption | null {
  let left = options.filter(({ nodes }) => nodes > 0);
  for (const name of chain) {
    if (left.length <= 1) break;
    left = [...EXPANDERS[name](left)];
  }
  return left[Math.floor(uniform * left.length)] ?? null;
}
