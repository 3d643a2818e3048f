/**
 * The metric of a group and its alarms, as clocks of their own: the metric is aggregated over
 * periods, each published some time after its end; the alarms look on a grid of their own, and act
 * at every look for as long as they are on.
 *
 * CPU is the mean over the VMs whose warm-up was over when the period began, as a share of all
 * their virtual CPUs. Requests are those that came, per VM that served, on average over the period.
 */
import { recordSync } from '../ledger/decision-runs.ts';
import { totalRateAt } from '../traffic/rate.ts';
import { CUSTOM_MEASURES } from './custom-measures.ts';
import { countServing } from './vm-serving.ts';
import { setCapacity } from './vm-stop.ts';
import { activeVms, isWarm, type Vm, type VmGroup, type VmWorld } from './vm-world.ts';

const MINUTE = 60e6;

/** Fitted to the first two of five measured rounds; docs/model.md, section 7. */
const REQUESTS_DELAY = 120e6;

/** From the end of a period until alarms see it, µs. */
function publicationDelay({ model }: VmWorld, { metric }: VmGroup): number {
  const { delay, period } = model.strategy.alarms;
  return delay ?? (metric === 'cpu' ? period : REQUESTS_DELAY);
}

/** A period ends. */
export function endPeriod(world: VmWorld, group: VmGroup, now: number): void {
  const { period } = world.model.strategy.alarms;
  countServing(group, 0, now);
  const reading =
    group.metric === 'cpu'
      ? cpuReading(world, group, now - period, now)
      : requestsReading(group, period, now);
  group.points.push({ end: now, ...reading });
  const kept = pointsKept(world, group);
  if (group.points.length > kept) group.points.splice(0, group.points.length - kept);
}

function pointsKept(world: VmWorld, group: VmGroup): number {
  const { period, outPoints, inPoints } = world.model.strategy.alarms;
  return Math.max(outPoints, inPoints) + Math.ceil(publicationDelay(world, group) / period) + 1;
}

interface Reading {
  readonly value: number | null;
  readonly vms: number;
}

/** Percent. The counters of VMs in their warm-up are read without effect. */
function cpuReading(world: VmWorld, group: VmGroup, from: number, now: number): Reading {
  const { coresPerSlot, plane } = group.model;
  let used = 0;
  let vms = 0;
  for (const vm of group.vms) {
    const cpu = plane.busyTime(vm.column, now) * coresPerSlot;
    if (isWarm(world.model, vm, from)) {
      used += cpu - vm.cpuSeen;
      vms += 1;
    }
    vm.cpuSeen = cpu;
  }
  if (vms === 0) return { value: null, vms };
  const cores = world.model.machines.instance.cpu / 1000;
  return { value: (100 * used) / (vms * cores * (now - from)), vms };
}

/** Per VM and minute. */
function requestsReading(group: VmGroup, period: number, now: number): Reading {
  const arrived = CUSTOM_MEASURES['arrival-rate'].ofService(group.measured, now);
  const vms = (group.servingTime - group.servingSeen) / period;
  const perMinute = ((arrived - group.arrivalsSeen) * MINUTE) / period;
  group.servingSeen = group.servingTime;
  group.arrivalsSeen = arrived;
  return { value: vms === 0 ? null : perMinute / vms, vms };
}

/** The alarms look at what has been published, and the policy decides. */
export function evaluateAlarms(world: VmWorld, group: VmGroup, now: number): void {
  const { desired, min, max, leaving, lastActivity } = group;
  const published = now - publicationDelay(world, group);
  const warm = group.vms.filter((vm) => isWarm(world.model, vm, now)).length;
  const decision = group.policy({
    now,
    desired,
    min,
    max,
    warm,
    launching: activeVms(group) + group.lacking - warm,
    leaving,
    isActive: group.lacking > 0 || group.vms.some(isChanging),
    lastActivity,
    points: group.points.filter(({ end }) => end <= published),
  });
  recordSync(world.ledger.decisions, group.runs, {
    at: now,
    service: group.model.service.name,
    from: desired,
    to: decision.desired,
    reason: decision.reason,
    grounds: decision.grounds,
  });
  if (decision.desired !== desired) setCapacity(world, group, decision.desired, now);
}

function isChanging({ runningSince, state }: Vm): boolean {
  return runningSince === null || state === 'draining' || state === 'stopping';
}

/** The points before time 0, and what has been seen, as if the load at 0 had always been there. */
export function recallPoints(world: VmWorld, group: VmGroup): void {
  const { period } = world.model.strategy.alarms;
  const rate = totalRateAt(group.model.curves, 0);
  const vms = group.vms.length;
  const since = period - group.phase.period;
  const cores = rate * group.model.service.cpuPerRequest * 1e-6;
  const most = world.model.machines.instance.cpu - world.model.strategy.vm.reservedCpu;
  const perVm = vms === 0 ? 0 : Math.min(cores / vms, most / 1000);
  const percent = (perVm * 1e5) / world.model.machines.instance.cpu;
  const reading = group.metric === 'cpu' ? percent : (rate * 60) / vms;
  const value = vms === 0 ? null : reading;
  const first = group.phase.period - period;
  for (let k = pointsKept(world, group) - 1; k >= 0; k--) {
    group.points.push({ end: first - k * period, value, vms });
  }
  for (const vm of group.vms) vm.cpuSeen = -perVm * since;
  group.servingSeen = -vms * since;
  group.arrivalsSeen = -(rate * since) / 1e6;
}
