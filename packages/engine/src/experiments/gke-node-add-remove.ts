/** A GKE node pool that is resized by 1, 2 or 10 nodes, up and down. */
import type { Experiment, Prediction, Quantity } from './experiment.ts';
import { local } from './local-text.ts';
import { stepTimes } from './node-times.ts';
import { quantiles, quantity } from './spread.ts';
import { type Sample, type StudyCase, valuesOf } from './study.ts';

/** Published: number of resizes; 10 %, 50 % and 95 % of them, seconds. */
const UP = [
  { nodes: 1, resizes: 322, seconds: [28.5, 31.6, 37.8] },
  { nodes: 2, resizes: 192, seconds: [31.5, 32.1, 1512.7] },
  { nodes: 10, resizes: 60, seconds: [37.3, 40.9, 68.4] },
] as const;
const DOWN = [
  { nodes: 1, resizes: 351, seconds: [89.5, 92.6, 209.7] },
  { nodes: 2, resizes: 319, seconds: [95.6, 101.8, 209.5] },
] as const;
/** Share of an observed median by which the simulated one may be off. */
const ALLOWED = 0.15;
/** From here on a resize has failed, seconds. */
const FAILED = 1000;
/** Standing nodes of the scenario. */
const STANDING = 2;

const CASES: readonly StudyCase[] = UP.map(({ nodes }) => ({
  name: caseName(nodes),
  set: { pods: String(STANDING + nodes), noJoin: nodes === 2 ? '8.1%' : '0%' },
}));

function caseName(nodes: number): string {
  return `${nodes} more`;
}

function predict(samples: readonly Sample[]): Prediction {
  return { quantities: [...ups(samples), failures(samples), ...downs(samples)], panels: [] };
}

const text = (resizes: number) =>
  local(`median, 10 % and 95 % of ${resizes}`, `${resizes} 次的中位数、10% 与 95% 分位`);

function ups(samples: readonly Sample[]): readonly Quantity[] {
  return UP.map(({ nodes, resizes, seconds }) =>
    quantity({
      id: `up-${nodes}`,
      label: local(`${nodes} more, until all are there`, `增加 ${nodes} 个，直到全部就绪`),
      unit: 's',
      values: valuesOf(samples, 'up', { case: caseName(nodes) }),
      observed: quantiles([...seconds], text(resizes)),
      tolerance: around(seconds[1]),
    }),
  );
}

function failures(samples: readonly Sample[]): Quantity {
  const times = valuesOf(samples, 'up', { case: caseName(2) });
  return quantity({
    id: 'up-2-failed',
    label: local('2 more, share given up after 25 min', '增加 2 个时 25 分钟后放弃的占比'),
    unit: '%',
    values: times.map((time) => (time > FAILED ? 100 : 0)),
    observed: { mid: 15.6, low: 15.6, high: 15.6, text: local('30 of 192', '192 次中的 30 次') },
    tolerance: { of: 'mean', low: 8, high: 24 },
  });
}

function downs(samples: readonly Sample[]): readonly Quantity[] {
  return DOWN.map(({ nodes, resizes, seconds }) =>
    quantity({
      id: `down-${nodes}`,
      label: local(`${nodes} fewer, until all are gone`, `减少 ${nodes} 个，直到全部消失`),
      unit: 's',
      values: valuesOf(samples, nodes === 1 ? 'single' : 'pair'),
      observed: quantiles([...seconds], text(resizes)),
      tolerance: around(seconds[1]),
    }),
  );
}

function around(seconds: number) {
  return { of: 'p50', low: (1 - ALLOWED) * seconds, high: (1 + ALLOWED) * seconds } as const;
}

export const gkeNodeAddRemove: Experiment = {
  id: 'gke-node-add-remove',
  title: local('GKE nodes, added and removed', 'GKE 节点的增与减'),
  scenario: 'experiments/gke-node-add-remove.yaml',
  source:
    'github.com/converged-computing/operator-experiments@4942e5434383, google/autoscale/run1; vsoch.github.io/2023/autoscaling-v2',
  licence: local('Quantiles are quoted.', '仅引用分位数。'),
  setup: local(
    'GKE in us-central1-a, c2-standard-8; a node pool is resized through the API by 1, 2 or 10 nodes at a time, up to 33 to 65 nodes and back.',
    'GKE（us-central1-a，c2-standard-8）；通过 API 每次把节点池增加 1、2 或 10 个节点，直至 33 至 65 个，再缩回。',
  ),
  fitted: local(
    'To every second resize of each series: 5 s + 26 s until a node is there, 90 s until it is gone, 0.6 % of the nodes 3.8 times as slow, 7 % of the removals 2.3 times; that 8.1 % of the nodes never come, and are given up after 1506 s, holds for the series of +2 alone.',
    '拟合于各序列中每隔一次的扩缩：节点 5 秒 + 26 秒就绪、90 秒消失，0.6% 的节点慢 3.8 倍，7% 的移除慢 2.3 倍；8.1% 的节点始终不来、1506 秒后放弃，仅适用于 +2 序列。',
  ),
  remarks: local(
    'The 30 failures of +2 came one after the other, so probably in one cluster; none of the other 382 resizes failed so. What a plan should take from it is that a node pool can stand still for 25 minutes. Here pods of the size of a node ask for the nodes, instead of a call of the API; only the nodes are measured. Resizes are read on a grid of 3 s and 30 s by whoever waits for them; that is not modelled.',
    '+2 的 30 次失败连续发生，可能在同一个集群；其余 382 次扩容无一如此失败。对规划的启示是：节点池可能停滞 25 分钟。此处由与节点一样大的 Pod 来要节点，而非 API 调用，只测量节点本身。等待者以 3 秒与 30 秒的间隔读取结果，这一点未建模。',
  ),
  cases: CASES,
  measure: stepTimes,
  predict,
};
