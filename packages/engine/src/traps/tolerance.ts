/**
 * The tolerance hides small changes: a metric that asks for 50 replicas where 46 run has the ratio
 * 50 ÷ 46 = 1.087, within 1 ± 0.1, and nothing happens. A pre-scale by a metric (a cron trigger) is
 * lost that way; one that raises minReplicas is not, for bounds come before metrics.
 *
 * @source Kubernetes, pkg/controller/podautoscaler/replica_calculator.go, isWithinTolerance.
 */
import type { DecisionRow, Message, MetricReading } from '../outcome.ts';
import { isWithin, type Tolerances, tolerancesOf } from '../scaling/hpa-replicas.ts';
import type { RunSubject, TrapSubject } from './subject.ts';

/** Whether a metric that asks for `wanted` replicas where `current` run is ignored. */
export function isHidden(current: number, wanted: number, tolerances: Tolerances): boolean {
  if (current <= 0 || wanted <= current) return false;
  return isWithin(tolerances, wanted / current);
}

/** A schedule that a metric could not carry out. */
export function hiddenSchedule(subject: TrapSubject): Message | null {
  const { service, spec, strategy, model } = subject;
  const tolerances = tolerancesOf(spec, subject.controller);
  let from = Math.max(spec.minReplicas, strategy.replicas ?? model.service.workload.replicas);
  for (const floor of [...strategy.schedule].sort((a, b) => a.at - b.at)) {
    if (floor.service !== undefined && floor.service !== service) continue;
    const to = floor.minReplicas;
    if (isHidden(from, to, tolerances)) {
      const ratio = ratioText(to / from);
      const params = { service, from, to, at: floor.at, ratio, tolerance: tolerances.up };
      return { key: 'trap.tolerance-schedule', params };
    }
    from = to;
  }
  return null;
}

function ratioText(ratio: number): string {
  return String(Math.round(ratio * 1000) / 1000);
}

/** One replica more or less is what the tolerance is for. */
const LEAST = 2;

/** The largest number of replicas that the tolerance kept away during the run. */
export function hiddenByTolerance(subject: RunSubject): Message | null {
  const { up: tolerance } = tolerancesOf(subject.spec, subject.controller);
  let worst: { row: DecisionRow; wanted: number } | null = null;
  for (const row of subject.decisions) {
    const asked = (row.run?.metrics ?? []).map((metric) => wantedReplicas(metric, tolerance));
    const wanted = Math.max(0, ...asked);
    if (row.from !== row.to || wanted < row.to + LEAST) continue;
    if (worst === null || wanted - row.to > worst.wanted - worst.row.to) worst = { row, wanted };
  }
  if (worst === null) return null;
  const { row, wanted } = worst;
  const { service } = subject;
  const params = { service, replicas: row.to, wanted, at: row.at, tolerance };
  return { key: 'trap.tolerance', params };
}

/** Replicas at which the metric would be on target, if the tolerance held it; else 0. */
function wantedReplicas({ basis, seen, target, ready }: MetricReading, tolerance: number): number {
  if (basis !== 'tolerance' || seen === null || seen[1] / target > 1 + tolerance) return 0;
  // Both at their highest: a run of equal decisions keeps no pairs. Rounding must not add a pod.
  return Math.ceil((seen[1] / target) * ready[1] - 1e-9);
}
