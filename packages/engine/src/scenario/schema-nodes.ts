/**
 * The nodes of a cluster in the scenario format: pools, what adds and removes nodes, what they take
 * to come and go, and how that fails.
 */
import Type, { type Static } from 'typebox';
import { PLANS } from '../finance/index.ts';
import { LOOPS } from '../provisioning/cluster-autoscaler.ts';
import { EXPANDERS } from '../provisioning/expanders/index.ts';
import { PROVISIONERS } from '../provisioning/index.ts';
import * as f from './fields.ts';
import { delay } from './schema-delay.ts';
import { KarpenterSchema } from './schema-karpenter.ts';
import { ServerlessSchema } from './schema-serverless.ts';

const NODE = 'docs/model.md, section 7';
const FLAGS = 'cluster-autoscaler';

export const NodePoolSchema = Type.Object(
  {
    name: f.name('Name of the pool.'),
    type: f.optional(f.string('Instance type (default: nodes.type).')),
    types: Type.Optional(
      Type.Array(f.string('Instance type.'), {
        minItems: 1,
        maxItems: 600,
        description: 'karpenter: instance types to choose from, instead of `type`.',
      }),
    ),
    min: f.count('Nodes that always run.', { default: 0, max: 100_000 }),
    max: f.optional(f.count('Most nodes (default: nodes.max).', { min: 1, max: 100_000 })),
    zone: f.optional(f.name('Zone of all its nodes (default: spread over nodes.zones).')),
    billing: f.optional(
      f.oneKeyOf('Price plan of its nodes (default: that of the strategy).', PLANS),
    ),
    weight: f.number('The highest goes first: expander priority, weight of Karpenter.', {
      default: 0,
      min: 0,
      max: 100,
    }),
  },
  { description: 'Nodes that are alike: a node group, or a NodePool.' },
);

export const StockOutSchema = Type.Object(
  {
    from: f.clockTime('From when on the cloud has no such instance.'),
    until: f.optional(f.clockTime('Until when (default: the end of the scenario).')),
    pool: f.optional(f.name('Pool that it hits (default: all).')),
    zone: f.optional(f.name('Zone that it hits (default: all).')),
  },
  { description: 'A time without stock: launches are refused, running nodes stay.' },
);

export const ZoneOutageSchema = Type.Object(
  {
    zone: f.name('Zone that fails, with all its nodes.'),
    at: f.clockTime('When.'),
    until: f.optional(
      f.clockTime('When nodes can be launched in it again (default: the end of the scenario).'),
    ),
  },
  { description: 'A zone goes down.' },
);

const slowNodes = (what: string) =>
  Type.Object(
    {
      share: f.share('Share of the nodes.', { min: 0, max: 1 }),
      factor: f.number('They take this many times as long.', { min: 1, max: 1000 }),
    },
    { description: `${what} (absent: none).` },
  );

export const NodeFailuresSchema = Type.Object(
  {
    stockOut: f.share('Share of the launches that the cloud refuses for lack of stock.', {
      default: 0,
      min: 0,
      max: 1,
    }),
    stockOuts: Type.Optional(Type.Array(StockOutSchema, { maxItems: 100 })),
    zoneOutages: Type.Optional(Type.Array(ZoneOutageSchema, { maxItems: 100 })),
    noJoin: f.share(
      'Share of the instances that run, are paid for, and never become a node; they are given up after maxProvisionTime.',
      { default: 0, min: 0, max: 1, source: NODE },
    ),
    slow: Type.Optional(slowNodes('Nodes that take much longer to come than the others')),
    slowStop: Type.Optional(slowNodes('Nodes that take much longer to go than the others')),
    deathsPerHour: f.number('How often a running node dies with all its pods, per hour.', {
      default: 0,
      min: 0,
      max: 1000,
    }),
  },
  { description: 'What goes wrong with nodes.' },
);

export const SpotSchema = Type.Object(
  {
    interruptionsPerHour: f.number('How often a node of billing spot is taken back, per hour.', {
      default: 0.05,
      min: 0,
      max: 1000,
      source: 'modelling choice; differs by type, zone and day',
    }),
    notice: f.duration('From the notice, on which the node is drained, to its end.', {
      default: '2m',
      max: '1h',
      source: 'Amazon EC2 spot interruption notice, 2 minutes',
    }),
  },
  { description: 'Interruptions of nodes of billing spot (absent: there are none).' },
);

export const NodeQuotaSchema = Type.Object(
  {
    nodes: f.optional(f.count('Nodes of all pools.', { max: 100_000 })),
    cpu: f.optional(f.cpu('CPU of all nodes.')),
  },
  { description: 'What the cloud account may run: launches beyond it are refused.' },
);

/** Fields that are the Cluster Autoscaler's alone. */
const clusterAutoscalerFields = {
  loop: f.oneOf(
    'Cluster Autoscaler: frequent = a loop also starts when a pod finds no node, and at once after one that changed something; timed = one per scanInterval.',
    LOOPS,
    { default: 'frequent', source: `${FLAGS} --frequent-loops-enabled, on from 1.35` },
  ),
  scanInterval: f.duration('Cluster Autoscaler: pause between two loops.', {
    default: '10s',
    min: '100ms',
    source: `${FLAGS} --scan-interval`,
  }),
  loopRun: delay('Cluster Autoscaler: how long a loop computes.', '1s', 0.5, NODE),
  expander: f.oneKeyOf('Cluster Autoscaler: which pool grows, of several that could.', EXPANDERS, {
    default: 'least-waste',
    source: `${FLAGS} --expander, least-waste from 1.33`,
  }),
  maxNodesTotal: f.optional(
    f.count('Cluster Autoscaler: most nodes of all pools together (default: no limit).', {
      min: 1,
      max: 100_000,
    }),
  ),
  maxProvisionTime: f.duration('A node that has not joined after this is given up.', {
    default: '15m',
    min: '1s',
    source: `${FLAGS} --max-node-provision-time`,
  }),
  backoff: Type.Object(
    {
      initial: f.duration('After a first failure.', {
        default: '5m',
        source: `${FLAGS} --initial-node-group-backoff-duration`,
      }),
      max: f.duration('At most: each further failure doubles it.', {
        default: '30m',
        source: `${FLAGS} --max-node-group-backoff-duration`,
      }),
      reset: f.duration('A failure is forgotten after this.', {
        default: '3h',
        source: `${FLAGS} --node-group-backoff-reset-timeout`,
      }),
    },
    { description: 'Cluster Autoscaler: how long a pool whose launch failed is left alone.' },
  ),
  utilizationThreshold: f.share(
    'Cluster Autoscaler: a node with no larger share of its CPU and memory requested may go, if its pods fit elsewhere.',
    { default: '50%', min: 0, max: 1, source: `${FLAGS} --scale-down-utilization-threshold` },
  ),
  unneededTime: f.duration('Cluster Autoscaler: a node unneeded for longer than this is removed.', {
    default: '10m',
    source: `${FLAGS} --scale-down-unneeded-time`,
  }),
  delayAfterAdd: f.duration('Cluster Autoscaler: no removal for this long after an addition.', {
    default: '10m',
    source: `${FLAGS} --scale-down-delay-after-add`,
  }),
};

export const NodesSchema = Type.Object(
  {
    type: f.string(
      'Instance type of the nodes; its CPU, memory and price come from the price book.',
      { default: 'c7i.4xlarge' },
    ),
    provisioner: f.oneKeyOf('What adds and removes nodes.', PROVISIONERS, {
      default: 'cluster-autoscaler',
    }),
    min: f.count('Nodes that always run.', { default: 1, max: 100_000 }),
    max: f.count('Most nodes of the pool.', { default: 1000, min: 1, max: 100_000 }),
    zones: Type.Optional(
      Type.Array(f.name('Name of a zone.'), {
        minItems: 1,
        maxItems: 20,
        description: 'Zones over which pools spread their nodes evenly (default: one).',
      }),
    ),
    pools: Type.Optional(
      Type.Array(NodePoolSchema, {
        minItems: 1,
        maxItems: 50,
        description: 'Several pools (default: one, of the fields here).',
      }),
    ),
    reservedCpu: f.cpu('CPU of a node kept for the system.', {
      default: '200m',
      source: 'modelling choice; managed clouds keep 60m to 350m on such nodes',
    }),
    reservedMemory: f.bytes('Memory of a node kept for the system.', {
      default: '2Gi',
      source: 'modelling choice',
    }),
    maxPods: f.optional(
      f.count('Pods that a node takes (default: 110).', {
        min: 1,
        max: 1000,
        source: 'kubernetes/kubernetes, kubelet maxPods',
      }),
    ),
    request: delay('Node requested → instance runs (payment starts).', '22s', 0.06, NODE),
    join: delay('Instance runs → node ready for pods.', '128s', 0.35, NODE),
    stop: delay('Node given up → instance gone (payment ends).', '30s', 0.5, NODE),
    ...clusterAutoscalerFields,
    karpenter: Type.Optional(KarpenterSchema),
    serverless: Type.Optional(ServerlessSchema),
    failures: Type.Optional(NodeFailuresSchema),
    spot: Type.Optional(SpotSchema),
    quota: Type.Optional(NodeQuotaSchema),
  },
  { description: 'The nodes and their pools.' },
);

export type SlowNodes = NonNullable<Static<typeof NodeFailuresSchema>['slow']>;
export type NodesSpec = Static<typeof NodesSchema>;
export type NodePoolSpec = Static<typeof NodePoolSchema>;
