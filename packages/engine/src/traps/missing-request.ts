/**
 * A CPU utilization target without a CPU request: the HPA cannot compute a share of nothing, says
 * FailedGetResourceMetric and never scales.
 *
 * @source Kubernetes, pkg/controller/podautoscaler/metrics, "missing request for cpu".
 */
import type { Message } from '../outcome.ts';
import { type TrapSubject, targetOf } from './subject.ts';

export function missingRequest(subject: TrapSubject): Message | null {
  const { service, model } = subject;
  if (model.service.workload.cpuRequest !== null) return null;
  const key = targetOf(subject) === null ? 'trap.no-request' : 'trap.no-request-blind';
  return { key, params: { service } };
}
