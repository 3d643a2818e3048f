/**
 * `behavior: {}` is not "no behavior": it switches to the API's default policies, which count from
 * scale events. Without the field one sync may go to max(2 × current, 4), whatever happened before.
 *
 * @source Kubernetes, pkg/controller/podautoscaler/horizontal.go, normalizeDesiredReplicas.
 */
import type { Message } from '../outcome.ts';
import type { HpaScalingRules } from '../scaling/hpa-spec.ts';
import type { TrapSubject } from './subject.ts';

export function emptyBehavior({ service, object }: TrapSubject): Message | null {
  const { behavior } = object;
  if (behavior === undefined) return null;
  if (isEmpty(behavior.scaleUp) && isEmpty(behavior.scaleDown)) {
    return { key: 'trap.empty-behavior', params: { service } };
  }
  return null;
}

function isEmpty(rules: HpaScalingRules | undefined): boolean {
  return Object.values(rules ?? {}).every((value) => value === undefined);
}
