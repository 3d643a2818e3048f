/**
 * maxReplicas too small for the load: foreseen from the peak and the target, and found in the run.
 */
import type { Message } from '../outcome.ts';
import { type RunSubject, type TrapSubject, targetOf } from './subject.ts';

/** Before the run: replicas that keep the target at the peak. */
export function maximumBelowPeak(subject: TrapSubject): Message | null {
  const { service, model, peak, spec } = subject;
  const target = targetOf(subject);
  const { workload, cpuPerRequest } = model.service;
  if (target === null || workload.cpuRequest === null) return null;
  const cpu = peak * cpuPerRequest * 1e-6 * 1000;
  const needed = Math.ceil(cpu / (workload.cpuRequest * target) - 1e-9);
  if (needed <= spec.maxReplicas) return null;
  return { key: 'trap.max-below-peak', params: { service, needed, max: spec.maxReplicas, peak } };
}

/** In the run: from when on it limited, and how much was asked for. */
export function maximumReached({ service, spec, decisions, duration }: RunSubject): Message | null {
  let at: number | null = null;
  let wanted = spec.maxReplicas;
  let held = 0;
  decisions.forEach(({ at: begin, run }, i) => {
    if (run?.limit?.kind !== 'max') return;
    at ??= begin;
    wanted = Math.max(wanted, run.proposal?.[1] ?? 0);
    held += (decisions[i + 1]?.at ?? duration) - begin;
  });
  if (at === null) return null;
  return { key: 'trap.max-reached', params: { service, max: spec.maxReplicas, at, wanted, held } };
}
