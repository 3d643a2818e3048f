/** How a strategy with KEDA, Knative or a forecast scales a service, in words. */
import type { ServiceModel } from '../model.ts';
import type { Message } from '../outcome.ts';
import { DEFAULT_HPA } from '../scaling/default-hpa.ts';
import { type KedaTrigger, triggersOf } from '../scaling/keda-triggers/index.ts';
import { kpaSpec } from '../scaling/kpa-spec.ts';
import type { KubernetesStrategy } from '../scenario/scenario.ts';

/** null = the strategy has none of these. */
export function scalerNotes(
  strategy: KubernetesStrategy,
  { service, slots, holdTime }: ServiceModel,
): readonly Message[] | null {
  const { kpa, keda, predictive } = strategy;
  const { name } = service;
  if (kpa !== undefined) {
    const { target } = kpaSpec({ ...kpa, target: kpa.target ?? null });
    const { minScale, maxScale, metric } = kpa;
    const key = maxScale === 0 ? `note.kpa.${metric}` : `note.kpa.${metric}-max`;
    const params = { service: name, target: rounded(target), min: minScale, max: maxScale };
    return [{ key, params }];
  }
  if (keda !== undefined) {
    const { minReplicas, maxReplicas, idleReplicas, pollingInterval } = keda;
    const params = {
      service: name,
      min: idleReplicas ?? minReplicas,
      max: maxReplicas,
      polling: pollingInterval,
    };
    const triggers = triggersOf(keda.triggers, name).map((one) => triggerNote(name, one));
    return [{ key: 'note.keda', params }, ...triggers];
  }
  if (predictive === undefined) return null;
  const { lead, utilization, perPod = (utilization * slots) / (holdTime * 1e-6) } = predictive;
  const { minReplicas = 1, maxReplicas } = service.hpa ?? DEFAULT_HPA;
  const params = { service: name, lead, perPod, min: minReplicas, max: maxReplicas };
  return [
    { key: 'note.predictive', params },
    ...(predictive.knownEvents ? [] : [{ key: 'note.predictive-unknown', params }]),
  ];
}

function triggerNote(service: string, trigger: KedaTrigger): Message {
  const key = `note.keda.${trigger.kind}`;
  switch (trigger.kind) {
    case 'cron': {
      const { start, end, desiredReplicas } = trigger;
      return { key, params: { service, start, end, replicas: desiredReplicas } };
    }
    case 'request-rate':
      return { key, params: { service, threshold: trigger.threshold, window: trigger.window } };
    case 'queue-length':
      return { key, params: { service, threshold: rounded(trigger.threshold) } };
    case 'cpu':
      return { key, params: { service, target: trigger.value } };
  }
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}
