/**
 * A utilization that cannot be observed, for no pod uses more CPU than its limit: one that somebody
 * says to have seen, or the one that the load would cause if CPU were unlimited. The HPA sees a
 * smaller overload than there is, and climbs in steps of at most highest ÷ target.
 */
import type { Message } from '../outcome.ts';
import { ceilingOf, type TrapSubject, targetOf } from './subject.ts';

export function impossibleObservation(subject: TrapSubject): Message | null {
  const { service, observed } = subject;
  const ceiling = ceilingOf(subject);
  if (observed === undefined || ceiling === null || observed <= ceiling.share) return null;
  const { share: highest, cpu, request, by } = ceiling;
  const params = { service, observed, highest, cpu: Math.round(cpu), request };
  return { key: `trap.observed-above-${by}`, params };
}

export function clippedUtilization(subject: TrapSubject): Message | null {
  const { service, model, peak, spec, strategy } = subject;
  const target = targetOf(subject);
  const ceiling = ceilingOf(subject);
  if (target === null || ceiling === null) return null;
  const { workload, cpuPerRequest } = model.service;
  const floor = Math.max(spec.minReplicas, strategy.replicas ?? workload.replicas);
  const replicas = Math.min(spec.maxReplicas, floor);
  const demanded = (peak * cpuPerRequest * 1e-6 * 1000) / (replicas * ceiling.request);
  if (demanded <= ceiling.share || ceiling.share <= target) return null;
  const { share: highest, cpu, request, by } = ceiling;
  const params = { service, replicas, demanded, highest, cpu: Math.round(cpu), request };
  return { key: `trap.clipped-by-${by}`, params: { ...params, factor: text(highest / target) } };
}

/** A factor has no unit that the catalogue knows. */
function text(factor: number): string {
  return String(Math.round(factor * 10) / 10);
}
