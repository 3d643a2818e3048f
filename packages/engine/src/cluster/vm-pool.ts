/**
 * The warm pool: VMs that have been started and set up ahead. Stopped and hibernated ones are not
 * paid for (their disks are, which no price book has). One that is taken is replaced at once.
 */
import { leave } from './by-id.ts';
import { delayFrom } from './delays.ts';
import { adopt, isOverQuota, launchPooled, noteCall } from './vm-launch.ts';
import { endLeaseOf } from './vm-lease.ts';
import { type Vm, type VmGroup, type VmWorld, WARM_POOL_STATES } from './vm-world.ts';

/** Spread of the time to run again: as of launches. */
const RESUME_SIGMA = 0.06;

/** The VM is set up: it waits in the pool. */
export function enterPool(world: VmWorld, vm: Vm, now: number): void {
  const { warmPool } = world.model.strategy;
  vm.state = 'pooled';
  vm.runningSince = null;
  if (warmPool === undefined || WARM_POOL_STATES[warmPool.state].isPaid) return;
  endLeaseOf(world, vm, now);
  world.held -= 1;
}

/** The oldest VM that waits goes to the group; false = none does. */
export function takeFromPool(world: VmWorld, group: VmGroup, now: number): boolean {
  const { warmPool } = world.model.strategy;
  const vm = group.pool.find(({ state }) => state === 'pooled');
  if (warmPool === undefined || vm === undefined) return false;
  const { resume, isPaid } = WARM_POOL_STATES[warmPool.state];
  if (!isPaid) {
    if (isOverQuota(world)) return false;
    world.held += 1;
  }
  leave(group.pool, vm);
  vm.state = 'launching';
  adopt(world, vm, now);
  noteCall(world, vm, true, now);
  const delay = { median: warmPool.resume ?? resume, sigma: RESUME_SIGMA };
  const at = now + Math.max(1, delayFrom(delay, vm.draws.resume));
  world.calendar.schedule(at, { kind: 'vm', vm, stage: 'resumed' });
  refillPool(world, group, now);
  return true;
}

/** As many VMs are in the pool, or on their way to it, as it should hold. */
export function refillPool(world: VmWorld, group: VmGroup, now: number): void {
  const size = world.model.strategy.warmPool?.size ?? 0;
  while (group.pool.length < size) if (!launchPooled(world, group, now)) return;
}
