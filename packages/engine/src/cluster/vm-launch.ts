/**
 * Launches: from the group's wish for a VM to one that runs. In a public cloud a launch takes a
 * drawn time; in a private one it waits for the control plane, for room on a host, and for the
 * image where the host lacks it. A launch that fails is tried again.
 */
import { assert } from '../kernel/assert.ts';
import { recordSync } from '../ledger/decision-runs.ts';
import { type LaunchFailure, newLife } from '../ledger/ledger.ts';
import { enter, leave } from './by-id.ts';
import { delayFrom } from './delays.ts';
import { activeAt, findHost, type PrivateCloud, type VmHost } from './vm-cloud.ts';
import { drawVm, type Vm, type VmGroup, type VmWorld } from './vm-world.ts';

/** As in the scenario format. @source brevdev/ec2-coldboot-research: 4.8 s + 17.8 s */
export const PUBLIC_REQUEST = { median: 22_600_000, sigma: 0.06 };

/** A VM that does not exist for anybody yet. */
export function newVm(world: VmWorld, group: VmGroup): Vm {
  return {
    id: world.made++,
    group,
    column: group.nextOrdinal++,
    draws: drawVm(group.draws),
    life: null,
    state: 'launching',
    host: null,
    lease: null,
    call: null,
    runningSince: null,
    cpuSeen: 0,
  };
}

/** The group, and no longer its warm pool, has the VM from `now` on. */
export function adopt(world: VmWorld, vm: Vm, now: number): void {
  const { group } = vm;
  vm.life = newLife(group.model.service.name, vm.column, now);
  world.ledger.pods.push(vm.life);
  enter(group.vms, vm);
}

/** A new VM for the group; beyond the quota it is refused, and missing. */
export function launchVm(world: VmWorld, group: VmGroup, now: number): void {
  if (isOverQuota(world)) {
    refuse(world, group, 'quota', now);
    lack(world, group, now);
    return;
  }
  const vm = newVm(world, group);
  adopt(world, vm, now);
  callFor(world, vm, now);
}

/** A new VM for the warm pool; false = refused. */
export function launchPooled(world: VmWorld, group: VmGroup, now: number): boolean {
  if (isOverQuota(world)) {
    refuse(world, group, 'quota', now);
    refillLater(world, group, now);
    return false;
  }
  const vm = newVm(world, group);
  enter(group.pool, vm);
  callFor(world, vm, now);
  return true;
}

/** One attempt at a time, however many VMs the pool lacks. */
export function refillLater(world: VmWorld, group: VmGroup, now: number): void {
  if (group.isRefillDue) return;
  group.isRefillDue = true;
  world.calendar.schedule(now + world.model.strategy.retry, { kind: 'refill', group });
}

export function isOverQuota({ model, held }: VmWorld): boolean {
  return held >= (model.strategy.quota ?? Number.POSITIVE_INFINITY);
}

/** From now on it is known how long the VM takes to run. */
export function noteCall(world: VmWorld, vm: Vm, isPooled: boolean, now: number): void {
  const service = vm.group.model.service.name;
  vm.call = { service, at: now, isPooled };
  world.ledger.vmCalls.push(vm.call);
}

function callFor(world: VmWorld, vm: Vm, now: number): void {
  const { launch } = world.model.strategy;
  if (vm.life !== null) vm.life.created = now;
  noteCall(world, vm, false, now);
  world.held += 1;
  if (world.cloud !== null) {
    callPrivate(world, world.cloud, vm, now);
    return;
  }
  const at = now + delayFrom(launch.request ?? PUBLIC_REQUEST, vm.draws.request);
  world.calendar.schedule(at, { kind: 'vm', vm, stage: 'running' });
}

function callPrivate(world: VmWorld, cloud: PrivateCloud, vm: Vm, now: number): void {
  const { request, timeout } = cloud.spec;
  const at = activeAt(cloud.calls, delayFrom(request, vm.draws.request), timeout, now);
  if (at === null) {
    failAt(world, vm, now + timeout, 'timeout');
    return;
  }
  world.calendar.schedule(at, { kind: 'vm', vm, stage: 'active' });
}

function failAt(world: VmWorld, vm: Vm, at: number, cause: LaunchFailure): void {
  world.calendar.schedule(at, { kind: 'failed', vm, cause });
}

/** The control plane has found a host; the image may have to come first. */
export function placeVm(world: VmWorld, vm: Vm, now: number): void {
  const { cloud } = world;
  assert(cloud !== null, 'a public cloud has no hosts');
  const { cpu } = world.model.machines.instance;
  const host = findHost(cloud, cpu);
  if (host === null) {
    failLaunch(world, vm, 'no-host', now);
    return;
  }
  host.cpu -= cpu;
  vm.host = host;
  if (host.hasImage) {
    world.calendar.schedule(now + 1, { kind: 'vm', vm, stage: 'running' });
    return;
  }
  host.waiting.push(vm);
  if (host.copy === null) copyImage(world, cloud, host, now);
}

/** One copy per host, however many wait for it; it goes on without them. */
function copyImage(world: VmWorld, cloud: PrivateCloud, host: VmHost, now: number): void {
  const { size, hostRate } = cloud.spec.image;
  host.copy = cloud.store.start(host, size, Math.max(1, Math.floor(hostRate)), now);
  awaitCopies(world, cloud);
}

function awaitCopies({ calendar }: VmWorld, cloud: PrivateCloud): void {
  cloud.version += 1;
  const { nextTime } = cloud.store;
  if (nextTime === Number.POSITIVE_INFINITY) return;
  calendar.schedule(nextTime, { kind: 'copies', version: cloud.version });
}

/** Hosts whose copies are there run what waited for them. */
export function finishCopies(world: VmWorld, version: number, now: number): void {
  const { cloud } = world;
  if (cloud === null || version !== cloud.version) return;
  for (const { owner: host } of cloud.store.finished(now)) {
    host.copy = null;
    host.hasImage = true;
    for (const vm of host.waiting.splice(0)) {
      world.calendar.schedule(now + 1, { kind: 'vm', vm, stage: 'running' });
    }
  }
  awaitCopies(world, cloud);
}

/** The launch came to nothing: the group, or its warm pool, tries again later. */
export function failLaunch(world: VmWorld, vm: Vm, cause: LaunchFailure, now: number): void {
  const { group, life } = vm;
  vm.state = 'gone';
  world.held -= 1;
  if (vm.call !== null) vm.call.failure = cause;
  noteFailure(world, group, cause, now);
  if (life === null) {
    leave(group.pool, vm);
    refillLater(world, group, now);
    return;
  }
  life.gone = now;
  leave(group.vms, vm);
  lack(world, group, now);
}

/** A VM of the group is missing; its launch will be tried again. */
export function lack(world: VmWorld, group: VmGroup, now: number): void {
  group.lacking += 1;
  world.calendar.schedule(now + world.model.strategy.retry, { kind: 'retry', group });
}

/** A VM that is wanted is not even called for. */
export function refuse(world: VmWorld, group: VmGroup, failure: LaunchFailure, now: number): void {
  const service = group.model.service.name;
  world.ledger.vmCalls.push({ service, at: now, isPooled: false, failure });
  noteFailure(world, group, failure, now);
}

/** Failures for the same cause are one row of the ledger. */
function noteFailure(world: VmWorld, group: VmGroup, cause: LaunchFailure, now: number): void {
  const { retry } = world.model.strategy;
  const service = group.model.service.name;
  const reason = { key: `vm.failed-${cause}`, params: { retry } };
  const grounds = { metrics: [], proposal: null, window: null, limit: null };
  const { desired } = group;
  recordSync(world.ledger.decisions, group.failures, {
    at: now,
    service,
    from: desired,
    to: desired,
    reason,
    grounds,
  });
}

/** One launch that failed is made again, if it is still wanted. */
export function retryLaunch(world: VmWorld, group: VmGroup, now: number): void {
  if (group.lacking === 0) return;
  group.lacking -= 1;
  launchVm(world, group, now);
}
