/**
 * Bounds and rate limits: how far the replica count may move in one reconcile. With `behavior` a
 * policy allows a change relative to the count at the start of its period, reconstructed from the
 * controller's own scale events; without it a reconcile may double the count, or reach 4.
 *
 * @source Kubernetes, pkg/controller/podautoscaler/horizontal.go, master of August 2026. The order
 * of the operations on doubles matters: 50 · (1 + 10 ÷ 100) is 55.00000000000001, hence 56.
 */
import { MICROSECONDS_PER_SECOND } from '../kernel/units.ts';
import type { HpaController } from './hpa-controller.ts';
import { type HpaMemory, type HpaScaleEvent, type LimitReason, placed } from './hpa-memory.ts';
import type { HpaRules, HpaScalingPolicy, HpaSpec } from './hpa-spec.ts';

export interface Limited {
  readonly replicas: number;
  readonly reason: LimitReason;
  /** The policy that set the limit, if one did. */
  readonly policy: HpaScalingPolicy | null;
}

type Events = Pick<HpaMemory, 'upEvents' | 'downEvents'>;

export function limit(
  spec: HpaSpec,
  controller: HpaController,
  events: Events,
  current: number,
  replicas: number,
  now: number,
): Limited {
  const { minReplicas, maxReplicas, behavior } = spec;
  if (behavior === null) return limitLegacy(spec, controller, current, replicas);
  if (replicas > current) {
    const allowed = policyLimit(behavior.scaleUp, 1, events, current, now);
    const most = Math.max(allowed.replicas, current);
    const limiting: Limited =
      maxReplicas > most
        ? { replicas: most, reason: 'ScaleUpLimit', policy: allowed.policy }
        : { replicas: maxReplicas, reason: 'TooManyReplicas', policy: null };
    if (replicas > limiting.replicas) return limiting;
  } else if (replicas < current) {
    const allowed = policyLimit(behavior.scaleDown, -1, events, current, now);
    const least = Math.min(allowed.replicas, current);
    const limiting: Limited =
      minReplicas < least
        ? { replicas: least, reason: 'ScaleDownLimit', policy: allowed.policy }
        : { replicas: minReplicas, reason: 'TooFewReplicas', policy: null };
    if (replicas < limiting.replicas) return limiting;
  }
  return { replicas, reason: 'DesiredWithinRange', policy: null };
}

function limitLegacy(
  { minReplicas, maxReplicas }: HpaSpec,
  { scaleUpLimitFactor = 2, scaleUpLimitMinimum = 4 }: HpaController,
  current: number,
  replicas: number,
): Limited {
  if (replicas < minReplicas) {
    return { replicas: minReplicas, reason: 'TooFewReplicas', policy: null };
  }
  const most = Math.trunc(Math.max(scaleUpLimitFactor * current, scaleUpLimitMinimum));
  const limiting: Limited =
    maxReplicas > most
      ? { replicas: most, reason: 'ScaleUpLimit', policy: null }
      : { replicas: maxReplicas, reason: 'TooManyReplicas', policy: null };
  if (replicas > limiting.replicas) return limiting;
  return { replicas, reason: 'DesiredWithinRange', policy: null };
}

/** How far the rules of a direction (1 = up, −1 = down) let the count move. */
function policyLimit(
  rules: HpaRules,
  direction: 1 | -1,
  { upEvents, downEvents }: Events,
  current: number,
  now: number,
): { readonly replicas: number; readonly policy: HpaScalingPolicy | null } {
  if (rules.selectPolicy === 'Disabled') return { replicas: current, policy: null };
  // Max = the largest change: the largest number on the way up, the smallest on the way down.
  const isLarger = (rules.selectPolicy === 'Max') === (direction === 1);
  let replicas = isLarger ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  let chosen: HpaScalingPolicy | null = null;
  for (const policy of rules.policies) {
    const cutoff = now - policy.periodSeconds * MICROSECONDS_PER_SECOND;
    const start = current - changeSince(upEvents, cutoff) + changeSince(downEvents, cutoff);
    const reach = policyReach(policy, direction, start);
    if (isLarger ? reach > replicas : reach < replicas) {
      replicas = reach;
      chosen = policy;
    }
  }
  return { replicas, policy: chosen };
}

function policyReach({ type, value }: HpaScalingPolicy, direction: 1 | -1, start: number): number {
  if (type === 'Pods') return start + direction * value;
  return direction === 1
    ? Math.ceil(start * (1 + value / 100))
    : Math.trunc(start * (1 - value / 100));
}

/** An event exactly as old as the period no longer counts; marks do not matter here. */
function changeSince(events: readonly HpaScaleEvent[], cutoff: number): number {
  let sum = 0;
  for (let i = 0; i < events.length; i++) {
    if (events[i].time > cutoff) sum += events[i].change;
  }
  return sum;
}

/** The events of a direction with one more; entries older than all of its periods are marked. */
export function withScaleEvent(
  events: readonly HpaScaleEvent[],
  rules: HpaRules,
  change: number,
  now: number,
): readonly HpaScaleEvent[] {
  let longest = 0;
  for (const { periodSeconds } of rules.policies) longest = Math.max(longest, periodSeconds);
  const cutoff = now - longest * MICROSECONDS_PER_SECOND;
  let slot = -1;
  const marked = events.map((event, i) => {
    if (event.outdated || event.time < cutoff) slot = i;
    return event.time < cutoff && !event.outdated ? { ...event, outdated: true } : event;
  });
  return placed(marked, slot, { change, time: now, outdated: false });
}
