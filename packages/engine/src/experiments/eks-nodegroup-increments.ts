/** An EKS node group that grows to 64 nodes in steps of 4, 8 or 16. */
import type { Experiment, Prediction } from './experiment.ts';
import { local } from './local-text.ts';
import { stepTimes } from './node-times.ts';
import { quantiles, quantity } from './spread.ts';
import { type Sample, type StudyCase, valuesOf } from './study.ts';

/** Published: number of steps; 10 %, 50 % and 95 % of them, seconds. */
const STEPS = [
  { nodes: 4, order: 'first', n: 5, seconds: [73.7, 76.2, 78.3] },
  { nodes: 8, order: 'first', n: 5, seconds: [77.1, 84.2, 93.9] },
  { nodes: 16, order: 'first', n: 5, seconds: [73, 74, 77.4] },
  { nodes: 4, order: 'later', n: 75, seconds: [41.9, 46.9, 66.8] },
  { nodes: 8, order: 'later', n: 35, seconds: [43.2, 45.8, 52.7] },
  { nodes: 16, order: 'later', n: 15, seconds: [43.7, 49.4, 65.7] },
] as const;
/** Share of an observed median by which the simulated one may be off. */
const ALLOWED = 0.15;
const STANDING = 2;
const ORDER = { first: local('first step', '第一步'), later: local('later step', '后续步') };

const CASES: readonly StudyCase[] = STEPS.map(({ nodes, order }) => ({
  name: `${order} ${nodes}`,
  set: { pods: String(STANDING + nodes), request: order === 'first' ? '41s' : '12s' },
}));

function predict(samples: readonly Sample[]): Prediction {
  const quantities = STEPS.map(({ nodes, order, n, seconds }) => {
    const [, median] = seconds;
    return quantity({
      id: `${order}-${nodes}`,
      label: local(
        `${ORDER[order].en} of ${nodes} nodes`,
        `${ORDER[order]['zh-CN']}，${nodes} 个节点`,
      ),
      unit: 's',
      values: valuesOf(samples, 'up', { case: `${order} ${nodes}` }),
      observed: quantiles(
        [...seconds],
        local(`median, 10 % and 95 % of ${n}`, `${n} 次的中位数、10% 与 95% 分位`),
      ),
      tolerance: { of: 'p50', low: (1 - ALLOWED) * median, high: (1 + ALLOWED) * median },
    });
  });
  return { quantities, panels: [] };
}

export const eksNodegroupIncrements: Experiment = {
  id: 'eks-nodegroup-increments',
  title: local('An EKS node group that grows in steps', 'EKS 节点组按步扩容'),
  scenario: 'experiments/eks-nodegroup-increments.yaml',
  source:
    'github.com/rajibhossen/workload-driven-autoscaling-ensemble-cluster24@d17ec77ebdf0, datasets/scaling',
  licence: local('Quantiles are quoted.', '仅引用分位数。'),
  setup: local(
    'Amazon EKS; a node group grows to 64 nodes in steps of 4, 8 or 16, five repeats.',
    'Amazon EKS；节点组以每步 4、8 或 16 个节点增至 64 个，重复五次。',
  ),
  fitted: local(
    'To every second step of 4 and of 8: 12 s + 31 s per node, 29 s more before the first step, 2 % of the nodes 1.35 times as slow. Steps of 16 are predicted.',
    '拟合于每步 4 个与 8 个中每隔一次的：每节点 12 秒 + 31 秒，第一步之前再多 29 秒，2% 的节点慢 1.35 倍。每步 16 个为预测。',
  ),
  remarks: local(
    'That a node’s times scatter little makes the step nearly independent of its size: 16 draws have a longer longest one than 4, but not by much.',
    '单个节点耗时的离散很小，因此一步的耗时几乎与步长无关：16 次抽样的最大值比 4 次的大，但差不了多少。',
  ),
  cases: CASES,
  measure: stepTimes,
  predict,
};
