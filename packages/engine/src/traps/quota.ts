/** A quota that holds fewer pods than the HPA may ask for: scale-out stops there, unseen by it. */
import type { Message } from '../outcome.ts';
import type { TrapSubject } from './subject.ts';

export function quotaBelowMaximum({ service, model, spec, strategy }: TrapSubject): Message | null {
  const { quota } = strategy;
  if (quota === undefined) return null;
  const { cpuRequest, memoryRequest } = model.service.workload;
  const held = (hard: number | undefined, need: number) =>
    hard === undefined || need === 0 ? Number.POSITIVE_INFINITY : Math.floor(hard / need);
  const fits = Math.min(
    held(quota.cpu, cpuRequest ?? 0),
    held(quota.memory, memoryRequest),
    held(quota.pods, 1),
  );
  if (fits >= spec.maxReplicas) return null;
  return { key: 'trap.quota-below-max', params: { service, fits, max: spec.maxReplicas } };
}
