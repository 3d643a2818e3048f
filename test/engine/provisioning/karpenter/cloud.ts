/** Nodes, pods and offerings for tests of Karpenter: CPU in millicores, memory in plain units. */
import type {
  DisruptionNode,
  DisruptionView,
} from '../../../../packages/engine/src/provisioning/karpenter/disruption.ts';
import {
  type SolveNode,
  type SolvePod,
  type SolvePool,
  solveOrder,
} from '../../../../packages/engine/src/provisioning/karpenter/solve.ts';
import type { Offering } from '../../../../packages/engine/src/provisioning/provisioner.ts';

export const SECOND = 1e6;
export const MINUTE = 60e6;
const AMPLE = 1e9;

/** CPU alone counts: memory and pod slots are ample. */
export const offering = (type: string, cpu: number, perHour: number): Offering => ({
  type,
  zone: 'a',
  plan: 'on-demand',
  perHour,
  allocatable: { cpu, memory: AMPLE, pods: 110 },
});

export const SMALL = offering('small', 2000, 10);
export const MEDIUM = offering('medium', 4000, 20);
export const LARGE = offering('large', 8000, 39);

export const pool = (changes: Partial<SolvePool> = {}): SolvePool => ({
  name: 'default',
  weight: 0,
  offerings: [SMALL, MEDIUM, LARGE],
  nodesLeft: 100,
  ...changes,
});

export const pod = (id: number, cpu: number, changes: Partial<SolvePod> = {}): SolvePod => ({
  id,
  cpu,
  memory: 0,
  since: 0,
  ...changes,
});

export const pods = (count: number, cpu: number, first = 0): readonly SolvePod[] =>
  Array.from({ length: count }, (_, i) => pod(first + i, cpu));

export const room = (id: number, cpu: number, initialized = true): SolveNode => ({
  id,
  free: { cpu, memory: AMPLE, pods: 110 },
  initialized,
});

/** A node of the offering that holds these pods, ready for long. */
export const node = (
  id: number,
  { type, perHour, allocatable }: Offering,
  bound: readonly SolvePod[],
  changes: Partial<DisruptionNode> = {},
): DisruptionNode => {
  const cpu = bound.reduce((left, one) => left - one.cpu, allocatable.cpu);
  return {
    ...room(id, cpu),
    pool: 'default',
    type,
    price: perHour,
    spot: false,
    bound,
    blocked: false,
    lastPodEvent: -MINUTE,
    nominatedUntil: Number.NEGATIVE_INFINITY,
    disrupting: false,
    ...changes,
  };
};

export const view = (
  nodes: readonly DisruptionNode[],
  changes: Partial<DisruptionView> = {},
): DisruptionView => ({
  now: 0,
  pending: [],
  pools: [pool()],
  ...changes,
  nodes: solveOrder(nodes),
});
