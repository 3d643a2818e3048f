/** Strategies: what they refer to exists, what they need is priced, what they run fits. */
import type { InstanceType, PriceBook } from '../finance/price-book.ts';
import { DEFAULT_HPA } from '../scaling/default-hpa.ts';
import { listed } from './diagnostics.ts';
import { type CheckContext, isWritten, placeOf, type StrategyDraft } from './draft.ts';
import { formatDuration } from './durations.ts';
import type { KubernetesStrategy, Service, Strategy, VmPeakStrategy } from './scenario.ts';
import type { Path } from './source.ts';
import { didYouMean } from './suggest.ts';

interface Known {
  readonly serviceNames: readonly string[];
  /** Those that could be read and that strategies scale. */
  readonly services: readonly Service[];
  readonly book: PriceBook | undefined;
}

type Kubernetes = Extract<StrategyDraft, { kind?: 'kubernetes' | undefined }>;
type VmPeak = Extract<StrategyDraft, { kind?: 'vm-peak' | undefined }>;

export function readStrategies(
  context: CheckContext,
  known: Known,
): readonly (Strategy | undefined)[] {
  return (context.draft.strategies ?? []).map((strategy, i) => {
    if (strategy?.kind === undefined) return undefined;
    const path = ['strategies', i];
    const before = context.reporter.diagnostics.length;
    const read =
      strategy.kind === 'vm-peak'
        ? readVmPeak(strategy as VmPeak, path, context, known)
        : readKubernetes(strategy as Kubernetes, path, context, known);
    return context.reporter.diagnostics.length > before ? undefined : read;
  });
}

function readVmPeak(
  strategy: VmPeak,
  path: Path,
  context: CheckContext,
  { book }: Known,
): VmPeakStrategy {
  const { root, reporter } = context;
  const typePath = [...path, 'vm', 'type'];
  const machine = pricedType(strategy.vm?.type, strategy.billing, typePath, context, book);
  const reserved = strategy.vm?.reservedCpu;
  if (machine !== undefined && reserved !== undefined && reserved >= machine.cpu) {
    reporter.report('E_RANGE', placeOf(root, [...path, 'vm', 'reservedCpu']), {
      problem: 'no CPU is left for the service',
      got: `${reserved}m reserved of ${machine.cpu}m`,
    });
  }
  if (strategy.peak !== undefined && strategy.count !== undefined) {
    const facts = {
      problem: 'peak and count exclude each other',
      hint: 'count replaces the sizing',
    };
    reporter.report('E_CONFLICT', placeOf(root, [...path, 'count']), facts);
  }
  return strategy as VmPeakStrategy;
}

/** The instance type, when the book has it with a price under the plan. */
function pricedType(
  type: string | undefined,
  plan: string | undefined,
  path: Path,
  { root, reporter }: CheckContext,
  book: PriceBook | undefined,
): InstanceType | undefined {
  if (type === undefined || book === undefined) return undefined;
  const machine = Object.hasOwn(book.types, type) ? book.types[type] : undefined;
  if (machine === undefined) {
    const known = Object.keys(book.types);
    const problem = `the price book ${book.name} has no instance type ${type}`;
    const facts = { problem, allowed: listed(known), ...didYouMean(type, known) };
    reporter.report('E_PRICE', placeOf(root, path), facts);
    return undefined;
  }
  if (plan !== undefined && machine.perHour[plan] === undefined) {
    const problem = `the price book ${book.name} has no ${plan} price for ${type}`;
    const allowed = listed(Object.keys(machine.perHour));
    const billing = [...path.slice(0, 2), 'billing'];
    reporter.report('E_PRICE', placeOf(root, billing), { problem, allowed });
  }
  return machine;
}

function readKubernetes(
  strategy: Kubernetes,
  path: Path,
  context: CheckContext,
  known: Known,
): KubernetesStrategy {
  const { root, reporter } = context;
  const { nodes } = strategy;
  const nodesPath = [...path, 'nodes'];
  if (nodes?.min !== undefined && nodes.max !== undefined && nodes.min > nodes.max) {
    const got = `min ${nodes.min}, max ${nodes.max}`;
    const facts = { problem: 'nodes.min is above nodes.max', got };
    reporter.report('E_MIN_MAX', placeOf(root, [...nodesPath, 'min']), facts);
  }
  const typePath = [...nodesPath, 'type'];
  const machine = pricedType(nodes?.type, strategy.billing, typePath, context, known.book);
  if (machine !== undefined) checkFit(strategy, machine, nodesPath, context, known);
  checkSchedule(strategy, path, context, known);
  return { ...strategy, schedule: strategy.schedule ?? [] } as KubernetesStrategy;
}

function checkFit(
  { nodes }: Kubernetes,
  machine: InstanceType,
  path: Path,
  { root, reporter }: CheckContext,
  { services }: Known,
): void {
  const { reservedCpu, reservedMemory, type } = nodes ?? {};
  if (reservedCpu === undefined || reservedMemory === undefined) return;
  const cpu = machine.cpu - reservedCpu;
  const memory = machine.memory - reservedMemory;
  for (const { name, workload } of services) {
    const needsCpu = workload.cpuRequest ?? 0;
    if (needsCpu <= cpu && workload.memoryRequest <= memory) continue;
    const isCpu = needsCpu > cpu;
    const got = isCpu
      ? `a request of ${needsCpu}m CPU`
      : `a request of ${mebibytes(workload.memoryRequest)}`;
    const allowed = isCpu
      ? `${cpu}m allocatable on ${type} (${machine.cpu}m − ${reservedCpu}m reserved)`
      : `${mebibytes(memory)} allocatable on ${type} (${mebibytes(machine.memory)} − ${mebibytes(reservedMemory)} reserved)`;
    const problem = `a pod of ${name} fits on no node`;
    const typePath = [...path, 'type'];
    // A default type is written nowhere: then the place is the service that does not fit.
    const written = isWritten(root, typePath) ? typePath : ['services', name];
    const where = { at: placeOf(root, written).at, path: typePath };
    reporter.report('E_UNSCHEDULABLE', where, { problem, got, allowed });
  }
}

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 2 ** 20)}Mi memory`;
}

function checkSchedule(
  strategy: Kubernetes,
  path: Path,
  { draft, root, reporter }: CheckContext,
  { serviceNames, services }: Known,
): void {
  if (strategy.autoscaler === 'fixed' && isWritten(root, [...path, 'schedule'])) {
    const facts = { problem: 'a schedule needs an autoscaler', hint: 'set autoscaler: hpa' };
    reporter.report('E_CONFLICT', placeOf(root, [...path, 'schedule']), facts);
  }
  const duration = draft.clock?.duration;
  (strategy.schedule ?? []).forEach((floor, i) => {
    const at = [...path, 'schedule', i];
    const { service, minReplicas } = floor ?? {};
    if (floor?.at !== undefined && floor.until !== undefined && floor.at >= floor.until) {
      const got = `at ${formatDuration(floor.at)}, until ${formatDuration(floor.until)} after the start`;
      const facts = { problem: 'until is not after at', got };
      reporter.report('E_MIN_MAX', placeOf(root, [...at, 'until']), facts);
    }
    if (floor?.at !== undefined && duration !== undefined && floor.at >= duration) {
      const got = `${formatDuration(floor.at)} after the start`;
      const facts = {
        problem: 'the floor begins after the end',
        got,
        allowed: `before ${formatDuration(duration)}`,
      };
      reporter.report('E_RANGE', placeOf(root, [...at, 'at']), facts);
    }
    if (service !== undefined && !serviceNames.includes(service)) {
      const facts = { problem: `there is no service ${service}`, allowed: listed(serviceNames) };
      const place = placeOf(root, [...at, 'service']);
      reporter.report('E_REF', place, { ...facts, ...didYouMean(service, serviceNames) });
    }
    for (const { name, hpa } of services) {
      const { maxReplicas } = hpa ?? DEFAULT_HPA;
      const applies = service === undefined || service === name;
      if (!applies || minReplicas === undefined || minReplicas <= maxReplicas) continue;
      const got = `minReplicas ${minReplicas}, maxReplicas ${maxReplicas} of the HPA of ${name}`;
      const facts = { problem: 'the floor is above the HPA’s maxReplicas', got };
      reporter.report('E_MIN_MAX', placeOf(root, [...at, 'minReplicas']), facts);
    }
  });
}
