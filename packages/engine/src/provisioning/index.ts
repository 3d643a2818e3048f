/** The registry of node autoscalers: `nodes.provisioner` → its decision. */
import { clusterAutoscaler } from './cluster-autoscaler.ts';
import { fixed } from './fixed.ts';
import { karpenter } from './karpenter/karpenter.ts';
import type { Provisioner } from './provisioner.ts';
import { serverless } from './serverless.ts';

export const PROVISIONERS = {
  fixed,
  'cluster-autoscaler': clusterAutoscaler,
  karpenter,
  serverless,
} as const satisfies Record<string, Provisioner<never, unknown>>;

export type ProvisionerName = keyof typeof PROVISIONERS;
