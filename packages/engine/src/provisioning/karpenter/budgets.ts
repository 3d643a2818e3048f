/**
 * Disruption budgets: how many nodes of a pool may be on their way out at once. The strictest of
 * the budgets that hold now and for the reason decides; a share is rounded up, so that a small pool
 * is not blocked by it. Outside its window a budget does not hold at all.
 *
 * @source kubernetes-sigs/karpenter, pkg/apis/v1/nodepool.go (Budget), pkg/controllers/disruption/
 *   helpers.go (BuildDisruptionBudgetMapping), August 2026.
 */
export const DISRUPTION_REASONS = ['empty', 'underutilized'] as const;

export type DisruptionReason = (typeof DISRUPTION_REASONS)[number];

export interface Budget {
  /** A number of nodes, or a share of the pool's nodes, 0..1. */
  readonly nodes: { readonly count: number } | { readonly share: number };
  /** Absent = all. */
  readonly reasons?: readonly DisruptionReason[];
  /** It holds in [from, until), µs; absent = always. */
  readonly from?: number;
  readonly until?: number;
}

/** Nodes that may be disrupted now besides `disrupting`; `total`: initialised ones of the pool. */
export function disruptionsLeft(
  budgets: readonly Budget[],
  { total, disrupting }: { readonly total: number; readonly disrupting: number },
  reason: DisruptionReason,
  now: number,
): number {
  let allowed = Number.POSITIVE_INFINITY;
  for (const budget of budgets) {
    if (!holds(budget, reason, now)) continue;
    const { nodes } = budget;
    // 1e-9: 10 % of 30 nodes is 3 and not 4.
    const most = 'count' in nodes ? nodes.count : Math.ceil(nodes.share * total * (1 - 1e-9));
    allowed = Math.min(allowed, most);
  }
  return Math.max(0, allowed - disrupting);
}

/** Which of the budgets hold, by their place in the list. */
export function budgetsAt(budgets: readonly Budget[], now: number): readonly number[] {
  return budgets.flatMap((budget, i) => (isWithin(budget, now) ? [i] : []));
}

function holds(budget: Budget, reason: DisruptionReason, now: number): boolean {
  const { reasons } = budget;
  return (reasons === undefined || reasons.includes(reason)) && isWithin(budget, now);
}

function isWithin({ from, until }: Budget, now: number): boolean {
  return (from ?? now) <= now && now < (until ?? Number.POSITIVE_INFINITY);
}
