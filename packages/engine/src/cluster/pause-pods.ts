/**
 * Pause pods hold room on nodes until pods of services need it: they give way at once, and ask for
 * new nodes themselves. They belong to a deployment like any other, without requests to serve.
 */
import { InvariantError } from '../kernel/assert.ts';
import type { ServiceModel } from '../model.ts';
import type { OverprovisioningSpec } from '../scenario/schema.ts';

/** Under this name they are in the ledger. */
export const PAUSE_PODS = 'pause-pods';

/** What the control plane needs of a service; the data plane does not know of it. */
export function pauseModel(
  { replicas, cpu, memory }: OverprovisioningSpec,
  { service, ...like }: ServiceModel,
): ServiceModel {
  const { workload } = service;
  return {
    ...like,
    curves: [],
    service: {
      ...service,
      name: PAUSE_PODS,
      workload: {
        ...workload,
        replicas,
        cpuRequest: cpu,
        cpuLimit: cpu,
        memoryRequest: memory,
        terminationGracePeriod: 0,
        preStopSleep: 0,
      },
    },
    get plane(): never {
      throw new InvariantError('pause pods serve no requests');
    },
  };
}
