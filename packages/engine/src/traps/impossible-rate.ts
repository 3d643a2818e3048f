/**
 * A target in requests per second that a pod with all slots busy does not exceed. What pods work
 * off is bounded by what they carry, however many requests wait: the metric never asks for more.
 */
import type { Message } from '../outcome.ts';
import type { TrapSubject } from './subject.ts';

export function impossibleRate(subject: TrapSubject): Message | null {
  const { service, model, spec, controller, custom } = subject;
  const tolerance = spec.behavior?.scaleUp.tolerance ?? controller.tolerance;
  const highest = (model.slots / model.holdTime) * 1e6;
  for (const { name, target } of spec.metrics) {
    const declared = Object.hasOwn(custom, name) ? custom[name] : undefined;
    const measured = declared?.service ?? service;
    if (declared?.measure !== 'requests-per-second' || measured !== service) continue;
    if (target.type !== 'AverageValue') continue;
    const perPod = target.averageValue / 1000;
    if (highest > perPod * (1 + tolerance)) continue;
    return { key: 'trap.rate-above-slots', params: { service, metric: name, perPod, highest } };
  }
  return null;
}
