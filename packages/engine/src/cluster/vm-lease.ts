/** What a VM costs: it is paid for while it runs. */
import type { Vm, VmWorld } from './vm-world.ts';

export function startLeaseOf(world: VmWorld, vm: Vm, from: number): void {
  vm.lease = { item: 'vm', type: world.model.machines.type, from, to: null };
  world.ledger.leases.push(vm.lease);
  world.leased += 1;
}

export function endLeaseOf(world: VmWorld, vm: Vm, now: number): void {
  if (vm.lease === null) return;
  vm.lease.to = now;
  vm.lease = null;
  world.leased -= 1;
}
