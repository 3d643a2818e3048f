/**
 * The state at time 0: the groups have been serving the load of that instant for long, with as many
 * VMs as their policies would hold, and their warm pools are full.
 */

import type { LaunchFailure } from '../ledger/ledger.ts';
import { totalRateAt } from '../traffic/rate.ts';
import { enter } from './by-id.ts';
import { findHost } from './vm-cloud.ts';
import { adopt, isOverQuota, lack, newVm, refillLater, refuse } from './vm-launch.ts';
import { startLeaseOf } from './vm-lease.ts';
import { recallPoints } from './vm-metrics.ts';
import { type Vm, type VmGroup, type VmWorld, WARM_POOL_STATES } from './vm-world.ts';

/** How long ago everything started: longer than any warm-up, µs. */
const LONG_AGO = -36_000_000_000;

const STAGES = ['created', 'bound', 'started', 'appUp', 'ready', 'routed'] as const;

export function placeStandingVms(world: VmWorld): void {
  for (const group of world.groups) {
    group.desired = restingVms(world, group);
    for (let i = 0; i < group.desired; i++) standVm(world, group);
    recallPoints(world, group);
    standPool(world, group);
    const { desired } = group;
    const service = group.model.service.name;
    world.ledger.decisions.push({
      at: 0,
      service,
      from: desired,
      to: desired,
      reason: { key: 'vm.initial', params: { vms: desired } },
    });
  }
}

/** VMs at which the policy rests under the load at time 0. */
function restingVms(world: VmWorld, group: VmGroup): number {
  const { strategy, policy, machines } = world.model;
  const { model, min, max } = group;
  const within = (vms: number) => Math.min(max, Math.max(min, vms));
  if (strategy.initial !== undefined) return within(strategy.initial);
  const rate = totalRateAt(model.curves, 0);
  const bySlots = whole((rate * model.holdTime * 1e-6) / model.slots);
  if (strategy.policy !== 'target-tracking') return within(bySlots);
  const { metric, target } = policy.tracking;
  const cores = rate * model.service.cpuPerRequest * 1e-6;
  const byCpu = whole((cores * 1e5) / (machines.instance.cpu * target));
  return within(Math.max(bySlots, metric === 'cpu' ? byCpu : whole((rate * 60) / target)));
}

/** Rounded up, but 1.1 ÷ 0.1 is 11 and not 12. */
function whole(count: number): number {
  return Math.ceil(count * (1 - 1e-9));
}

function standVm(world: VmWorld, group: VmGroup): void {
  const vm = newVm(world, group);
  const obstacle = takeRoom(world, vm);
  if (obstacle !== null) {
    refuse(world, group, obstacle, 0);
    lack(world, group, 0);
    return;
  }
  adopt(world, vm, LONG_AGO);
  if (vm.life !== null) for (const stage of STAGES) vm.life[stage] = LONG_AGO;
  vm.state = 'serving';
  vm.runningSince = LONG_AGO;
  startLeaseOf(world, vm, 0);
  group.serving += 1;
  group.model.plane.admit(vm.column);
}

function standPool(world: VmWorld, group: VmGroup): void {
  const { warmPool } = world.model.strategy;
  if (warmPool === undefined) return;
  const { isPaid } = WARM_POOL_STATES[warmPool.state];
  for (let i = 0; i < warmPool.size; i++) {
    const vm = newVm(world, group);
    const obstacle = takeRoom(world, vm);
    if (obstacle !== null) {
      refuse(world, group, obstacle, 0);
      refillLater(world, group, 0);
      return;
    }
    vm.state = 'pooled';
    enter(group.pool, vm);
    if (isPaid) startLeaseOf(world, vm, 0);
    else world.held -= 1;
  }
}

/** The quota, and in a private cloud a host with the image, for a VM that stands; null = done. */
function takeRoom(world: VmWorld, vm: Vm): LaunchFailure | null {
  if (isOverQuota(world)) return 'quota';
  if (world.cloud !== null) {
    const { cpu } = world.model.machines.instance;
    const host = findHost(world.cloud, cpu);
    if (host === null) return 'no-host';
    host.cpu -= cpu;
    host.hasImage = true;
    vm.host = host;
  }
  world.held += 1;
  return null;
}
