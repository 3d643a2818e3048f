/** Section `nodes.karpenter` of a strategy: it has an effect, and makes sense. */
import type { PriceBook } from '../finance/price-book.ts';
import { listed } from './diagnostics.ts';
import { type CheckContext, isWritten, placeOf, type StrategyDraft } from './draft.ts';
import { formatDuration } from './durations.ts';
import { familyOf, familyTypes, karpenterTypes } from './instance-types.ts';
import type { CheckedType } from './node-pools.ts';
import type { Path } from './source.ts';
import { didYouMean } from './suggest.ts';

type Kubernetes = Extract<StrategyDraft, { kind?: 'kubernetes' | undefined }>;
type Karpenter = NonNullable<NonNullable<Kubernetes['nodes']>['karpenter']>;
type Budget = NonNullable<NonNullable<Karpenter['budgets']>[number]>;

/** `path`: of the nodes. */
export function checkKarpenter(
  strategy: Kubernetes,
  path: Path,
  context: CheckContext,
  book: PriceBook | undefined,
): void {
  const { nodes } = strategy;
  if (checkSection('karpenter', nodes?.provisioner, path, context)) return;
  const section = [...path, 'karpenter'];
  const { batchIdle, batchMax, budgets = [], policy } = nodes?.karpenter ?? {};
  if (batchIdle !== undefined && batchMax !== undefined && batchIdle > batchMax) {
    const got = `batchIdle ${formatDuration(batchIdle)}, batchMax ${formatDuration(batchMax)}`;
    const facts = { problem: 'batchIdle is above batchMax', got };
    context.reporter.report('E_MIN_MAX', placeOf(context.root, [...section, 'batchIdle']), facts);
  }
  budgets.forEach((budget, i) => {
    checkBudget(budget ?? {}, [...section, 'budgets', i], context);
  });
  checkNever(policy, section, context);
  if (book !== undefined) checkTypes(strategy, section, context, book);
}

/** What Karpenter may launch for pools that name no types, to see what fits. */
export function karpenterChoice(
  { nodes, billing }: Kubernetes,
  path: Path,
  book: PriceBook | undefined,
): readonly CheckedType[] {
  const { provisioner, pools, type, karpenter, reservedCpu, reservedMemory } = nodes ?? {};
  if (provisioner !== 'karpenter' || book === undefined) return [];
  if (type === undefined || reservedCpu === undefined) return [];
  const instanceTypes = karpenter?.instanceTypes?.flatMap((name) => name ?? []);
  const wanted = { type, reservedCpu, reservedMemory: reservedMemory ?? 0 };
  const choice = instanceTypes === undefined ? wanted : { ...wanted, instanceTypes };
  const open = (pools ?? [{}]).filter((pool) => !pool?.type && !pool?.types);
  const plans = open.flatMap((pool) => pool?.billing ?? billing ?? []);
  return [...new Set(plans.flatMap((plan) => karpenterTypes(book, choice, plan)))].map((name) => ({
    name,
    machine: book.types[name],
    path: [...path, 'karpenter', 'instanceTypes'],
  }));
}

/** True = the section is not that of the strategy's provisioner: then it must not be written. */
export function checkSection(
  section: 'karpenter' | 'serverless',
  provisioner: string | undefined,
  path: Path,
  { root, reporter }: CheckContext,
): boolean {
  if (provisioner === section) return false;
  const place = [...path, section];
  if (provisioner === undefined || !isWritten(root, place)) return true;
  reporter.report('E_CONFLICT', placeOf(root, place), {
    problem: `${section} has no effect: the provisioner is ${provisioner}`,
    hint: `set provisioner: ${section}, or leave the section out (also in what the strategy extends)`,
  });
  return true;
}

function checkBudget(budget: Budget, path: Path, { root, reporter }: CheckContext): void {
  const { share, nodes, at, until } = budget;
  if (share !== undefined && nodes !== undefined) {
    const facts = { problem: 'share and nodes exclude each other' };
    reporter.report('E_CONFLICT', placeOf(root, [...path, 'nodes']), facts);
  } else if (!isWritten(root, [...path, 'share']) && !isWritten(root, [...path, 'nodes'])) {
    const hint = 'add share: 10%, or nodes: 0';
    const facts = { problem: 'a budget needs a share or a number of nodes', hint };
    reporter.report('E_REQUIRED', placeOf(root, path), facts);
  }
  if (at === undefined || until === undefined || at < until) return;
  const got = `at ${formatDuration(at)}, until ${formatDuration(until)} after the start`;
  const facts = { problem: 'until is not after at', got };
  reporter.report('E_MIN_MAX', placeOf(root, [...path, 'until']), facts);
}

function checkNever(
  policy: string | undefined,
  section: Path,
  { root, reporter }: CheckContext,
): void {
  if (policy !== 'Never') return;
  for (const field of ['consolidateAfter', 'budgets'] as const) {
    if (!isWritten(root, [...section, field])) continue;
    const facts = { problem: `${field} has no effect: policy Never removes no node` };
    reporter.report('E_CONFLICT', placeOf(root, [...section, field]), facts);
  }
}

/** Each is a type with a price, or a family with one at least. */
function checkTypes(
  { nodes, billing }: Kubernetes,
  section: Path,
  { root, reporter }: CheckContext,
  book: PriceBook,
): void {
  const { reservedCpu = 0, reservedMemory = 0 } = nodes ?? {};
  (nodes?.karpenter?.instanceTypes ?? []).forEach((name, i) => {
    if (name === undefined || billing === undefined) return;
    const place = placeOf(root, [...section, 'instanceTypes', i]);
    if (Object.hasOwn(book.types, name)) {
      if (book.types[name].perHour[billing] !== undefined) return;
      const problem = `the price book ${book.name} has no ${billing} price for ${name}`;
      const allowed = listed(Object.keys(book.types[name].perHour));
      reporter.report('E_PRICE', place, { problem, allowed });
      return;
    }
    const reserved = { reservedCpu, reservedMemory };
    if (familyTypes(book, name, reserved, billing).length > 0) return;
    const known = [...new Set(Object.keys(book.types).flatMap((type) => [type, familyOf(type)]))];
    const problem = `the price book ${book.name} has no instance type or family ${name} with a price under ${billing}`;
    reporter.report('E_PRICE', place, { problem, ...didYouMean(name, known) });
  });
}
