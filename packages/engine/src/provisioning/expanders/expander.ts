/**
 * Which node group grows, when several could help: an expander keeps the best of the options that
 * the estimator made. Pure.
 */
import type { Estimate, NodeTemplate } from '../binpacking.ts';

export interface ExpansionOption extends Estimate {
  readonly group: string;
  /** Of a node of the group. */
  readonly template: NodeTemplate;
  /** Requested by all pods that the option finds room for: millicores, bytes. */
  readonly cpu: number;
  readonly memory: number;
  /** Of the group, by the operator: the highest goes first. */
  readonly priority: number;
}

/** The best ones, equals in their order. Options without nodes never come here. */
export type Expander = (options: readonly ExpansionOption[]) => readonly ExpansionOption[];

/** Those with the least score. */
export function least(
  options: readonly ExpansionOption[],
  score: (option: ExpansionOption) => number,
): readonly ExpansionOption[] {
  const scores = options.map(score);
  const best = Math.min(...scores);
  return options.filter((_, i) => scores[i] === best);
}
