/** How long the nodes of one order took, for experiments on node pools. Seconds. */
import type { NodeLife } from '../ledger/ledger.ts';
import type { Run } from '../simulate.ts';
import type { Values } from './study.ts';

const SECOND = 1e6;

/**
 * Nodes ordered at one instant are a step. `up` = until the last of them was ready or given up;
 * `down` = of those that were removed together, from the decision until the last was gone.
 */
export function stepTimes({ ledger }: Run): Values {
  const ordered = ledger.nodes.filter(({ stood }) => stood !== true);
  const removed = ordered.filter(({ usable, gone }) => usable !== undefined && gone !== undefined);
  const up = steps(ordered, ({ requested }) => requested).map((step) =>
    longest(
      step,
      ({ requested, usable, removing }) => (usable ?? removing ?? Number.NaN) - requested,
    ),
  );
  const down = steps(removed, ({ removing = Number.NaN }) => removing).map((step) => ({
    nodes: step.length,
    seconds: longest(step, ({ removing = Number.NaN, gone = Number.NaN }) => gone - removing),
  }));
  return {
    up: up.filter(Number.isFinite),
    down: down.map(({ seconds }) => seconds),
    single: down.filter(({ nodes }) => nodes === 1).map(({ seconds }) => seconds),
    pair: down.filter(({ nodes }) => nodes === 2).map(({ seconds }) => seconds),
  };
}

function steps(
  nodes: readonly NodeLife[],
  instant: (node: NodeLife) => number,
): readonly (readonly NodeLife[])[] {
  const found = new Map<number, NodeLife[]>();
  for (const node of nodes) {
    const step = found.get(instant(node)) ?? [];
    step.push(node);
    found.set(instant(node), step);
  }
  return [...found.values()];
}

function longest(step: readonly NodeLife[], time: (node: NodeLife) => number): number {
  return step.reduce((most, node) => Math.max(most, time(node)), 0) / SECOND;
}
