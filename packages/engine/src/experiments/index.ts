/** Published experiments that are replayed, and those that are not. */
import { awsAsgRequestTargetStep } from './aws-asg-request-target-step.ts';
import { eksCaPendingPods } from './eks-ca-pending-pods.ts';
import { eksNodegroupIncrements } from './eks-nodegroup-increments.ts';
import type { Experiment, Unreplayed } from './experiment.ts';
import { gkeNodeAddRemove } from './gke-node-add-remove.ts';
import { k8sHpaPeriodicBurst } from './k8s-hpa-periodic-burst.ts';
import { k8sWalkthroughPhpApache } from './k8s-walkthrough-php-apache.ts';
import { local } from './local-text.ts';
import type { Study } from './study.ts';
import { TIMELINE_STUDIES } from './timelines.ts';
import { vmBootContention } from './vm-boot-contention.ts';

export const EXPERIMENTS: Readonly<Record<string, Experiment>> = {
  'aws-asg-request-target-step': awsAsgRequestTargetStep,
  'k8s-hpa-periodic-burst': k8sHpaPeriodicBurst,
  'vm-boot-contention': vmBootContention,
  'eks-ca-pending-pods': eksCaPendingPods,
  'k8s-walkthrough-php-apache': k8sWalkthroughPhpApache,
  'gke-node-add-remove': gkeNodeAddRemove,
  'eks-nodegroup-increments': eksNodegroupIncrements,
};

export const UNREPLAYED: readonly Unreplayed[] = [
  {
    id: 'eks-smart-hpa-boutique',
    title: local(
      'An online boutique on EKS under a modified HPA',
      'EKS 上的在线精品店与改造过的 HPA',
    ),
    source: 'github.com/acemarco1311/Smart_HPA_Autoscaler@e83f2e1788d9',
    why: local(
      'It is not the HPA that Peakless simulates: services exchange replicas with each other, by a program of its own that reads metrics in rounds of unknown length. The lag that was seen (CPU at 1 % for 127 s, the first step at 147 s) is one of that program; a prediction from the clocks of Kubernetes, 13 s to 38 s, would say nothing about it. The capacity of the nodes and the CPU per request were not published either.',
      '它并非 Peakless 所仿真的 HPA：各服务由一个自有程序互相交换副本，该程序以未知周期轮询指标。所见的滞后（CPU 在 127 秒内停在 1%，147 秒首次扩容）属于那个程序；由 Kubernetes 时钟得出的 13 至 38 秒预测对它没有意义。节点容量与每请求 CPU 也未公布。',
    ),
  },
];

/** Everything that can be simulated, by id; the names of the scenarios are the same. */
export const STUDIES: Readonly<Record<string, Study>> = { ...EXPERIMENTS, ...TIMELINE_STUDIES };
