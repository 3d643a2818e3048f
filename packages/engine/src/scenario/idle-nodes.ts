/** Fields of nodes that a strategy writes although nothing of it reads them. */
import { type CheckContext, isWritten, placeOf, type StrategyDraft } from './draft.ts';
import type { Path } from './source.ts';

type Kubernetes = Extract<StrategyDraft, { kind?: 'kubernetes' | undefined }>;
type Nodes = NonNullable<Kubernetes['nodes']>;
type Pool = NonNullable<Nodes['pools']>[number];

const CLUSTER_AUTOSCALER_FIELDS = [
  'loop',
  'scanInterval',
  'loopRun',
  'expander',
  'maxNodesTotal',
  'maxProvisionTime',
  'backoff',
  'utilizationThreshold',
  'unneededTime',
  'delayAfterAdd',
] as const;

/** What it takes a node to come and go. */
const LIFE_FIELDS = ['request', 'join', 'stop'] as const;

/** Provisioner → fields that it does not know, and why. */
const IDLE: Readonly<Record<string, { readonly fields: readonly string[]; readonly why: string }>> =
  {
    fixed: {
      fields: [...CLUSTER_AUTOSCALER_FIELDS, ...LIFE_FIELDS, 'quota'],
      why: 'no node is ever added to a fixed pool, or removed',
    },
    karpenter: {
      fields: [...CLUSTER_AUTOSCALER_FIELDS, 'join'],
      why: 'Karpenter has its own in the section karpenter (ready in place of join)',
    },
    serverless: {
      fields: [
        ...CLUSTER_AUTOSCALER_FIELDS,
        ...LIFE_FIELDS,
        ...['type', 'min', 'max', 'zones', 'pools', 'spot', 'quota', 'failures'],
        ...['reservedCpu', 'reservedMemory', 'maxPods'],
      ],
      why: 'serverless pods have no nodes',
    },
  };

/** `path`: of the nodes. */
export function checkIdle({ nodes, billing }: Kubernetes, path: Path, context: CheckContext): void {
  if (nodes === undefined) return;
  const { provisioner, pools } = nodes;
  const { fields = [], why = '' } = IDLE[String(provisioner)] ?? {};
  for (const field of fields) reportIdle([field], why, path, context);
  if (provisioner === 'serverless') return;
  if (provisioner === 'fixed') checkFixed(nodes, path, context);
  if (pools !== undefined) checkOverridden(nodes, pools, path, context);
  const plans = pools?.map((pool) => pool?.billing ?? billing) ?? [billing];
  if (!plans.includes('spot') && !plans.includes(undefined)) {
    reportIdle(['spot'], 'no node has the price plan spot', path, context);
  }
}

/** Launches that fail, where there are none. */
function checkFixed({ failures }: Nodes, path: Path, context: CheckContext): void {
  const why = 'a fixed pool launches no node';
  // Zero, their default, claims nothing.
  for (const field of ['stockOut', 'noJoin'] as const) {
    if ((failures?.[field] ?? 0) > 0) reportIdle(['failures', field], why, path, context);
  }
  for (const field of ['stockOuts', 'slow', 'slowStop'] as const) {
    reportIdle(['failures', field], why, path, context);
  }
}

/** What all pools say for themselves. */
function checkOverridden(
  { type }: Nodes,
  pools: readonly Pool[],
  path: Path,
  context: CheckContext,
): void {
  const all = (has: (pool: NonNullable<Pool>) => boolean) => pools.every((pool) => has(pool ?? {}));
  const idle = (field: readonly string[], own: string) =>
    reportIdle(field, `every pool has ${own} of its own`, path, context);
  // Of several types, that of the nodes comes first.
  const isNamed = ({ types }: NonNullable<Pool>) => types?.includes(type) === false;
  if (all((pool) => pool.type !== undefined || isNamed(pool))) idle(['type'], 'a type');
  if (all(({ max }) => max !== undefined)) idle(['max'], 'a max');
  if (all(({ zone }) => zone !== undefined)) idle(['zones'], 'a zone');
  if (all((pool) => pool.type !== undefined || pool.types !== undefined)) {
    idle(['karpenter', 'instanceTypes'], 'types');
  }
}

/** What the strategy has from the cluster is for others. */
function reportIdle(
  field: readonly string[],
  why: string,
  path: Path,
  { root, reporter }: CheckContext,
): void {
  const place = [...path, ...field];
  if (!isWritten(root, place) || isWritten(root, ['kubernetes', 'nodes', ...field])) return;
  const problem = `${field.join('.')} has no effect: ${why}`;
  const hint = 'leave it out (also in what the strategy extends)';
  reporter.report('E_CONFLICT', placeOf(root, place), { problem, hint });
}
