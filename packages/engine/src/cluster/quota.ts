/**
 * The ResourceQuota of the tenant: admission refuses pods whose requests would exceed it. It counts
 * pods from their creation until they are gone, those on their way out included. Pause pods live
 * in another namespace.
 */
import type { QuotaSpec } from '../scenario/schema.ts';
import { podRequests } from './pod-requests.ts';
import type { Pod, World } from './world.ts';

/** What is used, beside the limits. */
export interface QuotaUse {
  readonly hard: QuotaSpec;
  cpu: number;
  memory: number;
  pods: number;
}

export const QUOTA_RESOURCES = ['cpu', 'memory', 'pods'] as const;
export type QuotaResource = (typeof QUOTA_RESOURCES)[number];

export interface Refusal {
  readonly resource: QuotaResource;
  readonly hard: number;
}

export function quotaUse(hard: QuotaSpec): QuotaUse {
  return { hard, cpu: 0, memory: 0, pods: 0 };
}

/** Counts the pod; a refusal if there is not enough left for it. */
export function takeQuota({ quota }: World, pod: Pod): Refusal | null {
  if (quota === null || pod.deployment.isPause) return null;
  const needs = { ...podRequests(pod), pods: 1 };
  for (const resource of QUOTA_RESOURCES) {
    const hard = quota.hard[resource];
    if (hard !== undefined && quota[resource] + needs[resource] > hard) return { resource, hard };
  }
  for (const resource of QUOTA_RESOURCES) quota[resource] += needs[resource];
  return null;
}

/** The pod is gone. */
export function releaseQuota({ quota }: World, pod: Pod): void {
  if (quota === null || pod.deployment.isPause || pod.life.created === undefined) return;
  const held = { ...podRequests(pod), pods: 1 };
  for (const resource of QUOTA_RESOURCES) quota[resource] -= held[resource];
}
