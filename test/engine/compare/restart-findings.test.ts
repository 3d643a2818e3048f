/** What a comparison says of containers that were restarted. */
import { expect, test } from 'vitest';
import { restartFindings } from '../../../packages/engine/src/compare/restart-findings.ts';
import type { Outcome, StrategyResult } from '../../../packages/engine/src/outcome.ts';
import { renderMessage } from '../../../packages/engine/src/report/messages/index.ts';

const resultOf = (...restarts: readonly Outcome['restarts'][]) =>
  ({
    name: 'pods',
    outcomes: restarts.map((counts) => (counts === undefined ? {} : { restarts: counts })),
  }) as unknown as StrategyResult;

test('means over all replications, those without a restart included', () => {
  const counts = { total: 6, probes: 1, outOfMemory: 3, crashes: 2 };
  const [finding] = restartFindings(resultOf(counts, undefined));
  expect(finding.params).toMatchObject({ total: 3, probes: 0.5, outOfMemory: 1.5, crashes: 1 });
  expect(renderMessage(finding, 'en', 'USD')).toContain('3 container restarts');
  expect(renderMessage(finding, 'zh-CN', 'USD')).toContain('容器重启 3 次');
});

test('nothing where every container ran on', () => {
  expect(restartFindings(resultOf(undefined, undefined))).toEqual([]);
});
