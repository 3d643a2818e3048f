/** Every pod fits on a node of some pool. */

import { type CheckContext, isWritten, placeOf, type StrategyDraft } from './draft.ts';
import type { CheckedType } from './node-pools.ts';
import type { Service } from './scenario.ts';

type Kubernetes = Extract<StrategyDraft, { kind?: 'kubernetes' | undefined }>;

interface Needs {
  /** Millicores and bytes. */
  readonly cpu: number;
  readonly memory: number;
}

export function checkFit(
  { nodes, startup }: Kubernetes,
  types: readonly CheckedType[],
  context: CheckContext,
  services: readonly Service[],
): void {
  const { reservedCpu, reservedMemory } = nodes ?? {};
  if (reservedCpu === undefined || reservedMemory === undefined || types.length === 0) return;
  const { sidecar } = startup?.security ?? {};
  const takes = ({ machine }: CheckedType, { cpu, memory }: Needs) =>
    cpu <= machine.cpu - reservedCpu && memory <= machine.memory - reservedMemory;
  const largest = types.reduce((a, b) => (b.machine.cpu > a.machine.cpu ? b : a));
  for (const { name, workload } of services) {
    const cpu = (workload.cpuRequest ?? 0) + (sidecar?.cpuRequest ?? 0);
    const memory = workload.memoryRequest + (sidecar?.memoryRequest ?? 0);
    if (types.some((type) => takes(type, { cpu, memory }))) continue;
    const reserved = { cpu: reservedCpu, memory: reservedMemory };
    reportMisfit(name, { cpu, memory }, largest, reserved, context);
  }
}

function reportMisfit(
  service: string,
  needs: Needs,
  { name, machine, path }: CheckedType,
  reserved: Needs,
  { root, reporter }: CheckContext,
): void {
  const cpu = machine.cpu - reserved.cpu;
  const memory = machine.memory - reserved.memory;
  const isCpu = needs.cpu > cpu;
  const got = isCpu ? `a request of ${needs.cpu}m CPU` : `a request of ${mebibytes(needs.memory)}`;
  const allowed = isCpu
    ? `${cpu}m allocatable on ${name} (${machine.cpu}m − ${reserved.cpu}m reserved)`
    : `${mebibytes(memory)} allocatable on ${name} (${mebibytes(machine.memory)} − ${mebibytes(reserved.memory)} reserved)`;
  const problem = `a pod of ${service} fits on no node`;
  // A default type is written nowhere: then the place is the service that does not fit.
  const written = isWritten(root, path) ? path : ['services', service];
  const where = { at: placeOf(root, written).at, path };
  reporter.report('E_UNSCHEDULABLE', where, { problem, got, allowed });
}

export function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 2 ** 20)}Mi memory`;
}
