/** The control plane of a VM fleet: everything runs from start to end, nothing is decided. */
import { createLedger } from '../ledger/ledger.ts';
import type { FleetModel, Model } from '../model.ts';
import type { ControlPlane } from './control-plane.ts';

export function createFleetPlane(model: Model, fleet: FleetModel): ControlPlane {
  const ledger = createLedger();
  const replicas = fleet.counts.reduce((sum, count) => sum + count, 0);
  const machines = fleet.vms;
  // Several processes to a VM.
  const isShared = machines !== replicas;
  for (let vm = 0; vm < machines; vm++) {
    ledger.leases.push({ item: 'vm', type: fleet.machines.type, from: 0, to: null });
  }
  model.services.forEach(({ plane, service }, i) => {
    if (service.fixed !== undefined) return;
    for (let process = 0; process < fleet.counts[i]; process++) plane.admit(process);
    ledger.decisions.push({
      at: 0,
      service: service.name,
      from: fleet.counts[i],
      to: fleet.counts[i],
      reason: isShared
        ? { key: 'decision.initial', params: { service: service.name, replicas: fleet.counts[i] } }
        : { key: 'vm.initial', params: { vms: fleet.counts[i] } },
    });
  });
  return {
    ledger,
    nextTime: () => Number.POSITIVE_INFINITY,
    act: () => undefined,
    everySecond: null,
    beforeReset: () => undefined,
    levels: () => ({ desired: replicas, replicas, machines }),
  };
}
