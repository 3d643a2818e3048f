/** Scheduler, spare room and quota: what contradicts itself or can never be. */
import { PAUSE_PODS } from '../cluster/pause-pods.ts';
import { type CheckContext, isWritten, placeOf, type StrategyDraft } from './draft.ts';
import { formatDuration } from './durations.ts';
import type { CheckedType } from './node-pools.ts';
import { mebibytes } from './pod-fit.ts';
import type { Service } from './scenario.ts';
import type { Path } from './source.ts';

type Kubernetes = Extract<StrategyDraft, { kind?: 'kubernetes' | undefined }>;

export function checkScheduling(
  { scheduling, quota, startup }: Kubernetes,
  path: Path,
  context: CheckContext,
  services: readonly Service[],
): void {
  const { root, reporter } = context;
  const { initialBackoff = 0, maxBackoff = initialBackoff } = scheduling ?? {};
  if (initialBackoff > maxBackoff) {
    reporter.report('E_MIN_MAX', placeOf(root, [...path, 'scheduling', 'maxBackoff']), {
      problem: 'maxBackoff is below initialBackoff',
      got: `${formatDuration(initialBackoff)}, at most ${formatDuration(maxBackoff)}`,
    });
  }
  const sidecar = startup?.security?.sidecar;
  if (quota !== undefined) checkQuota({ quota, sidecar }, [...path, 'quota'], context, services);
}

interface Limited {
  readonly quota: NonNullable<Kubernetes['quota']>;
  /** It requests as well. */
  readonly sidecar:
    | { readonly cpuRequest?: number | undefined; readonly memoryRequest?: number | undefined }
    | undefined;
}

function checkQuota(
  { quota, sidecar }: Limited,
  path: Path,
  { root, reporter }: CheckContext,
  services: readonly Service[],
): void {
  const { cpu, memory } = quota;
  if (!['cpu', 'memory', 'pods'].some((field) => isWritten(root, [...path, field]))) {
    const facts = { problem: 'a quota needs a limit', hint: 'add cpu, memory or pods' };
    reporter.report('E_REQUIRED', placeOf(root, path), facts);
  }
  for (const { name, workload } of services) {
    const needsCpu = (workload.cpuRequest ?? 0) + (sidecar?.cpuRequest ?? 0);
    const needsMemory = workload.memoryRequest + (sidecar?.memoryRequest ?? 0);
    const needs = [
      { field: 'cpu', hard: cpu, need: needsCpu, text: `${needsCpu}m CPU` },
      {
        field: 'memory',
        hard: memory,
        need: needsMemory,
        text: mebibytes(needsMemory),
      },
    ];
    for (const { field, hard, need, text } of needs) {
      if (hard === undefined || need <= hard) continue;
      const problem = `the quota allows no pod of ${name}`;
      const got = `a request of ${text}`;
      const hint = 'raise the quota, or lower the request';
      reporter.report('E_UNSCHEDULABLE', placeOf(root, [...path, field]), { problem, got, hint });
    }
  }
}

/** A pause pod fits on a node of at least one type. */
export function checkSpareRoom(
  { overprovisioning, nodes }: Kubernetes,
  path: Path,
  types: readonly CheckedType[],
  { root, reporter }: CheckContext,
  serviceNames: readonly string[],
): void {
  const { cpu, memory } = overprovisioning ?? {};
  const { reservedCpu, reservedMemory } = nodes ?? {};
  if (overprovisioning === undefined) return;
  const place = placeOf(root, [...path, 'overprovisioning']);
  if (serviceNames.includes(PAUSE_PODS)) {
    const problem = `a service is called ${PAUSE_PODS}, as the pods that hold spare room are`;
    reporter.report('E_CONFLICT', place, { problem, hint: 'give the service another name' });
  }
  if (cpu === undefined || memory === undefined || types.length === 0) return;
  if (reservedCpu === undefined || reservedMemory === undefined) return;
  const fits = types.some(
    ({ machine }) => cpu <= machine.cpu - reservedCpu && memory <= machine.memory - reservedMemory,
  );
  if (fits) return;
  const { name, machine } = types.reduce((a, b) => (b.machine.cpu > a.machine.cpu ? b : a));
  reporter.report('E_UNSCHEDULABLE', place, {
    problem: 'a pause pod fits on no node',
    hint: 'more and smaller pause pods hold as much room',
    got: `a request of ${cpu}m CPU, ${mebibytes(memory)}`,
    allowed: `${machine.cpu - reservedCpu}m CPU, ${mebibytes(machine.memory - reservedMemory)} on ${name}`,
  });
}
