/** A KPA over time: what it sees at each tick, in seconds. */
import {
  decideKpa,
  type KpaDecision,
  type KpaObservation,
} from '../../../packages/engine/src/scaling/kpa.ts';
import { kpaMemory } from '../../../packages/engine/src/scaling/kpa-memory.ts';
import {
  KPA_DEFAULTS,
  type KpaSettings,
  type KpaSpec,
  kpaSpec,
} from '../../../packages/engine/src/scaling/kpa-spec.ts';

export const SECOND = 1e6;

/** One concurrent request per pod is aimed for, unless said otherwise. */
export function specWith(changes: Partial<KpaSpec> = {}): KpaSpec {
  return { ...kpaSpec({ ...KPA_DEFAULTS, target: 1, targetUtilization: 1 }), ...changes };
}

export const settingsWith = (changes: Partial<KpaSettings>): KpaSettings => ({
  ...KPA_DEFAULTS,
  ...changes,
});

/** [second, ready pods, stable average, panic average] */
export type Look = readonly [number, number | null, number?, number?];

export function observationOf([second, readyPods, stable, panic]: Look): KpaObservation {
  const averages = stable === undefined ? null : { stable, panic: panic ?? stable };
  return { now: second * SECOND, readyPods, averages };
}

/** One decision after the other; the autoscaler meets the revision at second 0. */
export function decisionsOf(
  spec: KpaSpec,
  readyPods: number | null,
  looks: readonly Look[],
): readonly KpaDecision[] {
  let memory = kpaMemory(spec, readyPods, 0);
  return looks.map((look) => {
    const decision = decideKpa(spec, observationOf(look), memory);
    memory = decision.memory;
    return decision;
  });
}

export const desiredOf = (...args: Parameters<typeof decisionsOf>) =>
  decisionsOf(...args).map(({ desired }) => desired);
