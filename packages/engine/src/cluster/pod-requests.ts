/** What a pod asks of its node: the same for all pods of an owner. */
import type { ServiceModel } from '../model.ts';
import type { Pod } from './world.ts';

/** Millicores and bytes. */
export interface PodRequests {
  readonly cpu: number;
  readonly memory: number;
}

export function requestsOf({ service }: ServiceModel): PodRequests {
  const { cpuRequest, memoryRequest } = service.workload;
  return { cpu: cpuRequest ?? 0, memory: memoryRequest };
}

export function podRequests({ deployment }: Pod): PodRequests {
  return deployment.requests;
}
