/**
 * The scenario format v1: the one source of its types, validation, JSON Schema and documentation.
 * Objects refuse unknown keys. `Scenario` (scenario.ts) is what `parse` makes of a file.
 */
import Type from 'typebox';
import { PLANS } from '../finance/index.ts';
import { BALANCERS } from '../flow/balancers/index.ts';
import { AUTOSCALERS } from '../scaling/index.ts';
import * as f from './fields.ts';
import { KubernetesSchema, StartupSchema } from './schema-cluster.ts';
import { lawFields } from './schema-law.ts';
import { LoadSchema } from './schema-load.ts';
import { NodesSchema } from './schema-nodes.ts';
import { FaultSchema } from './schema-pod.ts';
import { PodPricesSchema } from './schema-pod-prices.ts';
import { scalerSections } from './schema-scalers.ts';
import { schedulingFields } from './schema-scheduling.ts';
import { serviceFields } from './schema-service.ts';
import { VmFlavourSchema, vmGroupFields } from './schema-vm.ts';

export * from './schema-cluster.ts';
export * from './schema-image.ts';
export * from './schema-load.ts';
export * from './schema-nodes.ts';
export * from './schema-pod.ts';
export * from './schema-scalers.ts';
export * from './schema-scheduling.ts';
export * from './schema-vm.ts';
export * from './schema-warm-up.ts';

export const ServiceTimeSchema = Type.Object(lawFields('service time'), {
  description:
    'Service time of one request on one slot. Which fields go together depends on `dist`; see docs/model.md, section 2.',
});

export const ServiceSchema = Type.Object(
  {
    time: ServiceTimeSchema,
    cpuPerRequest: f.duration('CPU time that one request needs on average.', { min: '1us' }),
    concurrency: f.optional(
      f.count(
        'Slots per pod: requests served at once (default: as many as the CPU limit carries, limit × mean ÷ cpuPerRequest).',
        { min: 1, max: 4096 },
      ),
    ),
    queue: Type.Object(
      {
        limit: f.count('Requests that may wait per pod; one more is rejected.', {
          default: 100,
          max: 1_000_000,
          source: 'Apache Tomcat 10 acceptCount 100',
        }),
      },
      { description: 'The queue in front of the slots of a pod.' },
    ),
    balancer: f.oneKeyOf('How requests choose a pod.', BALANCERS, {
      default: 'round-robin',
      source: 'nginx upstream module, default method',
    }),
    ...serviceFields,
  },
  { description: 'A service: its work per request and its pods’ slots.' },
);

export const ScheduleSchema = Type.Object(
  {
    at: f.clockTime('When the floor starts to hold, or what it is to be ready for (see lead).'),
    lead: f.optional(f.duration('It starts this long before `at` (default: at `at`).')),
    until: f.optional(f.clockTime('When it ends (default: the end of the scenario).')),
    hold: f.optional(f.duration('It ends this long after `at`, instead of until.', { min: '1s' })),
    service: f.optional(f.name('Service it holds for (default: all).')),
    minReplicas: f.count('The HPA’s minReplicas from `at` to `until`.', { min: 1, max: 100_000 }),
  },
  { description: 'A pre-scale: raises minReplicas ahead of a known event.' },
);

const strategyHead = {
  name: f.name('Name of the strategy (default: its kind).'),
  title: f.optional(f.text('Shown instead of the name.')),
  extends: f.optional(f.name('Name of an earlier strategy whose fields are taken over.')),
  billing: f.oneKeyOf('Price plan of its machines.', PLANS, { default: 'on-demand' }),
};

export const VmPeakSchema = Type.Object(
  {
    ...strategyHead,
    kind: Type.Literal('vm-peak'),
    vm: VmFlavourSchema,
    peak: f.optional(
      f.rate('Arrival rate to size for (default: the highest of the scenario’s load).'),
    ),
    headroom: f.share('Capacity kept above the peak.', {
      default: '30%',
      min: 0,
      max: 10,
      source: 'modelling choice; docs/model.md, VM sizing',
    }),
    count: f.optional(
      f.count('VMs (or processes, where they share VMs) per service, instead of sizing them.', {
        min: 1,
        max: 100_000,
      }),
    ),
    packing: f.optional(
      f.oneOf(
        'one-per-vm (default): a VM runs one service, with all its CPU; shared: processes with the CPU and memory of a pod are packed onto VMs.',
        ['one-per-vm', 'shared'],
      ),
    ),
  },
  { description: 'VMs sized by queueing formulas for the peak, always on.' },
);

export const VmGroupSchema = Type.Object(
  { ...strategyHead, ...vmGroupFields },
  { description: 'Groups of VMs, one per service, that a scaling policy grows and shrinks.' },
);

export const KubernetesStrategySchema = Type.Object(
  {
    ...strategyHead,
    kind: Type.Literal('kubernetes'),
    autoscaler: f.oneKeyOf('What sets the replica count.', AUTOSCALERS, { default: 'hpa' }),
    replicas: f.optional(
      f.count('Replicas per service: the fixed number, or where the HPA starts.', {
        min: 1,
        max: 100_000,
      }),
    ),
    schedule: Type.Optional(Type.Array(ScheduleSchema, { maxItems: 1000 })),
    ...scalerSections,
    startup: Type.Optional(StartupSchema),
    nodes: Type.Optional(NodesSchema),
    ...schedulingFields,
  },
  {
    description:
      'Pods of a Deployment on a node pool. `startup` and `nodes` override `kubernetes`.',
  },
);

export const ObjectivesSchema = Type.Object(
  {
    latency: f.duration('A request served within this time is good.', {
      default: '500ms',
      min: '1us',
    }),
    attainment: f.share('Share of all requests that must be good.', {
      default: '99%',
      min: 0,
      max: 1,
    }),
  },
  { description: 'The service level objective.' },
);

export const ThresholdSchema = Type.Object(
  {
    measure: f.string('A measure of the verdict, such as sloAttainment, latencyP99, cost.'),
    is: f.string('Comparison: operator and value, “<= 800ms”, “>= 99%”, or “< 50% of vm-peak”.'),
    strategy: f.optional(f.name('Strategy it holds for (default: every strategy).')),
    level: f.oneOf('error fails the run (exit code 99), warn only reports.', ['error', 'warn'], {
      default: 'error',
    }),
  },
  { description: 'A gate for CI.' },
);

export const VarSchema = Type.Object(
  {
    value: Type.Unsafe<string | number>({ description: `Text that replaces \${name}.` }),
    range: Type.Optional(
      Type.Array(Type.Unsafe<string | number>({}), { minItems: 2, maxItems: 2 }),
    ),
    label: f.optional(f.text('Label of the slider.')),
  },
  { description: 'A knob that sliders, --set and sweeps address by name.' },
);

export const ScenarioSchema = Type.Object(
  {
    apiVersion: Type.Literal('peakless/v1'),
    name: f.name('Name of the scenario; becomes part of report file names.'),
    title: f.optional(f.text('One line for people.')),
    description: f.optional(f.text('What to look at.')),
    clock: Type.Object(
      {
        start: f.instant('Wall-clock time at which the scenario starts, with its UTC offset.', {
          default: '2026-01-01T07:45:00+08:00',
        }),
        duration: f.duration('Length of the scenario.', { default: '30m', min: '1s', max: '366d' }),
        warmup: f.duration(
          'Requests of this first part are simulated, but no counts, times and queue lengths are taken of them; cost and capacity are of the whole.',
          { default: '0s', min: 0 },
        ),
      },
      { description: 'When, and how long.' },
    ),
    seed: f.seed('Every random stream derives from it.', { default: 20260101 }),
    replications: f.count('Independent repetitions, from which the intervals come.', {
      default: 5,
      min: 1,
      max: 1000,
    }),
    vars: Type.Optional(
      Type.Record(Type.String(), VarSchema, {
        [f.RECORD_KEYS]: 'variable',
        description: `Variable name → variable; any text of the file may use it as \${name}.`,
        maxProperties: 100,
      }),
    ),
    load: Type.Array(LoadSchema, { minItems: 1, maxItems: 100 }),
    services: Type.Record(Type.String(), ServiceSchema, {
      [f.RECORD_KEYS]: 'name',
      description: 'Service name → service.',
      minProperties: 1,
      maxProperties: 100,
    }),
    kubernetes: KubernetesSchema,
    strategies: Type.Array(Type.Union([VmPeakSchema, VmGroupSchema, KubernetesStrategySchema]), {
      minItems: 1,
      maxItems: 50,
    }),
    faults: Type.Optional(Type.Array(FaultSchema, { maxItems: 1000 })),
    baseline: f.optional(
      f.name('Strategy that the others are compared with (default: the first).'),
    ),
    objectives: ObjectivesSchema,
    thresholds: Type.Optional(Type.Array(ThresholdSchema, { maxItems: 200 })),
    prices: Type.Object(
      {
        book: f.string('Price book, relative to the scenario file.', {
          default: 'builtin:aws-us-east-1',
        }),
        overrides: Type.Optional(
          Type.Record(
            Type.String(),
            Type.Record(Type.String(), f.money('Price per hour under this plan.', { min: 0 })),
            { description: 'Instance type → plan → price per hour.' },
          ),
        ),
        pods: Type.Optional(PodPricesSchema),
      },
      { description: 'Where prices come from.' },
    ),
  },
  { description: 'A Peakless scenario.' },
);

export type DelaySpec = { readonly median: number; readonly sigma: number };
