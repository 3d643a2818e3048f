/** Node pools: what they refer to exists, what they say agrees, what runs on them fits. */
import type { InstanceType } from '../finance/price-book.ts';
import { listed } from './diagnostics.ts';
import { type CheckContext, isWritten, placeOf, type StrategyDraft } from './draft.ts';
import { formatDuration } from './durations.ts';
import type { Path } from './source.ts';
import { didYouMean } from './suggest.ts';

type Kubernetes = Extract<StrategyDraft, { kind?: 'kubernetes' | undefined }>;
type Nodes = NonNullable<Kubernetes['nodes']>;
type Pool = NonNullable<NonNullable<Nodes['pools']>[number]>;

/** Reports a type that the price book does not have under the plan. */
type Priced = (
  type: string | undefined,
  plan: string | undefined,
  path: Path,
) => InstanceType | undefined;

export interface CheckedType {
  readonly name: string;
  readonly machine: InstanceType;
  readonly path: Path;
}

/** The instance types of all pools that are priced. `path`: of the nodes. */
export function checkPools(
  { nodes, billing }: Kubernetes,
  path: Path,
  context: CheckContext,
  priced: Priced,
): readonly CheckedType[] {
  const types: CheckedType[] = [];
  const add = (name: string | undefined, plan: string | undefined, at: Path) => {
    const machine = priced(name, plan, at);
    if (name !== undefined && machine !== undefined) types.push({ name, machine, path: at });
  };
  if (nodes?.pools === undefined) add(nodes?.type, billing, [...path, 'type']);
  (nodes?.pools ?? []).forEach((pool, i) => {
    const at = [...path, 'pools', i];
    const plan = pool?.billing ?? billing;
    if (pool?.types === undefined) add(pool?.type ?? nodes?.type, plan, [...at, 'type']);
    (pool?.types ?? []).forEach((type, j) => {
      add(type, plan, [...at, 'types', j]);
    });
    checkPool(pool ?? {}, nodes ?? {}, at, context);
  });
  checkNames(nodes ?? {}, path, context);
  checkFailures(nodes ?? {}, path, context);
  checkQuota(nodes ?? {}, path, context);
  return types;
}

function checkPool(
  { min, max, type, types }: Pool,
  { max: most, provisioner }: Nodes,
  path: Path,
  { root, reporter }: CheckContext,
): void {
  const limit = max ?? most;
  if (min !== undefined && limit !== undefined && min > limit) {
    const facts = { problem: 'min is above max', got: `min ${min}, max ${limit}` };
    reporter.report('E_MIN_MAX', placeOf(root, [...path, 'min']), facts);
  }
  if (types === undefined) return;
  const place = placeOf(root, [...path, 'types']);
  if (type !== undefined) {
    reporter.report('E_CONFLICT', place, { problem: 'type and types exclude each other' });
  }
  if (provisioner === undefined || String(provisioner) === 'karpenter') return;
  const problem = `provisioner ${provisioner} knows one type per pool`;
  reporter.report('E_CONFLICT', place, { problem, hint: 'write a pool for each type' });
}

function checkNames({ pools }: Nodes, path: Path, { root, reporter }: CheckContext): void {
  if (pools === undefined) return;
  if (isWritten(root, [...path, 'min'])) {
    const problem = 'nodes.min has no effect beside pools';
    const hint = 'give the pools a min each';
    reporter.report('E_CONFLICT', placeOf(root, [...path, 'min']), { problem, hint });
  }
  const seen = new Set<string>();
  pools.forEach((pool, i) => {
    const name = pool?.name;
    if (name === undefined) return;
    if (seen.has(name)) {
      const facts = { problem: `two pools are called ${name}` };
      reporter.report('E_DUP_NAME', placeOf(root, [...path, 'pools', i, 'name']), facts);
    }
    seen.add(name);
  });
}

function checkFailures(nodes: Nodes, path: Path, context: CheckContext): void {
  const { stockOuts = [], zoneOutages = [] } = nodes.failures ?? {};
  const zones = zonesOf(nodes);
  const pools = (nodes.pools ?? []).flatMap((pool) => pool?.name ?? []);
  stockOuts.forEach((outage, i) => {
    const at = [...path, 'failures', 'stockOuts', i];
    checkKnown('zone', outage?.zone, zones, [...at, 'zone'], context);
    checkKnown('pool', outage?.pool, pools, [...at, 'pool'], context);
    checkOrder(outage?.from, outage?.until, [...at, 'until'], context);
  });
  zoneOutages.forEach((outage, i) => {
    const at = [...path, 'failures', 'zoneOutages', i];
    checkKnown('zone', outage?.zone, zones, [...at, 'zone'], context);
    checkOrder(outage?.at, outage?.until, [...at, 'until'], context);
    if ((outage?.at ?? 0) < 0) {
      const facts = { problem: 'a zone that fails before the start has never had nodes' };
      context.reporter.report('E_RANGE', placeOf(context.root, [...at, 'at']), facts);
    }
  });
}

function zonesOf({ zones, pools }: Nodes): readonly string[] {
  const own = (pools ?? []).flatMap((pool) => pool?.zone ?? []);
  const spread = (zones ?? []).flatMap((zone) => zone ?? []);
  return [...new Set([...spread, ...own])];
}

function checkKnown(
  what: 'zone' | 'pool',
  name: string | undefined,
  known: readonly string[],
  path: Path,
  { root, reporter }: CheckContext,
): void {
  if (name === undefined || known.includes(name)) return;
  const allowed = listed(known) || `none: no ${what} has a name`;
  const facts = { problem: `there is no ${what} ${name}`, allowed, ...didYouMean(name, known) };
  reporter.report('E_REF', placeOf(root, path), facts);
}

function checkOrder(
  from: number | undefined,
  until: number | undefined,
  path: Path,
  { root, reporter }: CheckContext,
): void {
  if (from === undefined || until === undefined || from < until) return;
  const got = `from ${formatDuration(from)}, until ${formatDuration(until)} after the start`;
  reporter.report('E_MIN_MAX', placeOf(root, path), { problem: 'it ends before it begins', got });
}

/** The nodes that always run may run. */
function checkQuota(
  { quota, maxNodesTotal, min, pools }: Nodes,
  path: Path,
  { root, reporter }: CheckContext,
): void {
  const least = pools?.reduce((sum, pool) => sum + (pool?.min ?? 0), 0) ?? min ?? 0;
  if (quota?.nodes !== undefined && quota.nodes < least) {
    const facts = { problem: 'the quota is below min', got: `quota ${quota.nodes}, min ${least}` };
    reporter.report('E_MIN_MAX', placeOf(root, [...path, 'quota', 'nodes']), facts);
  }
  if (maxNodesTotal === undefined || maxNodesTotal >= least) return;
  const got = `maxNodesTotal ${maxNodesTotal}, min ${least}`;
  const facts = { problem: 'maxNodesTotal is below min', got };
  reporter.report('E_MIN_MAX', placeOf(root, [...path, 'maxNodesTotal']), facts);
}
