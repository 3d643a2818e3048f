/**
 * Slow start of a load balancer: the weight of a pod that is new to it rises from a small share to
 * the whole over a time,
 *
 *   share = max(minimum, (age ÷ duration)^(1 ÷ aggression)), 1 from age = duration on.
 *
 * With aggression 1 the rise is linear, as that of an Application Load Balancer.
 *
 * @source Envoy documentation, "Slow start mode" (v1.31); AWS, "Application Load Balancer
 * announces slow start support" (2018).
 */
import { exp, log } from '../kernel/elementary.ts';

export interface SlowStartSpec {
  /** µs */
  readonly duration: number;
  readonly aggression: number;
  /** Least share, above 0. */
  readonly minimum: number;
}

export interface SlowStart extends SlowStartSpec {
  /** By pod: when it became known to the balancer, µs; −Infinity = long ago. */
  since: Float64Array;
  /** By pod: the part of a turn that it has saved up (round robin). */
  credit: Float64Array;
  /** The newest pod's `since`. */
  latest: number;
}

export function createSlowStart(spec: SlowStartSpec, pods: number): SlowStart {
  return {
    ...spec,
    since: new Float64Array(pods).fill(Number.NEGATIVE_INFINITY),
    credit: new Float64Array(pods),
    latest: Number.NEGATIVE_INFINITY,
  };
}

export function enterSlowStart(slow: SlowStart, pod: number, time: number): void {
  slow.since[pod] = time;
  slow.credit[pod] = 0;
  slow.latest = Math.max(slow.latest, time);
}

/** No pod is in slow start. */
export function isEven({ latest, duration }: SlowStart, time: number): boolean {
  return time - latest >= duration;
}

/** Weight of the pod, at most 1. */
export function shareOf(slow: SlowStart, pod: number, time: number): number {
  const age = time - slow.since[pod];
  const { duration, aggression, minimum } = slow;
  if (age >= duration) return 1;
  if (age <= 0) return minimum;
  const part = age / duration;
  return Math.max(minimum, aggression === 1 ? part : exp(log(part) / aggression));
}

export function growSlowStart(slow: SlowStart, pods: number): void {
  const { since, credit } = slow;
  slow.since = new Float64Array(pods).fill(Number.NEGATIVE_INFINITY);
  slow.since.set(since);
  slow.credit = new Float64Array(pods);
  slow.credit.set(credit);
}
