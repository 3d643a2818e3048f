/** What a strategy says of spare room, quotas and scores, in words. */

import { QUOTA_RESOURCES } from '../cluster/quota.ts';
import type { Message } from '../outcome.ts';
import type { KubernetesStrategy } from '../scenario/scenario.ts';

const MEBIBYTE = 2 ** 20;

export function schedulingNotes(strategy: KubernetesStrategy): readonly Message[] {
  const { scheduling, overprovisioning, quota } = strategy;
  const notes: Message[] = [];
  if (scheduling.score !== 'LeastAllocated') {
    notes.push({ key: 'note.score', params: { score: scheduling.score } });
  }
  if (overprovisioning !== undefined) {
    const { replicas, cpu, memory, priority } = overprovisioning;
    const mebibytes = Math.round(memory / MEBIBYTE);
    notes.push({ key: 'note.overprovisioning', params: { replicas, cpu, mebibytes, priority } });
  }
  for (const resource of QUOTA_RESOURCES) {
    const hard = quota?.[resource];
    if (hard === undefined) continue;
    const value = resource === 'memory' ? Math.round(hard / MEBIBYTE) : hard;
    notes.push({ key: `note.quota-${resource}`, params: { hard: value } });
  }
  return notes;
}
