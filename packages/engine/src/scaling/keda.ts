/**
 * KEDA's own part, at a poll of its triggers: from zero (or idle) to the minimum while any trigger
 * is active, and back once none has been for the cooldown period. Between the minimum and the
 * maximum the HPA decides that KEDA makes (`kedaHpa`), on the same triggers.
 *
 * An error is not activity, and no reason to rest either: a poll at which a trigger fails and none
 * is active changes nothing. The fallback is the HPA's business, at its syncs.
 *
 * @source kedacore/keda pkg/scaling/executor/scale_scaledobjects.go (RequestScale,
 *   scaleToZeroOrIdle) and pkg/fallback/fallback.go
 */
import type { Message } from '../outcome.ts';
import type { HpaBehavior, HpaObjectSpec } from './hpa-spec.ts';
import { type KedaTrigger, triggerKind } from './keda-triggers/index.ts';

export type FallbackBehavior =
  | 'static'
  | 'currentReplicas'
  | 'currentReplicasIfHigher'
  | 'currentReplicasIfLower';

export interface KedaSettings {
  /** µs */
  readonly cooldownPeriod: number;
  readonly initialCooldownPeriod: number;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly idleReplicas?: number;
  readonly fallback?: {
    readonly failureThreshold: number;
    readonly replicas: number;
    readonly behavior: FallbackBehavior;
  };
}

export interface KedaPoll {
  /** µs */
  readonly now: number;
  /** spec.replicas */
  readonly replicas: number;
  /** Some trigger is active. */
  readonly isActive: boolean;
  /** Some trigger gave an error. */
  readonly isError: boolean;
}

export interface KedaMemory {
  /** When the ScaledObject was made, µs. */
  readonly created: number;
  /** The last poll at which a trigger was active; null = none was. */
  readonly lastActive: number | null;
}

export interface KedaDecision {
  readonly desired: number;
  readonly reason: Message;
  readonly memory: KedaMemory;
}

export function kedaMemory(created: number): KedaMemory {
  return { created, lastActive: null };
}

export function decideKeda(
  settings: KedaSettings,
  poll: KedaPoll,
  memory: KedaMemory,
): KedaDecision {
  return poll.isActive ? activate(settings, poll, memory) : rest(settings, poll, memory);
}

function activate(
  { minReplicas, idleReplicas }: KedaSettings,
  { now, replicas, isError }: KedaPoll,
  memory: KedaMemory,
): KedaDecision {
  const wakes = replicas === 0 || (idleReplicas !== undefined && replicas < minReplicas);
  const desired = wakes ? Math.max(1, minReplicas) : replicas;
  const key = wakes ? 'keda.activated' : 'keda.active';
  return {
    desired,
    reason: { key, params: { from: replicas, to: desired } },
    // While another trigger fails, an active one does not put off the cooldown.
    memory: wakes || !isError ? { ...memory, lastActive: now } : memory,
  };
}

function rest(settings: KedaSettings, poll: KedaPoll, memory: KedaMemory): KedaDecision {
  const { minReplicas, idleReplicas, fallback } = settings;
  const { replicas, isError } = poll;
  const to = (desired: number, key: string): KedaDecision => ({
    desired,
    reason: { key, params: { from: replicas, to: desired, cooldown: settings.cooldownPeriod } },
    memory,
  });
  if (isError && fallback?.replicas !== 0) {
    return to(replicas, fallback === undefined ? 'keda.failing' : 'keda.fallback');
  }
  const least = idleReplicas ?? minReplicas;
  const idles = idleReplicas !== undefined && replicas > idleReplicas;
  if (idles || (replicas > 0 && minReplicas === 0)) {
    const isOver = cooldownOver(settings, poll.now, memory);
    return isOver ? to(least, 'keda.deactivated') : to(replicas, 'keda.cooldown');
  }
  if (replicas < minReplicas && idleReplicas === undefined) return to(minReplicas, 'keda.raised');
  return to(replicas, 'keda.idle');
}

function cooldownOver(
  { cooldownPeriod, initialCooldownPeriod }: KedaSettings,
  now: number,
  { created, lastActive }: KedaMemory,
): boolean {
  // The first cooldown is for an object of which no trigger has been active yet.
  return lastActive === null
    ? created + initialCooldownPeriod < now
    : lastActive + cooldownPeriod < now;
}

/** The HPA of the ScaledObject: a metric per trigger, at least one replica. */
export function kedaHpa(
  { minReplicas, maxReplicas }: KedaSettings,
  triggers: readonly KedaTrigger[],
  behavior?: HpaBehavior,
): HpaObjectSpec {
  return {
    minReplicas: Math.max(1, minReplicas),
    maxReplicas,
    metrics: triggers.map((trigger, i) => triggerKind(trigger).metric(trigger, i)),
    ...(behavior === undefined ? {} : { behavior }),
  };
}

/**
 * What the HPA is told of a metric that failed `failures` times in a row, per replica of target 1;
 * null = the error itself.
 */
export function fallbackReplicas(
  { fallback }: KedaSettings,
  failures: number,
  replicas: number,
): number | null {
  if (fallback === undefined || failures <= fallback.failureThreshold) return null;
  switch (fallback.behavior) {
    case 'static':
      return fallback.replicas;
    case 'currentReplicas':
      return replicas;
    case 'currentReplicasIfHigher':
      return Math.max(replicas, fallback.replicas);
    case 'currentReplicasIfLower':
      return Math.min(replicas, fallback.replicas);
  }
}
