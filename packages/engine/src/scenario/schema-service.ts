/** Fields of a service beyond its own work: shared CPU, balancing in detail, calls, fixed size. */
import Type from 'typebox';
import * as f from './fields.ts';
import { ServiceImageSchema } from './schema-image.ts';
import { ServiceMemorySchema } from './schema-pod.ts';
import { SlowStartSchema, WarmUpSchema } from './schema-warm-up.ts';

const callFields = {
  async: f.optional(
    f.boolean(
      'Nobody waits for the answer: the callee’s queue takes the request, and that is all.',
    ),
  ),
  probability: f.optional(
    f.share('Share of the requests that make this call (default: all).', { min: 0, max: 1 }),
  ),
  timeout: f.optional(
    f.duration('The caller gives up after this time, from the sending on (default: never).', {
      min: '1ms',
      max: '366d',
    }),
  ),
  connections: f.optional(
    f.count('Calls of one pod under way at once; a further one waits (default: no limit).', {
      min: 1,
      max: 100_000,
    }),
  ),
};

const ParallelCallSchema = Type.Object(
  { to: f.name('Service that is called.'), ...callFields },
  { description: 'One of several calls that are sent at once.' },
);

const CallSchema = Type.Object(
  {
    to: f.optional(f.name('Service that is called.')),
    ...callFields,
    parallel: Type.Optional(Type.Array(ParallelCallSchema, { minItems: 1, maxItems: 16 })),
  },
  { description: 'A step after the own work: one call (`to`), or several at once (`parallel`).' },
);

const StickySchema = Type.Object(
  {
    connections: f.count('Connections of all clients together.', { min: 1, max: 1_000_000 }),
    requests: f.optional(
      f.count('A connection is opened anew after this many requests (default: never).', {
        min: 1,
      }),
    ),
    lifetime: f.optional(
      f.duration('A connection is opened anew after this time (default: never).', { min: '1ms' }),
    ),
  },
  { description: 'balancer: sticky. Keep-alive connections, each pinned to a pod.' },
);

const FixedSchema = Type.Object(
  {
    replicas: f.count('Pods, ready from the start to the end.', {
      default: 1,
      min: 1,
      max: 10_000,
    }),
    cpu: f.cpu('CPU of each, which its slots are derived from and shared CPU is of.', {
      default: '4',
      min: '10m',
      source: 'modelling choice',
    }),
  },
  {
    description:
      'A service of fixed size, such as a database: no strategy scales it, and its cost is in no bill.',
  },
);

export const serviceFields = {
  sharing: f.optional(
    f.oneOf(
      'What requests in service share: nothing (`slots`, each at full speed), or the CPU of their pod (`processor`, default concurrency 200).',
      ['slots', 'processor'],
      { source: 'Apache Tomcat 10 maxThreads 200' },
    ),
  ),
  throttling: f.optional(
    f.oneOf(
      'sharing: processor. How the CPU limit of a pod is kept: at every instant (`fluid`, the default, and of VMs always), or by a quota per 100 ms (`cfs`).',
      ['fluid', 'cfs'],
    ),
  ),
  choices: f.optional(
    f.count('balancer: power-of-two. Pods that are compared (default: 2).', { min: 2, max: 8 }),
  ),
  weights: Type.Optional(
    Type.Array(
      f.count('balancer: weighted. Weight of a pod: pod n has that of place n, over and over.', {
        min: 1,
        max: 100,
      }),
      { minItems: 1, maxItems: 100 },
    ),
  ),
  sticky: Type.Optional(StickySchema),
  calls: Type.Optional(Type.Array(CallSchema, { maxItems: 20 })),
  fixed: Type.Optional(FixedSchema),
  warmUp: Type.Optional(WarmUpSchema),
  slowStart: Type.Optional(SlowStartSchema),
  image: Type.Optional(ServiceImageSchema),
  memory: Type.Optional(ServiceMemorySchema),
};
