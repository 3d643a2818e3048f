/**
 * The measures of an outcome: one registry from which the table, the intervals, the thresholds,
 * the CSV columns and the labels of the pages derive.
 */
import type { Outcome } from './outcome.ts';

export type MeasureUnit = 'money' | 'share' | 'duration' | 'count' | 'coreHours';

export interface Measure {
  readonly unit: MeasureUnit;
  /** What a planner wants: `none` = neither. */
  readonly better: 'lower' | 'higher' | 'none';
  readonly of: (outcome: Outcome) => number | null;
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

export const MEASURES = {
  cost: { unit: 'money', better: 'lower', of: (o) => o.cost.total },
  costPerThousand: { unit: 'money', better: 'lower', of: (o) => o.cost.perThousand },
  sloAttainment: { unit: 'share', better: 'higher', of: (o) => o.slo.attainment },
  utilization: { unit: 'share', better: 'higher', of: (o) => o.utilization.ratio },
  latencyP50: { unit: 'duration', better: 'lower', of: (o) => o.latency.p50 },
  latencyP95: { unit: 'duration', better: 'lower', of: (o) => o.latency.p95 },
  latencyP99: { unit: 'duration', better: 'lower', of: (o) => o.latency.p99 },
  latencyP999: { unit: 'duration', better: 'lower', of: (o) => o.latency.p999 },
  offered: { unit: 'count', better: 'none', of: (o) => o.counts.offered },
  late: { unit: 'count', better: 'lower', of: (o) => o.counts.late },
  timedOut: { unit: 'count', better: 'lower', of: (o) => o.counts.timedOut },
  rejected: { unit: 'count', better: 'lower', of: (o) => o.counts.rejected },
  failed: { unit: 'count', better: 'lower', of: (o) => o.counts.failed },
  lostShare: {
    unit: 'share',
    better: 'lower',
    of: (o) =>
      share(
        o.counts.timedOut + o.counts.rejected + o.counts.shed + o.counts.failed,
        o.counts.offered,
      ),
  },
  timeToCapacity: { unit: 'duration', better: 'lower', of: (o) => o.capacity.timeToCapacity },
  shortfall: { unit: 'duration', better: 'lower', of: (o) => o.capacity.shortfall },
  replicasMax: { unit: 'count', better: 'none', of: (o) => o.peak.replicas },
  machinesMax: { unit: 'count', better: 'none', of: (o) => o.peak.machines },
  cpuPaid: { unit: 'coreHours', better: 'lower', of: (o) => o.utilization.paid / 3600 },
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof MEASURES;
