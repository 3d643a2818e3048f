/** The control plane of a VM fleet: everything runs from start to end, nothing is decided. */
import { createLedger } from '../ledger/ledger.ts';
import type { FleetModel, Model } from '../model.ts';
import type { ControlPlane } from './control-plane.ts';

export function createFleetPlane(model: Model, fleet: FleetModel): ControlPlane {
  const ledger = createLedger();
  const machines = fleet.counts.reduce((sum, count) => sum + count, 0);
  model.services.forEach(({ plane, service }, i) => {
    if (service.fixed !== undefined) return;
    for (let vm = 0; vm < fleet.counts[i]; vm++) {
      plane.admit(vm);
      ledger.leases.push({ item: 'vm', type: fleet.machines.type, from: 0, to: null });
    }
    ledger.decisions.push({
      at: 0,
      service: service.name,
      from: fleet.counts[i],
      to: fleet.counts[i],
      reason: {
        key: 'decision.initial',
        params: { service: service.name, replicas: fleet.counts[i] },
      },
    });
  });
  return {
    ledger,
    nextTime: () => Number.POSITIVE_INFINITY,
    act: () => undefined,
    everySecond: null,
    beforeReset: () => undefined,
    levels: () => ({ desired: machines, replicas: machines, machines }),
  };
}
