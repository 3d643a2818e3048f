/**
 * A CPU limit above the request: pods of a node may together use more than it has. The cluster of
 * this release has no contention, so that capacity and cost look better than they can be.
 *
 * @source docs/model.md, what is not modelled: CPU contention on a node.
 */
import type { Message } from '../outcome.ts';
import type { TrapSubject } from './subject.ts';

export function sharedNode({ service, model, strategy }: TrapSubject): Message | null {
  const { cpuRequest, cpuLimit } = model.service.workload;
  if (cpuRequest === null || cpuLimit === null || cpuLimit <= cpuRequest) return null;
  return {
    key: 'trap.limit-above-request',
    params: { service, request: cpuRequest, limit: cpuLimit, type: strategy.nodes.type },
  };
}
