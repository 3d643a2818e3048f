/**
 * The control plane of VM groups: one event at a time from its calendar, each a line in the
 * dispatch below. Periods of the metric and evaluations of the alarms fire at start + k · period.
 */
import { assert, InvariantError } from '../kernel/assert.ts';
import { Calendar } from '../kernel/calendar.ts';
import { nextUniform } from '../kernel/random.ts';
import { closeRuns, openRuns } from '../ledger/decision-runs.ts';
import { createLedger } from '../ledger/ledger.ts';
import type { Model, ServiceModel, VmGroupModel } from '../model.ts';
import { VM_POLICIES, type VmPolicyName } from '../scaling/vm/index.ts';
import type { VmActionSpec } from '../scenario/schema.ts';
import type { ControlPlane } from './control-plane.ts';
import { keepArrivals } from './custom-measures.ts';
import { privateCloud } from './vm-cloud.ts';
import { failLaunch, finishCopies, placeVm, retryLaunch } from './vm-launch.ts';
import { endPeriod, evaluateAlarms } from './vm-metrics.ts';
import { refillPool } from './vm-pool.ts';
import { placeStandingVms } from './vm-standing.ts';
import { appUp, bootVm, changeBoots, resumeVm, runVm, serve, startApp } from './vm-start.ts';
import { endVm, setCapacity, stopVm } from './vm-stop.ts';
import {
  activeVms,
  type Vm,
  type VmEvent,
  type VmGroup,
  type VmStage,
  type VmWorld,
  WARM_POOL_STATES,
} from './vm-world.ts';

export function createVmPlane(model: Model, groups: VmGroupModel): ControlPlane {
  const world = createVmWorld(model, groups);
  takeEarlierBounds(world);
  placeStandingVms(world);
  scheduleLoops(world);
  return {
    ledger: world.ledger,
    nextTime: () => world.calendar.nextTime,
    act: () => {
      const now = world.calendar.nextTime;
      act(world, world.calendar.next(), now);
      assertCapacity(world);
    },
    everySecond: null,
    beforeReset: (now) => {
      for (const { measured } of world.groups) keepArrivals(measured, now);
    },
    levels: () => ({
      desired: world.groups.reduce((sum, { desired }) => sum + desired, 0),
      replicas: world.groups.reduce((sum, { vms }) => sum + vms.length, 0),
      machines: world.leased,
    }),
  };
}

function createVmWorld(model: Model, groups: VmGroupModel): VmWorld {
  const { privateCloud: cloud } = groups.strategy;
  return {
    model: groups,
    calendar: new Calendar<VmEvent>(),
    horizon: model.horizon,
    ledger: createLedger(),
    groups: model.services
      .filter(({ service }) => service.fixed === undefined)
      .map((service, index) => createGroup(model, groups, service, index)),
    cloud: cloud === undefined ? null : privateCloud(cloud, model.stream('vm-calls')),
    made: 0,
    leased: 0,
    held: 0,
  };
}

function createGroup(
  model: Model,
  { strategy, policy }: VmGroupModel,
  service: ServiceModel,
  index: number,
): VmGroup {
  const { name } = service.service;
  const { period, evaluation } = strategy.alarms;
  const phase = (of: string, length: number) =>
    Math.floor(nextUniform(model.stream(`phase/vm-${of}/${name}`)) * length);
  const isStepped = strategy.policy === 'step' || strategy.policy === 'simple';
  return {
    index,
    model: service,
    policy: VM_POLICIES[strategy.policy as VmPolicyName](policy),
    metric: isStepped ? policy.steps.metric : policy.tracking.metric,
    measured: { model: service, arrivedBefore: 0 },
    desired: 0,
    min: strategy.min,
    max: strategy.max,
    vms: [],
    leaving: 0,
    lacking: 0,
    pool: [],
    isRefillDue: false,
    phase: { period: phase('period', period), evaluation: phase('evaluation', evaluation) },
    points: [],
    serving: 0,
    servingTime: 0,
    servingAt: 0,
    servingSeen: 0,
    arrivalsSeen: 0,
    lastActivity: Number.NEGATIVE_INFINITY,
    runs: openRuns(),
    failures: openRuns(),
    draws: model.stream(`vm-start/${name}`),
    nextOrdinal: 0,
  };
}

function scheduleLoops({ calendar, groups, model }: VmWorld): void {
  for (const group of groups) {
    calendar.schedule(group.phase.period, { kind: 'period', group });
    calendar.schedule(group.phase.evaluation, { kind: 'evaluate', group });
  }
  model.strategy.schedule.forEach(({ at }, index) => {
    if (at > 0) calendar.schedule(at, { kind: 'action', index });
  });
}

/** Bounds that actions set before the start, the last one last. */
function takeEarlierBounds({ groups, model }: VmWorld): void {
  const earlier = model.strategy.schedule.filter(({ at }) => at <= 0);
  for (const action of [...earlier].sort((a, b) => a.at - b.at)) {
    for (const group of groups) setBounds(group, action);
  }
}

function setBounds(group: VmGroup, { service, min, max }: VmActionSpec): boolean {
  if (service !== undefined && service !== group.model.service.name) return false;
  group.min = min ?? group.min;
  group.max = Math.max(group.min, max ?? group.max);
  return true;
}

function act(world: VmWorld, event: VmEvent, now: number): void {
  const { alarms } = world.model.strategy;
  switch (event.kind) {
    case 'period':
      endPeriod(world, event.group, now);
      world.calendar.schedule(now + alarms.period, event);
      break;
    case 'evaluate':
      evaluateAlarms(world, event.group, now);
      assertLeases(world);
      world.calendar.schedule(now + alarms.evaluation, event);
      break;
    case 'action':
      runAction(world, event.index, now);
      break;
    case 'vm':
      if (event.vm.state !== 'gone') STAGES[event.stage](world, event.vm, now);
      break;
    case 'failed':
      if (event.vm.state !== 'gone') failLaunch(world, event.vm, event.cause, now);
      break;
    case 'retry':
      retryLaunch(world, event.group, now);
      break;
    case 'refill':
      event.group.isRefillDue = false;
      refillPool(world, event.group, now);
      break;
    case 'boots':
      changeBoots(world, event.host, event.version, now);
      break;
    case 'copies':
      finishCopies(world, event.version, now);
      break;
  }
}

const STAGES: Readonly<Record<VmStage, (world: VmWorld, vm: Vm, now: number) => void>> = {
  active: placeVm,
  running: runVm,
  booted: bootVm,
  installed: startApp,
  up: appUp,
  resumed: (world, vm, now) => {
    const state = world.model.strategy.warmPool?.state ?? 'stopped';
    resumeVm(world, vm, WARM_POOL_STATES[state].isUp, now);
  },
  healthy: serve,
  drained: stopVm,
  stopped: endVm,
};

/** A scheduled action sets bounds for good, and the desired capacity once. */
function runAction(world: VmWorld, index: number, now: number): void {
  const action = world.model.strategy.schedule[index];
  for (const group of world.groups) {
    const service = group.model.service.name;
    if (!setBounds(group, action)) continue;
    const from = group.desired;
    const to = Math.min(group.max, Math.max(group.min, action.desired ?? from));
    const params = { service, min: group.min, max: group.max, to };
    closeRuns(group.runs);
    world.ledger.decisions.push({
      at: now,
      service,
      from,
      to,
      reason: { key: 'vm.action', params },
    });
    if (to !== from) setCapacity(world, group, to, now);
  }
}

/** VMs that are there or on their way are exactly as many as wanted. After every event. */
function assertCapacity({ groups }: VmWorld): void {
  for (const group of groups) {
    const active = activeVms(group) + group.lacking;
    if (active === group.desired) continue;
    const { name } = group.model.service;
    throw new InvariantError(`${name}: ${active} VMs, ${group.desired} wanted`);
  }
}

/** What is counted event by event is what there is. At evaluations alone: this looks at all VMs. */
function assertLeases({ groups, leased, cloud, model }: VmWorld): void {
  let paid = 0;
  for (const { vms, pool, leaving, serving } of groups) {
    for (const { lease } of vms) if (lease !== null) paid += 1;
    for (const { lease } of pool) if (lease !== null) paid += 1;
    const found = vms.filter(({ state }) => state === 'draining' || state === 'stopping').length;
    assert(found === leaving, `${found} VMs leave, ${leaving} counted`);
    const serves = vms.filter(({ state }) => state === 'serving').length;
    assert(serves === serving, `${serves} VMs serve, ${serving} counted`);
  }
  assert(paid === leased, `${paid} VMs are paid for, ${leased} counted`);
  for (const host of cloud?.hosts ?? []) {
    assert(host.cpu >= 0, `host ${host.id} is over-committed by VMs of ${model.machines.type}`);
  }
}
