/** The registry of node autoscalers: `nodes.provisioner` → its decision. */
import { clusterAutoscaler } from './cluster-autoscaler.ts';
import { fixed } from './fixed.ts';
import type { Provisioner } from './provisioner.ts';

export const PROVISIONERS = {
  fixed,
  'cluster-autoscaler': clusterAutoscaler,
} as const satisfies Record<string, Provisioner>;

export type ProvisionerName = keyof typeof PROVISIONERS;
