import { expect, test } from 'vitest';
import { imageFindings } from '../../../packages/engine/src/compare/image-findings.ts';
import type { ImageCounts } from '../../../packages/engine/src/ledger/outcome.ts';
import type { StrategyResult } from '../../../packages/engine/src/outcome.ts';
import { renderMessage } from '../../../packages/engine/src/report/messages/index.ts';
import { sampleComparison } from '../../fixtures/comparison.ts';

const COUNTS = { pulled: 44, unfinished: 0, failures: 0, bytes: 22e9, longest: 176_000_000 };

/** A strategy with these counts per replication, whose pods wait for an image as long as said. */
function resultOf(counts: readonly (ImageCounts | undefined)[], image = 90e6): StrategyResult {
  const [strategy] = sampleComparison({}).strategies;
  const [outcome] = strategy.outcomes;
  const outcomes = counts.map((images) => ({ ...outcome, ...(images && { images }) }));
  const times = (mean: number) => ({ mean, median: mean, p95: mean });
  const startup = {
    ...{ pods: 1, unfinished: 0, first: null, total: null, nodes: null },
    stages: [
      { stage: 'image', ...times(image) },
      { stage: 'app', ...times(20e6) },
    ],
  } as const;
  return { ...strategy, name: 'cold', outcomes, startup };
}

test('how many, how much, how long', () => {
  const [message, ...none] = imageFindings(resultOf([COUNTS, { ...COUNTS, longest: 80e6 }]));
  expect(none).toEqual([]);
  expect(renderMessage(message, 'en', 'USD')).toBe(
    'cold pulls 44 images onto nodes (22 GB over the network); the slowest takes 2 min 56 s, its turn included.',
  );
  expect(renderMessage(message, 'zh-CN', 'USD')).toContain('拉取 44 次镜像（网络传输 22 GB）');
});

test('what was not finished, and what failed', () => {
  const all = imageFindings(resultOf([{ ...COUNTS, unfinished: 3, failures: 8 }, undefined]));
  const texts = all.map((message) => renderMessage(message, 'en', 'USD'));
  expect(texts).toHaveLength(3);
  expect(texts[1]).toContain('1.5 images are still on their way');
  expect(texts[2]).toContain('4 attempts to pull an image fail');
});

test('nothing where no image was pulled', () => {
  expect(imageFindings(resultOf([undefined, undefined]))).toEqual([]);
});

test('only what went wrong where something else takes longer', () => {
  const keys = imageFindings(resultOf([{ ...COUNTS, failures: 2 }], 8e6)).map(({ key }) => key);
  expect(keys).toEqual(['finding.image-failures']);
});
