/** Pods: what is said of their start, memory and faults, and means nothing or too much. */
import { listed } from './diagnostics.ts';
import {
  type CheckContext,
  isWritten,
  placeOf,
  type ServiceDraft,
  type StrategyDraft,
} from './draft.ts';
import { formatDuration } from './durations.ts';
import type { Manifests } from './manifests.ts';
import type { Fault } from './scenario.ts';
import type { Path } from './source.ts';
import { didYouMean } from './suggest.ts';

type Kubernetes = Extract<StrategyDraft, { kind?: 'kubernetes' | undefined }>;

/** The start of an application is a plain delay or CPU work; some fields belong to one of them. */
export function checkPodStart({ startup }: Kubernetes, path: Path, context: CheckContext): void {
  const { root, reporter } = context;
  const at = (...keys: Path) => [...path, 'startup', ...keys];
  if (startup === undefined) return;
  if (isWritten(root, at('appWork'))) {
    for (const keys of [['app', 'median'], ['appCpu']]) {
      if (!isWritten(root, at(...keys))) continue;
      const problem = `appWork and ${keys.join('.')} exclude each other`;
      const hint = 'appWork is the CPU time of the start; how long it takes follows from it';
      reporter.report('E_CONFLICT', placeOf(root, at(...keys)), { problem, hint });
    }
  } else {
    for (const key of ['boost', 'slowsRequests']) {
      if (!isWritten(root, at(key))) continue;
      const problem = `${key} means nothing without appWork`;
      const hint = 'a start of a given length neither gets nor takes CPU: add appWork: 11s';
      reporter.report('E_CONFLICT', placeOf(root, at(key)), { problem, hint });
    }
  }
  const { backoff, maxBackoff } = startup.restarts ?? {};
  if (backoff !== undefined && maxBackoff !== undefined && backoff > maxBackoff) {
    const got = `backoff ${formatDuration(backoff)}, maxBackoff ${formatDuration(maxBackoff)}`;
    const facts = { problem: 'restarts.backoff is above restarts.maxBackoff', got };
    reporter.report('E_MIN_MAX', placeOf(root, at('restarts', 'backoff')), facts);
  }
  if (startup.loadBalancer === undefined) return;
  for (const key of ['proxySync', 'proxy'] as const) {
    if (!isWritten(root, [...path, 'startup', key])) continue;
    const problem = `${key} means nothing with a loadBalancer: requests do not pass kube-proxy`;
    const hint = `remove ${key}, or loadBalancer`;
    reporter.report('E_CONFLICT', placeOf(root, at(key)), { problem, hint });
  }
}

/** Memory is held against the limit of the Deployment. */
export function checkMemory(
  name: string,
  { memory, fixed }: ServiceDraft,
  context: CheckContext,
  { deployments, complete }: Manifests,
): void {
  if (memory === undefined || !complete) return;
  const { root, reporter } = context;
  const where = placeOf(root, ['services', name, 'memory']);
  if (fixed !== undefined) {
    const problem = 'no memory of a service of fixed size is watched';
    reporter.report('E_CONFLICT', where, { problem, hint: 'remove memory or fixed' });
    return;
  }
  const limit = deployments.get(name)?.workload.memoryLimit;
  if (limit === undefined) {
    const problem = `memory means nothing: the pods of ${name} have no memory limit`;
    const hint = `give every container of the Deployment ${name} resources.limits.memory`;
    reporter.report('E_CONFLICT', where, { problem, hint });
  } else if (memory.base !== undefined && memory.base > limit) {
    const got = `${mebibytes(memory.base)}, limit ${mebibytes(limit)}`;
    const facts = { problem: `the pods of ${name} could never run: base is above the limit`, got };
    reporter.report('E_MIN_MAX', placeOf(root, ['services', name, 'memory', 'base']), facts);
  }
}

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 2 ** 20)}Mi`;
}

/** Faults that can happen; undefined after a report. */
export function readFaults(
  context: CheckContext,
  serviceNames: readonly string[],
): readonly (Fault | undefined)[] | undefined {
  const { draft, root, reporter } = context;
  const { faults, clock, strategies = [] } = draft;
  if (faults === undefined) return undefined;
  const before = reporter.diagnostics.length;
  if (!strategies.some((strategy) => strategy?.kind === 'kubernetes')) {
    const problem = 'faults happen to pods, and no strategy is of kind kubernetes';
    reporter.report('E_CONFLICT', placeOf(root, ['faults']), { problem, hint: 'remove faults' });
  }
  faults.forEach((fault, i) => {
    const path = ['faults', i];
    const { at, service } = fault ?? {};
    if (at !== undefined && clock?.duration !== undefined && (at < 0 || at >= clock.duration)) {
      const got = `${formatDuration(at)} after the start`;
      const allowed = `0 to ${formatDuration(clock.duration)}`;
      const facts = { problem: 'the fault is outside of the scenario', got, allowed };
      reporter.report('E_RANGE', placeOf(root, [...path, 'at']), facts);
    }
    if (service === undefined || serviceNames.includes(service)) return;
    const facts = { problem: `there is no service ${service}`, allowed: listed(serviceNames) };
    const place = placeOf(root, [...path, 'service']);
    reporter.report('E_REF', place, { ...facts, ...didYouMean(service, serviceNames) });
  });
  return reporter.diagnostics.length > before ? [undefined] : (faults as readonly Fault[]);
}
