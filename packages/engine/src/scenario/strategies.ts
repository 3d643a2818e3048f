/** Strategies: what they refer to exists, what they need is priced, what they run fits. */
import type { InstanceType, PriceBook } from '../finance/price-book.ts';
import { listed } from './diagnostics.ts';
import { type CheckContext, placeOf, type StrategyDraft } from './draft.ts';
import { checkIdle } from './idle-nodes.ts';
import { checkImages } from './images.ts';
import { checkKarpenter, karpenterChoice } from './karpenter.ts';
import { checkPools } from './node-pools.ts';
import { checkPodStart } from './pod-checks.ts';
import { checkFit, mebibytes } from './pod-fit.ts';
import { checkScalers } from './scalers.ts';
import type { KubernetesStrategy, Service, Strategy, VmPeakStrategy } from './scenario.ts';
import { checkSchedule, floorsOf } from './schedule.ts';
import { checkScheduling, checkSpareRoom } from './scheduling.ts';
import { checkServerless } from './serverless.ts';
import type { Path } from './source.ts';
import { didYouMean } from './suggest.ts';
import { readVmGroup, type VmGroupDraft } from './vm-groups.ts';

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
        : strategy.kind === 'vm-group'
          ? readVmGroup(strategy as VmGroupDraft, path, context, {
              serviceNames: known.serviceNames,
              vmCpu: readFlavour(strategy as VmGroupDraft, path, context, known)?.cpu,
            })
          : readKubernetes(strategy as Kubernetes, path, context, known);
    return context.reporter.diagnostics.length > before ? undefined : read;
  });
}

/** The instance type of a strategy of VMs, when it leaves CPU for the service. */
function readFlavour(
  strategy: VmPeak | VmGroupDraft,
  path: Path,
  context: CheckContext,
  { book }: Known,
): InstanceType | undefined {
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
  return machine;
}

function readVmPeak(
  strategy: VmPeak,
  path: Path,
  context: CheckContext,
  known: Known,
): VmPeakStrategy {
  const { root, reporter } = context;
  const machine = readFlavour(strategy, path, context, known);
  if (machine !== undefined && strategy.packing === 'shared') {
    checkProcesses(strategy, machine, path, context, known);
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

/** A process of every service fits into an empty VM. */
function checkProcesses(
  { vm }: VmPeak,
  machine: InstanceType,
  path: Path,
  { root, reporter }: CheckContext,
  { services }: Known,
): void {
  const cpu = machine.cpu - (vm?.reservedCpu ?? 0);
  for (const { name, workload } of services) {
    const needs = workload.cpuLimit ?? workload.cpuRequest ?? 1000;
    if (needs <= cpu && workload.memoryRequest <= machine.memory) continue;
    const problem = `a process of ${name} fits into no VM`;
    const got = `${needs}m CPU, ${mebibytes(workload.memoryRequest)}`;
    const allowed = `${cpu}m CPU, ${mebibytes(machine.memory)}`;
    const hint = 'choose a larger vm.type';
    reporter.report('E_UNSCHEDULABLE', placeOf(root, [...path, 'packing']), {
      problem,
      got,
      allowed,
      hint,
    });
  }
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
    // A pool may have a plan of its own: strategies, i, nodes, pools, j.
    const owner = path.includes('pools') ? path.slice(0, 5) : path.slice(0, 2);
    const billing = [...owner, 'billing'];
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
  checkIdle(strategy, nodesPath, context);
  checkKarpenter(strategy, nodesPath, context, known.book);
  checkServerless(strategy, path, context, known);
  if (nodes?.provisioner !== 'serverless') {
    const types = checkPools(strategy, nodesPath, context, (type, plan, at) =>
      pricedType(type, plan, at, context, known.book),
    );
    const choice = karpenterChoice(strategy, nodesPath, known.book);
    checkFit(strategy, [...types, ...choice], context, known.services);
    checkSpareRoom(strategy, path, [...types, ...choice], context, known.serviceNames);
  }
  checkSchedule(strategy, path, context, known);
  checkScalers(strategy, path, context, known);
  checkImages(strategy.startup, [...path, 'startup'], context, known.services);
  checkPodStart(strategy, path, context);
  checkScheduling(strategy, path, context, known.services);
  return { ...strategy, schedule: floorsOf(strategy) } as KubernetesStrategy;
}
