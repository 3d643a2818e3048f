/**
 * From a VM that runs to one that serves, one function per stage:
 *
 *   running → booted → installed → application up → healthy → serving
 *            (guest)  (bootstrap)  (start)         (load balancer's checks)
 *
 * A VM is paid for from `running` on. Its load balancer checks it on a grid that begins with it.
 */
import { delayFrom } from './delays.ts';
import { advanceBoots, beginBoot, dropBoot, nextBootChange } from './vm-boot.ts';
import type { VmHost } from './vm-cloud.ts';
import { startLeaseOf } from './vm-lease.ts';
import { enterPool } from './vm-pool.ts';
import { countServing } from './vm-serving.ts';
import type { Vm, VmWorld } from './vm-world.ts';

/** As in the scenario format. @source brevdev/ec2-coldboot-research */
export const PUBLIC_BOOT = { median: 3_200_000, sigma: 0.06 };

/** It runs: it is paid for, and its guest boots. */
export function runVm(world: VmWorld, vm: Vm, now: number): void {
  const { launch } = world.model.strategy;
  vm.state = 'booting';
  vm.runningSince = now;
  vm.group.lastActivity = now;
  if (vm.call !== null) vm.call.running = now;
  if (vm.life !== null) vm.life.bound = now;
  startLeaseOf(world, vm, now);
  if (vm.host !== null) {
    bootOnHost(world, vm, vm.host, now);
    return;
  }
  const at = now + delayFrom(launch.boot ?? PUBLIC_BOOT, vm.draws.boot);
  world.calendar.schedule(at, { kind: 'vm', vm, stage: 'booted' });
}

/** The drawn time is that of a guest alone on its host; the host's other boots make it longer. */
function bootOnHost(world: VmWorld, vm: Vm, host: VmHost, now: number): void {
  const { cloud } = world;
  if (cloud === null) return;
  const { boot, hosts } = cloud.spec;
  const alone = delayFrom(boot, vm.draws.boot);
  const io = alone * hosts.ioShare;
  finishBoots(world, host, now);
  beginBoot(host.boots, vm, { io, cpu: alone - io }, now);
  awaitBoots(world, host, now);
}

/** A phase of a boot on the host may have ended. */
export function changeBoots(world: VmWorld, host: VmHost, version: number, now: number): void {
  if (version !== host.version) return;
  finishBoots(world, host, now);
  awaitBoots(world, host, now);
}

function finishBoots(world: VmWorld, host: VmHost, now: number): void {
  for (const vm of advanceBoots(host.boots, now)) bootVm(world, vm, now);
}

/** The VM is given up, whatever its guest was at. */
export function abandonBoot(world: VmWorld, vm: Vm, host: VmHost, now: number): void {
  if (!host.boots.running.some(({ owner }) => owner === vm)) return;
  finishBoots(world, host, now);
  dropBoot(host.boots, vm);
  awaitBoots(world, host, now);
}

/** Called whenever the boots of the host, or their number, changed. */
function awaitBoots({ calendar }: VmWorld, host: VmHost, now: number): void {
  host.version += 1;
  const next = nextBootChange(host.boots);
  if (next === Number.POSITIVE_INFINITY) return;
  const at = Math.max(now + 1, Math.ceil(next));
  calendar.schedule(at, { kind: 'boots', host, version: host.version });
}

/** The guest's system is up. */
export function bootVm(world: VmWorld, vm: Vm, now: number): void {
  const at = now + delayFrom(world.model.strategy.launch.bootstrap, vm.draws.bootstrap);
  world.calendar.schedule(at, { kind: 'vm', vm, stage: 'installed' });
}

/** The application starts. */
export function startApp(world: VmWorld, vm: Vm, now: number): void {
  vm.state = 'starting';
  if (vm.life !== null) vm.life.started = now;
  const at = now + delayFrom(world.model.strategy.launch.app, vm.draws.app);
  world.calendar.schedule(at, { kind: 'vm', vm, stage: 'up' });
}

/** The application answers: the load balancer finds out, or the VM is ready for the warm pool. */
export function appUp(world: VmWorld, vm: Vm, now: number): void {
  if (vm.life === null) {
    enterPool(world, vm, now);
    return;
  }
  vm.life.appUp = now;
  const { interval, threshold } = world.model.strategy.launch.healthCheck;
  const since = now - (vm.runningSince ?? now);
  const checks = Math.ceil(since / interval) + threshold - 1;
  const at = now - since + checks * interval;
  world.calendar.schedule(at, { kind: 'vm', vm, stage: 'healthy' });
}

/** The load balancer sends requests from now on. */
export function serve(_world: VmWorld, vm: Vm, now: number): void {
  vm.state = 'serving';
  if (vm.life !== null) {
    vm.life.ready = now;
    vm.life.routed = now;
  }
  countServing(vm.group, 1, now);
  vm.group.model.plane.admit(vm.column, now);
}

/** A VM of the warm pool runs again: its application starts, or goes on. */
export function resumeVm(world: VmWorld, vm: Vm, isUp: boolean, now: number): void {
  vm.runningSince = now;
  vm.group.lastActivity = now;
  if (vm.call !== null) vm.call.running = now;
  if (vm.life !== null) vm.life.bound = now;
  if (vm.lease === null) startLeaseOf(world, vm, now);
  if (!isUp) {
    startApp(world, vm, now);
    return;
  }
  vm.state = 'starting';
  if (vm.life !== null) vm.life.started = now;
  appUp(world, vm, now);
}
