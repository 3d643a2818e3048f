/**
 * Simple scaling: one step per alarm, and then nothing until the VMs it started or stopped have
 * done so and the cooldown after that is over, whatever the alarms say.
 *
 * @source awsdocs/amazon-ec2-auto-scaling-user-guide doc_source/as-scaling-simple-step.md
 */
import { adjusted } from './adjustment.ts';
import { alarmPoint } from './alarm.ts';
import {
  clamp,
  METRIC_NAMES,
  type MetricPoint,
  type VmObservation,
  type VmPolicy,
  vmGrounds,
} from './policy.ts';
import { noData, rest, type Step, type StepsSpec, stepAlarms } from './step-scaling.ts';

export interface SimpleSpec extends StepsSpec {
  /** µs */
  readonly cooldown: number;
}

export function simpleScaling(spec: SimpleSpec): VmPolicy {
  const { metric, alarms, cooldown, adjustment } = spec;
  const steps = stepAlarms(spec);
  const act = (observation: VmObservation, point: MetricPoint, step: Step, direction: 1 | -1) => {
    const { desired, now, isActive, lastActivity } = observation;
    const proposal = adjusted(desired, adjustment, step.change, direction);
    const wanted = clamp(observation, proposal);
    const cools = isActive || now < lastActivity + cooldown;
    const to = cools ? desired : wanted;
    const points = direction === 1 ? alarms.outPoints : alarms.inPoints;
    const changed = to > desired ? 'vm.scaled-out' : 'vm.scaled-in';
    const bound = direction === 1 ? 'vm.at-max' : 'vm.at-min';
    const key = to !== desired ? changed : cools && wanted !== desired ? 'vm.cooldown' : bound;
    const limit = proposal > observation.max ? 'max' : proposal < observation.min ? 'min' : null;
    return {
      desired: to,
      reason: { key, params: { metric: METRIC_NAMES[metric], points, proposal, to, cooldown } },
      grounds: vmGrounds(metric, step.at, point, proposal, limit),
    };
  };
  return (observation) => {
    const { points } = observation;
    if (points.length === 0) return noData(observation);
    const out = alarmPoint(points, steps.high);
    if (out !== null) return act(observation, out, steps.out[0], 1);
    const back = alarmPoint(points, steps.low);
    if (back !== null) return act(observation, back, steps.in[0], -1);
    return rest(spec, steps, observation, points[points.length - 1]);
  };
}
