/**
 * Node groups whose scale-up failed are left alone for a while: `initial` at first, twice as long
 * each time that it fails again after that, up to `max`. A failure while a group is backed off (of
 * a scale-up that was under way) starts the same time anew. A group without a failure for `reset`
 * is forgotten.
 *
 * @source kubernetes-sigs/cluster-autoscaler, pkg/utils/backoff/exponential_backoff.go; defaults:
 *   pkg/config/flags/flags.go, August 2026.
 */
import { MICROSECONDS_PER_HOUR, MICROSECONDS_PER_SECOND } from '../kernel/units.ts';

/** µs */
export interface BackoffConfig {
  readonly initial: number;
  readonly max: number;
  readonly reset: number;
}

export const BACKOFF_DEFAULTS: BackoffConfig = {
  initial: 300 * MICROSECONDS_PER_SECOND,
  max: 1800 * MICROSECONDS_PER_SECOND,
  reset: 3 * MICROSECONDS_PER_HOUR,
};

/** By the name of the group. A value: what changes it returns a new one. */
export type GroupBackoff = ReadonlyMap<string, GroupFailure>;

export interface GroupFailure {
  readonly length: number;
  readonly until: number;
  readonly failed: number;
}

export function withFailure(
  backoff: GroupBackoff,
  { initial, max }: BackoffConfig,
  group: string,
  now: number,
): GroupBackoff {
  const before = backoff.get(group);
  let length = initial;
  if (before !== undefined) {
    length = before.until < now ? Math.min(2 * before.length, max) : before.length;
  }
  return new Map(backoff).set(group, { length, until: now + length, failed: now });
}

/** At the last instant of its time a group is still backed off. */
export function isBackedOff(backoff: GroupBackoff, group: string, now: number): boolean {
  const failure = backoff.get(group);
  return failure !== undefined && failure.until >= now;
}

/** Its nodes came: the next failure counts as the first. */
export function withSuccess(backoff: GroupBackoff, group: string): GroupBackoff {
  const left = new Map(backoff);
  left.delete(group);
  return left;
}

export function withoutStale(
  backoff: GroupBackoff,
  { reset }: BackoffConfig,
  now: number,
): GroupBackoff {
  if (backoff.size === 0) return backoff;
  return new Map([...backoff].filter(([, { failed }]) => failed + reset >= now));
}
