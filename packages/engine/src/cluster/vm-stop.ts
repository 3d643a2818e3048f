/**
 * The capacity that is wanted, and the way back. A VM that leaves gets no new requests at once,
 * serves what it holds until the end of the deregistration delay, and is paid for until then.
 */
import { leave } from './by-id.ts';
import { delayFrom } from './delays.ts';
import { launchVm } from './vm-launch.ts';
import { endLeaseOf } from './vm-lease.ts';
import { takeFromPool } from './vm-pool.ts';
import { countServing } from './vm-serving.ts';
import { abandonBoot } from './vm-start.ts';
import { VM_TERMINATIONS } from './vm-termination.ts';
import { activeVms, type Vm, type VmGroup, type VmWorld } from './vm-world.ts';

/** Makes the number of VMs that are wanted, and on their way, equal to `desired`. */
export function setCapacity(world: VmWorld, group: VmGroup, desired: number, now: number): void {
  group.desired = desired;
  const surplus = activeVms(group) + group.lacking - desired;
  for (let i = surplus; i < 0; i++) {
    if (!takeFromPool(world, group, now)) launchVm(world, group, now);
  }
  if (surplus <= 0) return;
  // What does not exist yet is given up first.
  const unmade = Math.min(group.lacking, surplus);
  group.lacking -= unmade;
  for (const vm of victims(world, group).slice(0, surplus - unmade)) retire(world, vm, now);
}

function victims({ model }: VmWorld, { vms }: VmGroup): Vm[] {
  const order = VM_TERMINATIONS[model.strategy.scaleIn.termination];
  const serves = ({ state }: Vm) => (state === 'serving' ? 1 : 0);
  return vms
    .filter(({ state }) => state !== 'draining' && state !== 'stopping')
    .sort((a, b) => serves(a) - serves(b) || order(a, b));
}

function retire(world: VmWorld, vm: Vm, now: number): void {
  const { group } = vm;
  if (vm.life !== null) vm.life.draining = now;
  if (vm.state !== 'serving') {
    endVm(world, vm, now);
    return;
  }
  vm.state = 'draining';
  group.leaving += 1;
  countServing(group, -1, now);
  group.model.plane.withdraw(vm.column);
  const at = now + world.model.strategy.scaleIn.deregistration;
  world.calendar.schedule(at, { kind: 'vm', vm, stage: 'drained' });
}

/** The deregistration delay is over: what the VM still holds is lost. */
export function stopVm(world: VmWorld, vm: Vm, now: number): void {
  vm.state = 'stopping';
  vm.group.model.plane.lose(vm.column, now);
  endLeaseOf(world, vm, now);
  const at = now + delayFrom(world.model.strategy.scaleIn.stop, vm.draws.stop);
  world.calendar.schedule(at, { kind: 'vm', vm, stage: 'stopped' });
}

export function endVm(world: VmWorld, vm: Vm, now: number): void {
  const { group, host } = vm;
  if (vm.state === 'stopping') group.leaving -= 1;
  endLeaseOf(world, vm, now);
  vm.state = 'gone';
  if (vm.life !== null) vm.life.gone = now;
  leave(group.vms, vm);
  group.lastActivity = now;
  world.held -= 1;
  if (host === null) return;
  host.cpu += world.model.machines.instance.cpu;
  const waits = host.waiting.indexOf(vm);
  if (waits >= 0) host.waiting.splice(waits, 1);
  abandonBoot(world, vm, host, now);
}
