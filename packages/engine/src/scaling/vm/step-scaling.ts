/**
 * Step scaling: the further the metric is beyond the alarm's threshold, the larger the step. VMs in
 * their warm-up are not part of the capacity that a step adds to, so that alarms that go on do not
 * repeat a step; VMs on their way out are part of what a step takes from, for the same reason.
 *
 * @source awsdocs/amazon-ec2-auto-scaling-user-guide doc_source/as-scaling-simple-step.md
 */
import { type Adjustment, adjusted } from './adjustment.ts';
import { type Alarm, alarmPoint } from './alarm.ts';
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

/** `at`: the metric from which it holds, up (out) or down (in); percent or requests/min. */
export interface Step {
  readonly at: number;
  readonly change: number;
}

export interface StepsSpec {
  readonly metric: VmMetric;
  readonly adjustment: Adjustment;
  /** The mildest of each sets the threshold of its alarm; empty = never. */
  readonly out: readonly Step[];
  readonly in: readonly Step[];
  readonly alarms: VmAlarms;
}

/** As in the scenario format, of a group that says nothing. */
export const DEFAULT_STEPS = {
  metric: 'cpu',
  adjustment: 'change',
  out: [],
  in: [],
  cooldown: 300_000_000,
} as const;

export interface StepAlarms {
  /** The mildest step first. */
  readonly out: readonly Step[];
  readonly in: readonly Step[];
  readonly high: Alarm;
  readonly low: Alarm;
}

export function stepAlarms({ out, in: back, alarms }: StepsSpec): StepAlarms {
  const rising = [...out].sort((a, b) => a.at - b.at);
  const falling = [...back].sort((a, b) => b.at - a.at);
  const [first, last] = [rising[0]?.at ?? Infinity, falling[0]?.at ?? -Infinity];
  return {
    out: rising,
    in: falling,
    high: { points: alarms.outPoints, breaches: (value) => value >= first },
    low: { points: alarms.inPoints, breaches: (value) => value <= last },
  };
}

export function stepScaling(spec: StepsSpec): VmPolicy {
  const alarms = stepAlarms(spec);
  return (observation) => {
    const { points } = observation;
    if (points.length === 0) return noData(observation);
    const out = alarmPoint(points, alarms.high);
    if (out !== null) return grow(spec, alarms, observation, out);
    const back = alarmPoint(points, alarms.low);
    if (back !== null) return shrink(spec, alarms, observation, back);
    return rest(spec, alarms, observation, points[points.length - 1]);
  };
}

export function noData({ desired }: VmObservation): VmDecision {
  return { desired, reason: { key: 'vm.no-data', params: { desired } }, grounds: null };
}

export function rest(
  { metric }: StepsSpec,
  { out, in: back }: StepAlarms,
  { desired }: VmObservation,
  newest: MetricPoint,
): VmDecision {
  const threshold = out[0]?.at ?? back[0]?.at ?? 0;
  const reason = { key: 'vm.steady', params: { metric: METRIC_NAMES[metric], to: desired } };
  return { desired, reason, grounds: vmGrounds(metric, threshold, newest, desired) };
}

/** The strongest step that the value reaches. */
function stepUp(steps: readonly Step[], value: number): Step {
  return steps.reduce((best, step) => (value >= step.at ? step : best), steps[0]);
}

function stepDown(steps: readonly Step[], value: number): Step {
  return steps.reduce((best, step) => (value <= step.at ? step : best), steps[0]);
}

function grow(
  { metric, adjustment, alarms: { outPoints } }: StepsSpec,
  { out }: StepAlarms,
  observation: VmObservation,
  point: MetricPoint,
): VmDecision {
  const step = stepUp(out, point.value ?? 0);
  const proposal = adjusted(observation.warm, adjustment, step.change, 1);
  const desired = Math.max(observation.desired, clamp(observation, proposal));
  const isCut = proposal > observation.max;
  const key = desired > observation.desired ? 'vm.scaled-out' : isCut ? 'vm.at-max' : 'vm.waiting';
  return {
    desired,
    reason: {
      key,
      params: { metric: METRIC_NAMES[metric], points: outPoints, proposal, to: desired },
    },
    grounds: vmGrounds(metric, step.at, point, proposal, isCut ? 'max' : null),
  };
}

function shrink(
  { metric, adjustment, alarms: { inPoints } }: StepsSpec,
  { in: back }: StepAlarms,
  observation: VmObservation,
  point: MetricPoint,
): VmDecision {
  const step = stepDown(back, point.value ?? 0);
  const capacity = observation.warm + observation.leaving;
  const proposal = adjusted(capacity, adjustment, step.change, -1);
  const wanted = Math.min(observation.desired, clamp(observation, proposal));
  const isHeld = observation.launching > 0 && wanted < observation.desired;
  const desired = isHeld ? observation.desired : wanted;
  const isCut = proposal < observation.min;
  const still = isHeld ? 'vm.scale-out-in-progress' : isCut ? 'vm.at-min' : 'vm.waiting-in';
  const key = desired < observation.desired ? 'vm.scaled-in' : still;
  return {
    desired,
    reason: {
      key,
      params: { metric: METRIC_NAMES[metric], points: inPoints, proposal, to: desired },
    },
    grounds: vmGrounds(metric, step.at, point, proposal, isCut ? 'min' : null),
  };
}
