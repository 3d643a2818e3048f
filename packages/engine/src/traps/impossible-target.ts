/**
 * A utilization target that no pod can exceed, be it for its limit ÷ request or for what all its
 * slots use. The HPA then never scales up, however many requests wait.
 */
import type { Message } from '../outcome.ts';
import { ceilingOf, type TrapSubject, targetOf } from './subject.ts';

export function impossibleTarget(subject: TrapSubject): Message | null {
  const target = targetOf(subject);
  const ceiling = ceilingOf(subject);
  if (target === null || ceiling === null) return null;
  // Another metric may ask for more.
  if (subject.spec.metrics.some(({ name }) => name !== 'cpu')) return null;
  const tolerance = subject.spec.behavior?.scaleUp.tolerance ?? subject.controller.tolerance;
  if (ceiling.share > target * (1 + tolerance)) return null;
  const { share: highest, cpu, request, by } = ceiling;
  const params = { service: subject.service, target, highest, cpu: Math.round(cpu), request };
  return { key: `trap.target-above-${by}`, params };
}
