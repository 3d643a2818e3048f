/** VMs for the peak made runnable: how many of each service, and on how many machines. */
import type { FleetModel, Machines, ServiceModel } from '../model.ts';
import type { Message } from '../outcome.ts';
import type { VmPeakStrategy } from '../scenario/scenario.ts';
import { packProcesses } from './packing.ts';
import { podCpu } from './service-models.ts';

/** `counts`: VMs of each service, or processes where VMs are shared; 0 = of fixed size. */
export function fleetModel(
  strategy: VmPeakStrategy,
  machines: Machines,
  services: readonly ServiceModel[],
  counts: readonly number[],
): FleetModel {
  const vms = isShared(strategy)
    ? packProcesses(
        services.map(({ service }, i) => ({
          cpu: podCpu(service),
          memory: service.workload.memoryRequest,
          count: counts[i],
        })),
        {
          cpu: machines.instance.cpu - strategy.vm.reservedCpu,
          memory: machines.instance.memory,
        },
      )
    : counts.reduce((sum, count) => sum + count, 0);
  return { kind: 'fleet', machines, counts, vms };
}

function isShared({ packing }: VmPeakStrategy): boolean {
  return packing === 'shared';
}

export function packingNotes(strategy: VmPeakStrategy, { counts, vms }: FleetModel): Message[] {
  if (!isShared(strategy)) return [];
  const processes = counts.reduce((sum, count) => sum + count, 0);
  return [{ key: 'note.vm-shared', params: { processes, count: vms, type: strategy.vm.type } }];
}
