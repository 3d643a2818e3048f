/** Karpenter's settings, from what a scenario writes under `nodes.karpenter`. */
import { MICROSECONDS_PER_SECOND } from '../../kernel/units.ts';
import type { BatchSpec } from './batch-window.ts';
import type { Budget, DisruptionReason } from './budgets.ts';
import type { DisruptionSpec } from './disruption.ts';

/** Times µs. */
export interface KarpenterConfig {
  readonly batch: BatchSpec;
  /** From the end of a batch until its nodes are ordered, uniform from 0 to this. */
  readonly solveTime: number;
  /** Pods that still wait are solved for again. */
  readonly retryPeriod: number;
  readonly soldOutFor: number;
  readonly registrationTimeout: number;
  readonly pollPeriod: number;
  /** From a command to the second look at it. */
  readonly validation: number;
  readonly disruption: DisruptionSpec;
}

/** As in the scenario: times µs. */
export interface KarpenterNodes {
  readonly karpenter?: {
    readonly batchIdle: number;
    readonly batchMax: number;
    readonly solve: number;
    readonly soldOutFor: number;
    readonly registrationTimeout: number;
    readonly policy: DisruptionSpec['policy'];
    readonly consolidateAfter: number;
    readonly budgets?: readonly WrittenBudget[];
    readonly poll: number;
    readonly validation: number;
  };
}

interface WrittenBudget {
  readonly share?: number;
  readonly nodes?: number;
  readonly reasons?: readonly DisruptionReason[];
  readonly at?: number;
  readonly until?: number;
}

/** A pending pod is reconciled again after this. */
const RETRY_PERIOD = 10 * MICROSECONDS_PER_SECOND;

/** @source kubernetes-sigs/karpenter, pkg/apis/v1/nodepool.go, the default of spec.disruption. */
const DEFAULT_BUDGETS: readonly Budget[] = [{ nodes: { share: 0.1 } }];

/** null = the cluster has no Karpenter. */
export function settingsOf({ karpenter }: KarpenterNodes): KarpenterConfig | null {
  if (karpenter === undefined) return null;
  const { policy, consolidateAfter, budgets } = karpenter;
  return {
    batch: { idle: karpenter.batchIdle, longest: karpenter.batchMax },
    solveTime: karpenter.solve,
    retryPeriod: RETRY_PERIOD,
    soldOutFor: karpenter.soldOutFor,
    registrationTimeout: karpenter.registrationTimeout,
    pollPeriod: karpenter.poll,
    validation: karpenter.validation,
    disruption: { policy, consolidateAfter, budgets: budgets?.map(budgetOf) ?? DEFAULT_BUDGETS },
  };
}

function budgetOf({ share, nodes, reasons, at, until }: WrittenBudget): Budget {
  return {
    nodes: nodes === undefined ? { share: share ?? 0 } : { count: nodes },
    ...(reasons === undefined ? {} : { reasons }),
    ...(at === undefined ? {} : { from: at }),
    ...(until === undefined ? {} : { until }),
  };
}
