/**
 * How replicas become pods on nodes: the scheduler, room that pause pods hold, what a tenant may
 * use. Sections of a strategy of kind kubernetes.
 */
import Type, { type Static } from 'typebox';
import { FIT_SCORES } from '../cluster/scores/index.ts';
import * as f from './fields.ts';
import { delay } from './schema-delay.ts';

const QUEUE = 'kubernetes/kube-scheduler config/v1/types.go';

export const SchedulingSchema = Type.Object(
  {
    throughput: f.rate('Pods that the scheduler takes up per second, one after another.', {
      default: '100/s',
      min: 0.1,
      max: 10_000,
      source: 'modelling choice; Kubernetes’ own tests demand 400/s, docs/model.md, section 5',
    }),
    score: f.oneKeyOf(
      'Which nodes it prefers: those with the most or the least left.',
      FIT_SCORES,
      {
        default: 'LeastAllocated',
        source: 'kubernetes/kubernetes pkg/scheduler/apis/config/v1/default_plugins.go',
      },
    ),
    initialBackoff: f.duration('Rest of a pod after a failed attempt; doubles with each.', {
      default: '1s',
      min: '1ms',
      max: '1h',
      source: `${QUEUE}, podInitialBackoffSeconds`,
    }),
    maxBackoff: f.duration('Longest rest.', {
      default: '10s',
      min: '1ms',
      max: '1h',
      source: `${QUEUE}, podMaxBackoffSeconds`,
    }),
    unschedulableFor: f.duration('A pod that no event may help is tried again after this long.', {
      default: '5m',
      min: '1s',
      source: 'kubernetes/kubernetes pkg/scheduler/backend/queue/scheduling_queue.go',
    }),
    preemption: delay(
      'A pod of lower priority is gone → the pod that it made room for is bound.',
      '1500ms',
      0.4,
      'modelling choice; docs/model.md, section 5',
    ),
  },
  { description: 'The scheduler: queue, back-off, scores, preemption.' },
);

export const OverprovisioningSchema = Type.Object(
  {
    replicas: f.count('Pause pods that hold room on nodes until other pods need it.', {
      min: 1,
      max: 100_000,
    }),
    cpu: f.cpu('CPU that one of them requests.', { min: '1m' }),
    memory: f.bytes('Memory that one of them requests.', { max: '10TB' }),
    priority: f.number('Their priority; pods of services have 0.', {
      default: -10,
      min: -2_147_483_648,
      max: -1,
      source: 'kubernetes/autoscaler cluster-autoscaler FAQ: the lowest that still adds nodes',
    }),
  },
  { description: 'Spare room: pause pods that give way at once, and then ask for new nodes.' },
);

export const QuotaSchema = Type.Object(
  {
    cpu: f.optional(f.cpu('Sum of the CPU requests (default: no limit).', { min: '1m' })),
    memory: f.optional(f.bytes('Sum of the memory requests (default: no limit).')),
    pods: f.optional(f.count('Number of pods (default: no limit).', { min: 1 })),
  },
  { description: 'ResourceQuota of the tenant: what it does not cover is not created.' },
);

/** Fields of a strategy of kind kubernetes. */
export const schedulingFields = {
  scheduling: Type.Optional(SchedulingSchema),
  overprovisioning: Type.Optional(OverprovisioningSchema),
  quota: Type.Optional(QuotaSchema),
};

/** Fields of `startup`. */
export const creationFields = {
  createCall: delay(
    'One create call of a controller, after the first of its turn.',
    '20ms',
    0.5,
    'modelling choice; docs/model.md, section 5',
  ),
};

export type SchedulingSpec = Static<typeof SchedulingSchema>;
export type OverprovisioningSpec = Static<typeof OverprovisioningSchema>;
export type QuotaSpec = Static<typeof QuotaSchema>;
