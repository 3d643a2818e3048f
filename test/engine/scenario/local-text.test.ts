import { expect, test } from 'vitest';
import { SMALL, scenarioOf } from './scenarios.ts';

test('a folded Chinese text has no spaces where its lines were broken', async () => {
  const { description } = await scenarioOf(`${SMALL}
description:
  en: >-
    Two lines
    of it.
  zh-CN: >-
    请看告警：连续三个周期超标，
    HPA 会再等
    一个周期；若用 Pod
    与节点 （两者）都一样。
`);
  expect(description).toEqual({
    en: 'Two lines of it.',
    'zh-CN': '请看告警：连续三个周期超标，HPA 会再等一个周期；若用 Pod 与节点（两者）都一样。',
  });
});
