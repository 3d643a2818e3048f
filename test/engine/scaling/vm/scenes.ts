/** Observations of VM groups, from what a test is about and plain values for the rest. */
import type {
  MetricPoint,
  VmObservation,
} from '../../../../packages/engine/src/scaling/vm/policy.ts';

export const MINUTE = 60e6;

/** One point per minute, the last one now; all of `vms` VMs. */
export function pointsOf(values: readonly (number | null)[], vms: number): MetricPoint[] {
  return values.map((value, i) => ({ end: (i + 1) * MINUTE, value, vms }));
}

export function observe(changes: Partial<VmObservation> = {}): VmObservation {
  return {
    now: 100 * MINUTE,
    desired: 10,
    min: 1,
    max: 100,
    warm: 10,
    launching: 0,
    leaving: 0,
    isActive: false,
    lastActivity: Number.NEGATIVE_INFINITY,
    points: [],
    ...changes,
  };
}
