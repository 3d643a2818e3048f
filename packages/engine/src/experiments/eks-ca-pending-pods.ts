/** Large pods on EKS, one to a node: how long they are pending, and then not ready. */
import type { Run } from '../simulate.ts';
import type { Experiment, Prediction } from './experiment.ts';
import { local } from './local-text.ts';
import { quantiles, quantity } from './spread.ts';
import { type Sample, type Values, valuesOf } from './study.ts';

const SECOND = 1e6;

function measure({ ledger }: Run): Values {
  const added = ledger.pods.filter(({ wanted }) => wanted > 0);
  const seconds = (from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined ? [] : [(to - from) / SECOND];
  return {
    pending: added.flatMap(({ created, bound }) => seconds(created, bound)),
    starting: added.flatMap(({ bound, ready }) => seconds(bound, ready)),
    whole: added.flatMap(({ wanted, ready }) => seconds(wanted, ready)),
  };
}

function predict(samples: readonly Sample[]): Prediction {
  return {
    quantities: [
      quantity({
        id: 'pending',
        label: local('Pod pending', 'Pod 处于 Pending'),
        unit: 's',
        values: valuesOf(samples, 'pending'),
        observed: quantiles(
          [142, 155.1, 177],
          local('median, 10 % and 95 % of 40 (mode W)', '40 个的中位数、10% 与 95% 分位（W 模式）'),
        ),
        tolerance: { of: 'p50', low: 141, high: 188 },
      }),
      quantity({
        id: 'pending-hpa',
        label: local('The same, as the HPA caused it', '同上，由 HPA 触发'),
        unit: 's',
        values: valuesOf(samples, 'pending'),
        observed: quantiles(
          [154.9, 158.3, 162.4],
          local('median, 10 % and 95 % of 6 (mode F)', '6 个的中位数、10% 与 95% 分位（F 模式）'),
        ),
        tolerance: { of: 'p50', low: 141, high: 188 },
      }),
      quantity({
        id: 'starting',
        label: local('Container ready, after that', '此后到容器就绪'),
        unit: 's',
        values: valuesOf(samples, 'starting'),
        observed: quantiles(
          [48.1, 50, 57.5],
          local('median, 10 % and 95 % of 40 (mode W)', '40 个的中位数、10% 与 95% 分位（W 模式）'),
        ),
        tolerance: { of: 'p50', low: 48, high: 52 },
      }),
      quantity({
        id: 'whole',
        label: local('From the decision until ready', '从决定到就绪'),
        unit: 's',
        values: valuesOf(samples, 'whole'),
        observed: {
          mid: 205,
          low: 205,
          high: 205,
          text: local('sum of both medians', '两个中位数之和'),
        },
        tolerance: { of: 'p50', low: 190, high: 225 },
      }),
    ],
    panels: [],
  };
}

export const eksCaPendingPods: Experiment = {
  id: 'eks-ca-pending-pods',
  title: local('Pods that wait for nodes on EKS', 'EKS 上等待节点的 Pod'),
  scenario: 'experiments/eks-ca-pending-pods.yaml',
  source:
    'github.com/rajibhossen/workload-driven-autoscaling-ensemble-cluster24@d17ec77ebdf0, datasets/autoscaling-studies/monitoring-and-tracking-events',
  licence: local('Quantiles are quoted.', '仅引用分位数。'),
  setup: local(
    'EKS 1.27 with the Cluster Autoscaler, nodes hpc7g.16xlarge in a placement group with EFA; a pod of 62 CPU and 110 GB takes a node for itself. Replicas come from an HPA on CPU (mode F) or from a scaler that knows the workload (mode W).',
    'EKS 1.27 与 Cluster Autoscaler，节点为置放群组中带 EFA 的 hpc7g.16xlarge；一个 62 CPU、110 GB 的 Pod 独占一个节点。副本由 CPU HPA（F 模式）或了解工作负载的伸缩器（W 模式）决定。',
  ),
  fitted: local(
    'To every second of the 40 pods of mode W: a node takes 22 s + 123 s, the image 3.4 GB at 70 MB/s. The others, and mode F, are predicted.',
    '拟合于 W 模式 40 个 Pod 中每隔一个的 20 个：节点 22 秒 + 123 秒，镜像 3.4 GB、70 MB/s。其余及 F 模式为预测。',
  ),
  remarks: local(
    'Machines for high-performance computing and a large image: the upper end of what a web service meets.',
    '高性能计算机型与大镜像：属于 Web 服务所能遇到的上限。',
  ),
  cases: [{ name: 'all', set: {} }],
  measure,
  predict,
};
