/**
 * Target tracking: two alarms that the policy manages itself. Above the target for a few points the
 * group grows, in one step, to the number of VMs that would bring the metric to its target; clearly
 * below it for much longer, it shrinks, but never while it still grows.
 *
 *   desired = ⌈VMs measured × metric ÷ target⌉
 *
 * The VMs measured are those that the published value is a mean of, not those of now: as the value
 * is minutes old, VMs that came or went since would be counted twice.
 *
 * @source awsdocs/amazon-ec2-auto-scaling-user-guide doc_source/as-scaling-target-tracking.md:
 *   proportional, rounded so that there are rather too many, VMs in their warm-up do not count, no
 *   scale-in during a scale-out. Number of points and the margin below: docs/model.md.
 */
import { alarmPoint } from './alarm.ts';
import {
  clamp,
  METRIC_NAMES,
  type MetricPoint,
  type VmAlarms,
  type VmDecision,
  type VmMetric,
  type VmObservation,
  type VmPolicy,
  vmGrounds,
} from './policy.ts';

export interface TargetTrackingSpec {
  readonly metric: VmMetric;
  /** Percent of CPU, or requests per VM and minute. */
  readonly target: number;
  /** Share below the target at which the scale-in alarm begins. */
  readonly margin: number;
  readonly scaleIn: boolean;
  readonly alarms: VmAlarms;
}

/** As in the scenario format, of a group that says nothing. */
export const DEFAULT_TRACKING = { metric: 'cpu', target: 50, margin: 0.1, scaleIn: true } as const;

/** 1.1 ÷ 0.1 is 11 and not 12. */
const ROUNDING = 1e-9;

export function targetTracking(spec: TargetTrackingSpec): VmPolicy {
  const { target, margin, alarms, scaleIn } = spec;
  const low = target * (1 - margin);
  const high = { points: alarms.outPoints, breaches: (value: number) => value > target };
  const below = { points: alarms.inPoints, breaches: (value: number) => value < low };
  return (observation) => {
    const { points } = observation;
    if (points.length === 0) return noData(observation);
    const out = alarmPoint(points, high);
    if (out !== null) return scaleOut(spec, observation, out);
    const back = scaleIn ? alarmPoint(points, below) : null;
    if (back !== null) return scaleBack(spec, observation, back);
    return rest(spec, observation, points[points.length - 1]);
  };
}

function noData({ desired }: VmObservation): VmDecision {
  return { desired, reason: { key: 'vm.no-data', params: { desired } }, grounds: null };
}

function rest(
  { metric, target }: TargetTrackingSpec,
  { desired }: VmObservation,
  newest: MetricPoint,
): VmDecision {
  const reason = { key: 'vm.steady', params: { metric: METRIC_NAMES[metric], to: desired } };
  return { desired, reason, grounds: vmGrounds(metric, target, newest, desired) };
}

/** VMs at which the metric would be on its target. */
function proposed({ target }: TargetTrackingSpec, { value, vms }: MetricPoint): number {
  return Math.ceil(((vms * (value ?? 0)) / target) * (1 - ROUNDING));
}

function scaleOut(
  spec: TargetTrackingSpec,
  observation: VmObservation,
  point: MetricPoint,
): VmDecision {
  const { metric, target, alarms } = spec;
  const proposal = proposed(spec, point);
  const desired = Math.max(observation.desired, clamp(observation, proposal));
  const isCut = proposal > observation.max;
  const key = desired > observation.desired ? 'vm.scaled-out' : isCut ? 'vm.at-max' : 'vm.waiting';
  return {
    desired,
    reason: {
      key,
      params: { metric: METRIC_NAMES[metric], points: alarms.outPoints, proposal, to: desired },
    },
    grounds: vmGrounds(metric, target, point, proposal, isCut ? 'max' : null),
  };
}

function scaleBack(
  spec: TargetTrackingSpec,
  observation: VmObservation,
  point: MetricPoint,
): VmDecision {
  const { metric, target, alarms } = spec;
  const proposal = proposed(spec, point);
  const wanted = Math.min(observation.desired, clamp(observation, proposal));
  const isHeld = observation.launching > 0 && wanted < observation.desired;
  const desired = isHeld ? observation.desired : wanted;
  const isCut = proposal < observation.min;
  const still = isHeld ? 'vm.scale-out-in-progress' : isCut ? 'vm.at-min' : 'vm.needed';
  const key = desired < observation.desired ? 'vm.scaled-in' : still;
  return {
    desired,
    reason: {
      key,
      params: { metric: METRIC_NAMES[metric], points: alarms.inPoints, proposal, to: desired },
    },
    grounds: vmGrounds(metric, target, point, proposal, isCut ? 'min' : null),
  };
}
