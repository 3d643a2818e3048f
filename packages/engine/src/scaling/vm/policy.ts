/**
 * What every scaling policy of a VM group is: a pure function of what has been published of its
 * metric and of the group's state. It remembers nothing: an alarm is in its state because of the
 * points that it sees, and acts at every evaluation for as long as it is.
 */
import type { Grounds, MetricGrounds } from '../../ledger/decision-runs.ts';
import type { Message } from '../../outcome.ts';

/** A period of the metric, published. */
export interface MetricPoint {
  /** µs */
  readonly end: number;
  /** null = no VM to measure. */
  readonly value: number | null;
  /** VMs that the value is the mean of. */
  readonly vms: number;
}

export interface VmObservation {
  /** µs */
  readonly now: number;
  /** Desired capacity so far, and its bounds. */
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  /** VMs in service whose warm-up is over. */
  readonly warm: number;
  /** VMs that are wanted and not warm yet: a scale-out is in progress while there are any. */
  readonly launching: number;
  /** VMs on their way out. */
  readonly leaving: number;
  /** A VM that is wanted does not run yet, or one that is not wanted still does. */
  readonly isActive: boolean;
  /** When the last such activity ended, µs; −Infinity = there was none. */
  readonly lastActivity: number;
  /** Oldest first. */
  readonly points: readonly MetricPoint[];
}

export interface VmDecision {
  readonly desired: number;
  readonly reason: Message;
  /** null = no alarm could be evaluated. */
  readonly grounds: Grounds | null;
}

export type VmPolicy = (observation: VmObservation) => VmDecision;

export const VM_METRICS = ['cpu', 'requests'] as const;
export type VmMetric = (typeof VM_METRICS)[number];

/** Of the alarms that start a policy. */
export interface VmAlarms {
  /** Breaching points in a row until the group grows, or shrinks. */
  readonly outPoints: number;
  readonly inPoints: number;
}

export function clamp({ min, max }: VmObservation, desired: number): number {
  return Math.max(min, Math.min(max, desired));
}

/** What a metric is called in decisions: CloudWatch's units, percent and per minute. */
export const METRIC_NAMES: Readonly<Record<VmMetric, string>> = {
  cpu: 'cpu-percent',
  requests: 'requests-per-vm-minute',
};

/** Grounds of a decision on one metric. */
export function vmGrounds(
  metric: VmMetric,
  target: number,
  point: MetricPoint,
  proposal: number,
  limit: 'min' | 'max' | null = null,
): Grounds {
  const reading: MetricGrounds = {
    metric: METRIC_NAMES[metric],
    kind: 'value',
    target,
    seen: point.value,
    error: point.value === null ? 'no-metrics' : null,
    basis: 'vms',
    proposal,
    sampled: { oldest: point.end, newest: point.end },
    ready: 0,
    unready: 0,
    missing: 0,
    ignored: 0,
  };
  return {
    metrics: [reading],
    proposal,
    window: null,
    limit: limit === null ? null : { kind: `group-${limit}`, policy: null },
  };
}
