import { expect, test } from 'vitest';
import { vmFindings } from '../../../packages/engine/src/compare/vm-findings.ts';
import type { VmCounts } from '../../../packages/engine/src/ledger/outcome.ts';
import type { StrategyResult } from '../../../packages/engine/src/outcome.ts';
import { renderMessage } from '../../../packages/engine/src/report/messages/index.ts';
import { sampleComparison } from '../../fixtures/comparison.ts';

const COUNTS = { launched: 8, resumed: 0, quota: 0, timeout: 0, noHost: 0, longest: 41_000_000 };

function textsOf(counts: readonly (VmCounts | undefined)[], launch = 40e6): readonly string[] {
  const [strategy] = sampleComparison({}).strategies;
  const [outcome] = strategy.outcomes;
  const outcomes = counts.map((vms) => ({ ...outcome, ...(vms && { vms }) }));
  const times = (mean: number) => ({ mean, median: mean, p95: mean });
  const startup = {
    ...{ pods: 1, unfinished: 0, first: null, total: null, nodes: null },
    stages: [
      { stage: 'bind', ...times(launch) },
      { stage: 'app', ...times(20e6) },
    ],
  } as const;
  const result: StrategyResult = { ...strategy, name: 'group', outcomes, startup };
  return vmFindings(result).map((message) => renderMessage(message, 'en', 'USD'));
}

test('how many, and how long the slowest took', () => {
  expect(textsOf([COUNTS, { ...COUNTS, longest: 20e6 }])).toEqual([
    'group launches 8 VMs; the slowest runs 41 s after the call.',
  ]);
});

test('the warm pool, and calls that fail, as means over the replications', () => {
  expect(textsOf([{ ...COUNTS, resumed: 4, quota: 6, noHost: 2 }, COUNTS])).toEqual([
    'group takes 2 VMs from its warm pool and launches 8; the slowest runs 41 s after the call.',
    'group: 4 calls for a VM fail and are made again (quota 3, timed out 0, no host 1).',
  ]);
});

test('nothing where no VM was called for', () => {
  expect(textsOf([undefined, undefined])).toEqual([]);
});

test('only what went wrong where something else takes longer than the launch', () => {
  const texts = textsOf([{ ...COUNTS, quota: 1 }], 10e6);
  expect(texts).toHaveLength(1);
  expect(texts[0]).toContain('quota 1');
});
