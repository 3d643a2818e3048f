import { expect, test } from 'vitest';
import { nodeFindings } from '../../../packages/engine/src/compare/node-findings.ts';
import type { NodeCounts, Outcome, StrategyResult } from '../../../packages/engine/src/outcome.ts';

const NONE: NodeCounts = {
  launched: 4,
  refused: 0,
  notJoined: 0,
  removed: 2,
  drained: 1,
  interrupted: 0,
  died: 0,
};

const strategy = (...nodes: readonly Partial<NodeCounts>[]) =>
  ({
    name: 'hpa',
    outcomes: nodes.map((some) => ({ nodes: { ...NONE, ...some } }) as Outcome),
  }) as unknown as StrategyResult;

test('nothing went wrong, nothing is said', () => {
  expect(nodeFindings(strategy({}, {}))).toEqual([]);
  expect(nodeFindings({ ...strategy(), outcomes: [{} as Outcome] })).toEqual([]);
});

test('each mishap as a mean over the replications', () => {
  const findings = nodeFindings(
    strategy({ refused: 3 }, { died: 1, interrupted: 1, notJoined: 2 }),
  );
  expect(findings.map(({ key, params }) => [key, params.count])).toEqual([
    ['finding.nodes-refused', 1.5],
    ['finding.nodes-not-joined', 1],
    ['finding.nodes-interrupted', 0.5],
    ['finding.nodes-died', 0.5],
  ]);
});
