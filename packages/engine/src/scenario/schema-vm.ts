/** VMs in the scenario format: the flavour; groups of VMs that scale, also in a private cloud. */
import Type, { type Static } from 'typebox';
import { VM_TERMINATIONS } from '../cluster/vm-termination.ts';
import { WARM_POOL_STATES } from '../cluster/vm-world.ts';
import { ADJUSTMENTS } from '../scaling/vm/adjustment.ts';
import { VM_POLICIES } from '../scaling/vm/index.ts';
import { VM_METRICS } from '../scaling/vm/policy.ts';
import * as f from './fields.ts';
import { delay } from './schema-delay.ts';

const VM = 'docs/model.md, section 7';
const AWS = 'awsdocs/amazon-ec2-auto-scaling-user-guide';
const EC2 = 'brevdev/ec2-coldboot-research (API call 4.8 s, pending to running 17.8 s, boot 3.2 s)';

export const VmFlavourSchema = Type.Object(
  {
    type: f.string('Instance type; its CPU, memory and price come from the price book.', {
      default: 'c7i.2xlarge',
    }),
    reservedCpu: f.cpu('CPU of a VM that its operating system and agents take.', {
      default: '300m',
      source: 'modelling choice',
    }),
  },
  { description: 'The VM flavour.' },
);

export const VmAlarmsSchema = Type.Object(
  {
    period: f.duration(
      'Length of a period of the metric: 60s is detailed monitoring, 5m basic monitoring, 10s a high-resolution metric.',
      { default: '60s', min: '1s', max: '1h', source: `${AWS}, as-scaling-target-tracking.md` },
    ),
    outPoints: f.count('Periods in a row above the threshold until the group grows.', {
      default: 3,
      min: 1,
      max: 100,
      source: VM,
    }),
    inPoints: f.count('Periods in a row below the threshold until it shrinks.', {
      default: 15,
      min: 1,
      max: 1000,
      source: VM,
    }),
    delay: f.optional(
      f.duration(
        'From the end of a period until alarms see it (default: one period for cpu, 120s for requests; docs/model.md, section 7).',
        { max: '1h' },
      ),
    ),
    evaluation: f.duration('How often the alarms look, and act while they are on.', {
      default: '60s',
      min: '1s',
      max: '1h',
      source: 'modelling choice',
    }),
  },
  { description: 'The metric of the policy and the two alarms on it.' },
);

export const TargetTrackingSchema = Type.Object(
  {
    metric: f.oneOf('cpu: of the VMs’ CPU in use; requests: per VM and minute.', VM_METRICS, {
      default: 'cpu',
    }),
    target: f.optional(
      f.number(
        'Value to hold: percent for cpu (default 50), requests per VM and minute for requests.',
        { min: 0.001, max: 1e9 },
      ),
    ),
    margin: f.share('How far below the target the scale-in alarm begins.', {
      default: '10%',
      min: 0,
      max: 0.99,
      source: VM,
    }),
    scaleIn: f.boolean('The policy may shrink the group.', { default: true }),
  },
  { description: 'Holds the metric at a target.' },
);

const OutStepSchema = Type.Object(
  {
    from: f.number('Metric from which the step holds: percent, or requests per VM and minute.', {
      min: 0,
    }),
    change: f.count('VMs more, percent of the group, or its capacity; see `adjustment`.'),
  },
  { description: 'A step up.' },
);

const InStepSchema = Type.Object(
  {
    below: f.number('Metric up to which the step holds.', { min: 0 }),
    change: f.count('VMs fewer, percent of the group, or its capacity; see `adjustment`.'),
  },
  { description: 'A step down.' },
);

export const StepsSchema = Type.Object(
  {
    metric: f.oneOf('cpu: of the VMs’ CPU in use; requests: per VM and minute.', VM_METRICS, {
      default: 'cpu',
    }),
    adjustment: f.oneOf('What `change` means.', ADJUSTMENTS, { default: 'change' }),
    out: Type.Optional(Type.Array(OutStepSchema, { maxItems: 20 })),
    in: Type.Optional(Type.Array(InStepSchema, { maxItems: 20 })),
    cooldown: f.optional(
      f.duration('simple: pause after an activity (default: 300s).', { max: '24h' }),
    ),
  },
  { description: 'Steps of the policies `step` and `simple` (one in each direction).' },
);

export const VmLaunchSchema = Type.Object(
  {
    request: Type.Optional(
      delay(
        'Launch call → running: the payment begins (default: these values, or privateCloud.request).',
        '22600ms',
        0.06,
        EC2,
      ),
    ),
    boot: Type.Optional(
      delay(
        'Running → the operating system is up (default: these values, or privateCloud.boot).',
        '3200ms',
        0.06,
        EC2,
      ),
    ),
    bootstrap: delay('Agents, configuration, deployment.', '30s', 0.3, 'modelling choice'),
    app: delay('Start of the application.', '20s', 0.05, 'docs/model.md, section 5'),
    healthCheck: Type.Object(
      {
        interval: f.duration('Between checks of the load balancer.', {
          default: '30s',
          min: '1s',
          max: '300s',
          source: VM,
        }),
        threshold: f.count('Checks in a row that must pass; a newly registered VM needs one.', {
          default: 1,
          min: 1,
          max: 10,
          source: VM,
        }),
      },
      { description: 'The load balancer’s check before a VM gets requests.' },
    ),
    warmUp: f.duration('From running until a VM counts for the metric and as capacity.', {
      default: '300s',
      max: '1h',
      source: 'modelling choice: as long as the usual cooldown',
    }),
  },
  { description: 'From the launch to the first request.' },
);

export const VmScaleInSchema = Type.Object(
  {
    deregistration: f.duration('A VM that leaves serves what it holds for so long.', {
      default: '300s',
      max: '1h',
      source: VM,
    }),
    stop: delay('Stop → gone.', '30s', 0.5, 'modelling choice'),
    termination: f.oneKeyOf('Which VMs go first.', VM_TERMINATIONS, { default: 'oldest' }),
  },
  { description: 'The way back.' },
);

export const WarmPoolSchema = Type.Object(
  {
    size: f.count('VMs kept in the pool.', { min: 1, max: 100_000 }),
    state: f.oneKeyOf(
      'stopped: the operating system and the application start again; hibernated: they go on; running: paid all the time.',
      WARM_POOL_STATES,
      { default: 'stopped', source: 'brevdev/ec2-coldboot-research' },
    ),
    resume: f.optional(
      f.duration(
        'Median from the decision to running (default: 21.2s stopped, 20.7s hibernated, 1.9s running).',
        { max: '1h' },
      ),
    ),
  },
  { description: 'VMs prepared ahead; one that is taken is replaced.' },
);

export const VmHostsSchema = Type.Object(
  {
    count: f.count('Physical hosts.', { default: 100, min: 1, max: 10_000 }),
    cores: f.count('Cores of a host.', { default: 32, min: 1, max: 1024 }),
    overcommit: f.number('Virtual CPUs per core that the scheduler gives away.', {
      default: 4,
      min: 0.1,
      max: 64,
      source: 'modelling choice',
    }),
    neighbours: f.count('VMs of others per host that burn a core each.', {
      default: 0,
      max: 10_000,
    }),
    ioShare: f.share('Share of a guest’s boot, alone on its host, that is input and output.', {
      default: '26%',
      min: 0,
      max: 1,
      source: 'SamFu1113/NCU-VMDataset, hosts C1 and C2; docs/model.md, section 7',
    }),
    sharedIo: f.share('Share of this that boots at the same time on a host contend for.', {
      default: '30%',
      min: 0,
      max: 1,
      source: 'fitted to hosts C1 and C2 of the same; docs/model.md, section 7',
    }),
  },
  { description: 'The hosts on which guests boot.' },
);

export const VmImageSchema = Type.Object(
  {
    size: f.bytes('Size of the VM image, copied whole to a host that lacks it.', {
      default: '3GB',
      max: '1TB',
    }),
    cached: f.boolean('The hosts have it at the start.', { default: true }),
    hostRate: f.byteRate('Rate at which a host takes it.', {
      default: '250MB/s',
      min: '100kB/s',
      source: 'modelling choice',
    }),
    storeRate: f.byteRate('Rate of the image store, shared by all hosts.', {
      default: '1.25GB/s',
      min: '100kB/s',
      source: 'modelling choice: one 10-gigabit link',
    }),
  },
  { description: 'The VM image.' },
);

const RALLY =
  'openstack/performance-docs, boot_server under open arrivals; docs/model.md, section 7';
export const PrivateCloudSchema = Type.Object(
  {
    request: delay('Boot call → active, without a queue.', '12s', 0.08, RALLY),
    boot: delay('Active → the guest’s system and services are up.', '60s', 0.3, 'modelling choice'),
    capacity: f.rate('Boot calls that the control plane works off.', {
      default: '1.55/s',
      min: 0.01,
      source: RALLY,
    }),
    otherRequests: f.rate('Boot calls of others.', { default: '0/s', min: 0 }),
    timeout: f.duration('A boot call that takes longer fails, and is worked off all the same.', {
      default: '60s',
      min: '1s',
      source: `oslo.messaging, rpc_response_timeout; ${RALLY}`,
    }),
    image: VmImageSchema,
    hosts: VmHostsSchema,
  },
  {
    description:
      'The VMs run in a private cloud: its control plane, image store and hosts instead of `launch.request` and `launch.boot`.',
  },
);

export const VmActionSchema = Type.Object(
  {
    at: f.clockTime('When it happens.'),
    service: f.optional(f.name('Service whose group it changes (default: all).')),
    min: f.optional(f.count('The group’s min from then on.', { max: 100_000 })),
    max: f.optional(f.count('The group’s max from then on.', { max: 100_000 })),
    desired: f.optional(f.count('Desired capacity, once.', { max: 100_000 })),
  },
  { description: 'A scheduled action.' },
);

export const vmGroupFields = {
  kind: Type.Literal('vm-group'),
  vm: VmFlavourSchema,
  min: f.count('Fewest VMs of a group; every service has a group.', { default: 1, max: 100_000 }),
  max: f.count('Most VMs of a group.', { default: 100, min: 1, max: 100_000 }),
  initial: f.optional(
    f.count('VMs at the start (default: as many as the policy would hold).', { max: 100_000 }),
  ),
  policy: f.oneKeyOf('What sets the desired capacity.', VM_POLICIES, {
    default: 'target-tracking',
  }),
  targetTracking: Type.Optional(TargetTrackingSchema),
  steps: Type.Optional(StepsSchema),
  alarms: VmAlarmsSchema,
  launch: VmLaunchSchema,
  scaleIn: VmScaleInSchema,
  warmPool: Type.Optional(WarmPoolSchema),
  privateCloud: Type.Optional(PrivateCloudSchema),
  quota: f.optional(
    f.count('VMs that the account may run at once; launches beyond it fail.', { min: 1 }),
  ),
  retry: f.duration('A launch that failed is tried again after so long.', {
    default: '60s',
    min: '1s',
    source: 'modelling choice',
  }),
  schedule: Type.Optional(Type.Array(VmActionSchema, { maxItems: 1000 })),
};

export type VmAlarmsSpec = Static<typeof VmAlarmsSchema>;
export type TargetTrackingFields = Static<typeof TargetTrackingSchema>;
export type StepsFields = Static<typeof StepsSchema>;
export type VmLaunchSpec = Static<typeof VmLaunchSchema>;
export type VmScaleInSpec = Static<typeof VmScaleInSchema>;
export type WarmPoolSpec = Static<typeof WarmPoolSchema>;
export type PrivateCloudSpec = Static<typeof PrivateCloudSchema>;
export type VmHostsSpec = Static<typeof VmHostsSchema>;
export type VmActionSpec = Static<typeof VmActionSchema>;
