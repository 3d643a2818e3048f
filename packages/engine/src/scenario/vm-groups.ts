/** VM groups: their parts fit together, and nothing is written that has no effect. */
import { VM_POLICIES } from '../scaling/vm/index.ts';
import { listed } from './diagnostics.ts';
import { type CheckContext, isWritten, placeOf, type StrategyDraft } from './draft.ts';
import { formatDuration } from './durations.ts';
import type { VmGroupStrategy } from './scenario.ts';
import type { Path } from './source.ts';
import { didYouMean } from './suggest.ts';

export type VmGroupDraft = Extract<StrategyDraft, { kind?: 'vm-group' | undefined }>;

/** What the checks of one group share. */
interface GroupContext {
  readonly strategy: VmGroupDraft;
  readonly path: Path;
  readonly context: CheckContext;
}

export function readVmGroup(
  strategy: VmGroupDraft,
  path: Path,
  context: CheckContext,
  known: { readonly serviceNames: readonly string[]; readonly vmCpu: number | undefined },
): VmGroupStrategy {
  const group = { strategy, path, context };
  checkBounds(group);
  checkPolicy(group);
  checkSteps(group);
  checkCloud(group, known.vmCpu);
  checkActions(group, known.serviceNames);
  checkActionBounds(group, known.serviceNames);
  return { ...strategy, schedule: strategy.schedule ?? [] } as VmGroupStrategy;
}

type Code = Parameters<CheckContext['reporter']['report']>[0];
type Facts = Parameters<CheckContext['reporter']['report']>[2];

function report(group: GroupContext, code: Code, below: Path, facts: Facts): void {
  const { context, path } = group;
  context.reporter.report(code, placeOf(context.root, [...path, ...below]), facts);
}

function isSet({ context, path }: GroupContext, below: Path): boolean {
  return isWritten(context.root, [...path, ...below]);
}

function checkBounds(group: GroupContext): void {
  const { min, max, initial } = group.strategy;
  if (min !== undefined && max !== undefined && min > max) {
    const facts = { problem: 'min is above max', got: `min ${min}, max ${max}` };
    report(group, 'E_MIN_MAX', [isSet(group, ['min']) ? 'min' : 'max'], facts);
    return;
  }
  checkQuota(group);
  if (initial === undefined || min === undefined || max === undefined) return;
  if (initial >= min && initial <= max) return;
  const facts = { problem: 'initial is out of the group’s bounds', got: `${initial} VMs` };
  report(group, 'E_RANGE', ['initial'], { ...facts, allowed: `${min} to ${max}` });
}

function checkQuota(group: GroupContext): void {
  const { quota, min } = group.strategy;
  if (quota === undefined || min === undefined || quota >= min) return;
  const facts = { problem: 'the quota is below min', got: `quota ${quota}, min ${min}` };
  report(group, 'E_MIN_MAX', ['quota'], facts);
}

/** Sections of another policy have no effect. */
function checkPolicy(group: GroupContext): void {
  const { policy, targetTracking } = group.strategy;
  if (policy === undefined) return;
  if (policy !== 'target-tracking' && isSet(group, ['targetTracking'])) {
    const hint = 'set policy: target-tracking';
    const problem = `targetTracking has no effect under policy ${policy}`;
    report(group, 'E_CONFLICT', ['targetTracking'], { problem, hint });
  }
  const isStepped = policy === 'step' || policy === 'simple';
  if (!isStepped && isSet(group, ['steps'])) {
    const problem = `steps have no effect under policy ${policy}`;
    report(group, 'E_CONFLICT', ['steps'], { problem, hint: 'set policy: step' });
  }
  if (policy === 'none' && isSet(group, ['alarms'])) {
    const allowed = listed(Object.keys(VM_POLICIES).filter((name) => name !== 'none'));
    const problem = 'alarms have no effect under policy none';
    report(group, 'E_CONFLICT', ['alarms'], { problem, hint: `set policy: ${allowed}` });
  }
  if (policy !== 'target-tracking' || targetTracking?.metric !== 'requests') return;
  if (targetTracking.target === undefined) {
    const problem = 'requests per VM and minute need a target';
    report(group, 'E_REQUIRED', ['targetTracking', 'target'], { problem, hint: 'target: 1000' });
  }
}

function checkSteps(group: GroupContext): void {
  const { policy, steps } = group.strategy;
  if (policy !== 'step' && policy !== 'simple') return;
  const out = steps?.out ?? [];
  const back = steps?.in ?? [];
  if (out.length + back.length === 0) {
    const problem = `policy ${policy} needs a step`;
    const hint = 'steps: { out: [{ from: 70, change: 1 }], in: [{ below: 30, change: 1 }] }';
    report(group, 'E_REQUIRED', ['steps'], { problem, hint });
  }
  if (policy === 'simple') {
    for (const [name, list] of [
      ['out', out],
      ['in', back],
    ] as const) {
      if (list.length < 2) continue;
      const problem = 'simple scaling has one step in each direction';
      report(group, 'E_CONFLICT', ['steps', name, 1], { problem, hint: 'set policy: step' });
    }
  } else if (isSet(group, ['steps', 'cooldown'])) {
    const facts = { problem: 'step scaling has no cooldown', hint: 'set policy: simple' };
    report(group, 'E_CONFLICT', ['steps', 'cooldown'], facts);
  }
  const lowest = Math.min(...out.map((step) => step?.from ?? Number.POSITIVE_INFINITY));
  const highest = Math.max(...back.map((step) => step?.below ?? Number.NEGATIVE_INFINITY));
  if (highest < lowest) return;
  const got = `in below ${highest}, out from ${lowest}`;
  report(group, 'E_MIN_MAX', ['steps', 'in'], { problem: 'the steps overlap', got });
}

function checkCloud(group: GroupContext, vmCpu: number | undefined): void {
  const { privateCloud } = group.strategy;
  if (privateCloud === undefined) return;
  for (const name of ['request', 'boot'] as const) {
    if (!isSet(group, ['launch', name])) continue;
    const problem = `launch.${name} has no effect in a private cloud`;
    report(group, 'E_CONFLICT', ['launch', name], { problem, hint: `set privateCloud.${name}` });
  }
  const { cores, overcommit } = privateCloud.hosts ?? {};
  if (cores === undefined || overcommit === undefined || vmCpu === undefined) return;
  const room = cores * overcommit * 1000;
  if (vmCpu <= room) return;
  const problem = 'a VM fits on no host';
  const got = `a VM of ${vmCpu}m`;
  const allowed = `${room}m (${cores} cores × ${overcommit})`;
  const hint = 'more cores, more overcommit, or a smaller vm.type';
  report(group, 'E_UNSCHEDULABLE', ['privateCloud', 'hosts'], { problem, got, allowed, hint });
}

function checkActions(group: GroupContext, serviceNames: readonly string[]): void {
  const { strategy, context } = group;
  const duration = context.draft.clock?.duration;
  (strategy.schedule ?? []).forEach((action, i) => {
    const { at, service, min, max, desired } = action ?? {};
    const below = ['schedule', i];
    if (at !== undefined && duration !== undefined && at >= duration) {
      const got = `${formatDuration(at)} after the start`;
      const facts = { problem: 'the action comes after the end', got };
      const allowed = `before ${formatDuration(duration)}`;
      report(group, 'E_RANGE', [...below, 'at'], { ...facts, allowed });
    }
    if (service !== undefined && !serviceNames.includes(service)) {
      const facts = { problem: `there is no service ${service}`, allowed: listed(serviceNames) };
      const hint = didYouMean(service, serviceNames);
      report(group, 'E_REF', [...below, 'service'], { ...facts, ...hint });
    }
    if (min !== undefined && max !== undefined && min > max) {
      const facts = { problem: 'min is above max', got: `min ${min}, max ${max}` };
      report(group, 'E_MIN_MAX', [...below, 'min'], facts);
    }
    if (min === undefined && max === undefined && desired === undefined) {
      const facts = { problem: 'the action sets nothing', hint: 'set min, max or desired' };
      report(group, 'E_REQUIRED', below, facts);
    }
  });
}

/** Bounds last from one action to the next: each fits to those that hold then. */
function checkActionBounds(group: GroupContext, serviceNames: readonly string[]): void {
  const { min: least, max: most, schedule } = group.strategy;
  if (least === undefined || most === undefined || least > most) return;
  const bounds = new Map(serviceNames.map((name) => [name, { min: least, max: most }]));
  const actions = (schedule ?? []).map((action, i) => ({ ...action, i }));
  for (const { service, i, ...action } of actions.sort((a, b) => (a.at ?? 0) - (b.at ?? 0))) {
    let isTold = action.min !== undefined && action.max !== undefined && action.min > action.max;
    for (const name of service === undefined ? serviceNames : [service]) {
      const held = bounds.get(name);
      if (held === undefined || isTold) continue;
      const { min, max } = { min: action.min ?? held.min, max: action.max ?? held.max };
      bounds.set(name, { min, max });
      isTold = !fits(group, { ...action, min, max }, ['schedule', i], action.min !== undefined);
    }
  }
}

function fits(
  group: GroupContext,
  { min, max, desired }: { min: number; max: number; desired?: number | undefined },
  below: Path,
  isMinNew: boolean,
): boolean {
  if (min > max) {
    const facts = { problem: 'min is above max by then', got: `min ${min}, max ${max}` };
    report(group, 'E_MIN_MAX', [...below, isMinNew ? 'min' : 'max'], facts);
    return false;
  }
  if (desired === undefined || (desired >= min && desired <= max)) return true;
  const facts = { problem: 'desired is out of the group’s bounds', got: `${desired} VMs` };
  report(group, 'E_RANGE', [...below, 'desired'], { ...facts, allowed: `${min} to ${max}` });
  return false;
}
