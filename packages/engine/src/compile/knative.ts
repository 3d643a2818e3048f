/**
 * What Knative puts around a service's pods: an activator in front of them, and a queue-proxy in
 * each, which asks the application whether it is ready in the kubelet's place.
 */

import type { Service, Strategy } from '../scenario/scenario.ts';
import type { KpaSection } from '../scenario/schema.ts';

/** core/v1 Probe, default of periodSeconds. */
const USUAL_PERIOD = 10_000_000;
/** Where none is set: knative/serving pkg/queue/readiness/probe.go, retryInterval. */
const QUEUE_PROXY_PERIOD = 50_000;

/** The section of the strategy's KPA, if it scales the service; undefined = it does not. */
export function knativeOf({ fixed }: Service, strategy: Strategy): KpaSection | undefined {
  return strategy.kind === 'kubernetes' && fixed === undefined ? strategy.kpa : undefined;
}

/** A readiness probe without a period of its own is asked by the queue-proxy, and more often. */
export function withQueueProxy(service: Service): Service {
  const { workload } = service;
  const { readiness } = workload;
  if (readiness.period !== USUAL_PERIOD) return service;
  const asked = { ...readiness, period: QUEUE_PROXY_PERIOD };
  return { ...service, workload: { ...workload, readiness: asked } };
}
