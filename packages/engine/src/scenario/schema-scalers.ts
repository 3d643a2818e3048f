/**
 * The other autoscalers' part of the scenario format: sections `kpa`, `keda` and `predictive` of a
 * strategy of kind kubernetes. Field names are those of the real objects.
 */
import Type, { type Static } from 'typebox';
import * as f from './fields.ts';

const KNATIVE = 'knative/serving pkg/autoscaler/config/config.go';
export const KpaSchema = Type.Object(
  {
    metric: f.oneOf('What is aimed at per pod.', ['concurrency', 'rps'], {
      default: 'concurrency',
      source: KNATIVE,
    }),
    containerConcurrency: f.count(
      'Requests that a pod may hold at once; the activator keeps the others. 0 = no limit.',
      { default: 0, max: 1000, source: 'Knative config-defaults, container-concurrency' },
    ),
    target: f.optional(
      f.number(
        'Concurrent requests, or requests/s, per pod (default: containerConcurrency, else 100; of rps 200).',
        { min: 0.01, max: 1_000_000 },
      ),
    ),
    targetUtilization: f.share('Share of the target that is aimed for.', {
      default: '70%',
      min: 0.01,
      max: 1,
      source: `${KNATIVE}, container-concurrency-target-percentage`,
    }),
    averaging: f.oneOf('How a window is averaged.', ['linear', 'weighted-exponential'], {
      default: 'linear',
      source: 'knative/serving pkg/autoscaler/metrics/collector.go',
    }),
    stableWindow: f.duration('The long average.', {
      default: '60s',
      min: '6s',
      max: '1h',
      source: `${KNATIVE}, stable-window`,
    }),
    panicWindowShare: f.share('The short average, as a share of the long one.', {
      default: '10%',
      min: 0.01,
      max: 1,
      source: `${KNATIVE}, panic-window-percentage`,
    }),
    panicThreshold: f.share('Load over the capacity of the ready pods that starts a panic.', {
      default: '200%',
      min: 1.1,
      max: 10,
      source: `${KNATIVE}, panic-threshold-percentage`,
    }),
    maxScaleUpRate: f.number('One decision multiplies the ready pods by this at most.', {
      default: 1000,
      min: 1.01,
      max: 1_000_000,
      source: `${KNATIVE}, max-scale-up-rate`,
    }),
    maxScaleDownRate: f.number('One decision divides the ready pods by this at most.', {
      default: 2,
      min: 1.01,
      max: 1_000_000,
      source: `${KNATIVE}, max-scale-down-rate`,
    }),
    targetBurstCapacity: f.number(
      'Room for a burst without the activator in the path; 0 = only at zero pods, −1 = always.',
      { default: 211, min: -1, max: 1_000_000, source: `${KNATIVE}, target-burst-capacity` },
    ),
    activatorQueue: f.count('Requests that the activator holds for a service.', {
      default: 10_000,
      min: 1,
      max: 1_000_000,
      source: 'knative/serving pkg/activator/net/throttler.go, breakerQueueDepth',
    }),
    scaleDownDelay: f.duration('The most of this time counts on the way down.', {
      default: '0s',
      max: '1h',
      source: `${KNATIVE}, scale-down-delay`,
    }),
    activationScale: f.count('Least pods while there is load; 0 and 1 change nothing.', {
      default: 0,
      max: 100_000,
    }),
    minScale: f.count('Least pods.', { default: 0, max: 100_000, source: `${KNATIVE}, min-scale` }),
    maxScale: f.count('Most pods; 0 = no limit.', {
      default: 0,
      max: 100_000,
      source: `${KNATIVE}, max-scale`,
    }),
    initialScale: f.count('Pods before the first decision, where there is no load yet.', {
      default: 1,
      max: 100_000,
      source: `${KNATIVE}, initial-scale`,
    }),
    scaleToZero: f.boolean('Without load no pod is kept.', {
      default: true,
      source: `${KNATIVE}, enable-scale-to-zero`,
    }),
    scaleToZeroGracePeriod: f.duration('For the activator to get into the path.', {
      default: '30s',
      max: '1h',
      source: `${KNATIVE}, scale-to-zero-grace-period`,
    }),
    scaleToZeroPodRetention: f.duration('The last pod is kept at least this long.', {
      default: '0s',
      max: '1h',
      source: `${KNATIVE}, scale-to-zero-pod-retention-period`,
    }),
  },
  { description: 'The Knative Pod Autoscaler, of all services that the strategy scales.' },
);

const KEDA = 'kedacore/keda apis/keda/v1alpha1/scaledobject_types.go';

const triggerHead = {
  service: f.optional(f.name('Service that it scales (default: every one).')),
};

const metricHead = {
  ...triggerHead,
  activationThreshold: f.number('Active above this.', {
    default: 0,
    min: 0,
    max: 1e9,
    source: KEDA,
  }),
  useCachedMetrics: f.boolean('The HPA gets the value of the last poll, not a fresh one.', {
    default: false,
    source: KEDA,
  }),
};

export const CronTriggerSchema = Type.Object(
  {
    ...triggerHead,
    kind: Type.Literal('cron'),
    start: f.string('When it begins: cron expression, minute hour day month weekday.'),
    end: f.string('When it ends: cron expression.'),
    timezone: f.optional(
      f.string(
        'UTC offset (“+08:00”), UTC, or a zone without summer time, such as Asia/Shanghai (default: the offset of clock.start).',
      ),
    ),
    desiredReplicas: f.count('Replicas from start to end.', { min: 1, max: 100_000 }),
  },
  { description: 'KEDA’s cron scaler.' },
);

export const RequestRateTriggerSchema = Type.Object(
  {
    ...metricHead,
    kind: Type.Literal('request-rate'),
    threshold: f.rate('Arrivals per second that one replica is for.', { min: 0.001 }),
    window: f.duration('The rate over this time is the value.', {
      default: '2m',
      min: '1s',
      max: '1h',
      source: 'keda.sh/docs scalers/prometheus, example query rate(…[2m])',
    }),
    resolution: f.duration('How often Prometheus takes a sample.', {
      default: '15s',
      min: '1s',
      source: 'modelling choice; Prometheus’ own default is 1m',
    }),
  },
  { description: 'Prometheus: the rate of requests to the service.' },
);

export const QueueLengthTriggerSchema = Type.Object(
  {
    ...metricHead,
    kind: Type.Literal('queue-length'),
    threshold: f.number('Waiting requests that one replica is for.', { min: 0.001, max: 1e9 }),
  },
  { description: 'The length of the queue in front of the service, as of now.' },
);

export const CpuTriggerSchema = Type.Object(
  {
    ...triggerHead,
    kind: Type.Literal('cpu'),
    value: f.share('CPU utilization aimed for, a share of the request.', {
      default: '80%',
      min: 0.01,
      max: 100,
      source: 'modelling choice: the HPA’s own default',
    }),
    activationValue: f.share('Active above this utilization.', {
      default: '0%',
      min: 0,
      max: 100,
      source: 'kedacore/keda pkg/scalers/cpu_memory_scaler.go',
    }),
  },
  { description: 'CPU through metrics-server: it scales, but alone it wakes nothing from zero.' },
);

export const KedaSchema = Type.Object(
  {
    pollingInterval: f.duration('How often KEDA asks its triggers.', {
      default: '30s',
      min: '1s',
      max: '1h',
      source: KEDA,
    }),
    cooldownPeriod: f.duration('Without an active trigger for this long: to zero, or idle.', {
      default: '5m',
      max: '24h',
      source: KEDA,
    }),
    initialCooldownPeriod: f.duration('Not to zero before this age of the object.', {
      default: '0s',
      max: '24h',
      source: KEDA,
    }),
    minReplicas: f.count('Least replicas (minReplicaCount).', {
      default: 0,
      max: 100_000,
      source: KEDA,
    }),
    maxReplicas: f.count('Most replicas (maxReplicaCount).', {
      default: 100,
      min: 1,
      max: 100_000,
      source: KEDA,
    }),
    idleReplicas: f.optional(
      f.count('Replicas without an active trigger (idleReplicaCount); KEDA knows 0 alone.', {
        max: 0,
      }),
    ),
    fallback: Type.Optional(
      Type.Object(
        {
          failureThreshold: f.count('More failures in a row than this, and it falls back.', {
            default: 3,
            max: 1000,
            source: 'keda.sh/docs reference/scaledobject-spec, example',
          }),
          replicas: f.count('Replicas to fall back to.', { max: 100_000 }),
          behavior: f.oneOf(
            'Which replicas: those written, those that run, or the higher or lower of both.',
            ['static', 'currentReplicas', 'currentReplicasIfHigher', 'currentReplicasIfLower'],
            { default: 'static', source: KEDA },
          ),
        },
        { description: 'What the HPA is told while a trigger fails.' },
      ),
    ),
    outages: Type.Optional(
      Type.Array(
        Type.Object(
          {
            at: f.clockTime('When the source of the triggers’ metrics fails.'),
            until: f.clockTime('When it answers again.'),
          },
          { description: 'A time in which the triggers on metrics give errors.' },
        ),
        { maxItems: 1000 },
      ),
    ),
    triggers: Type.Array(
      Type.Union([
        CronTriggerSchema,
        RequestRateTriggerSchema,
        QueueLengthTriggerSchema,
        CpuTriggerSchema,
      ]),
      { minItems: 1, maxItems: 100 },
    ),
  },
  { description: 'A KEDA ScaledObject, of all services that the strategy scales.' },
);

export const PredictiveSchema = Type.Object(
  {
    lead: f.duration('The forecast of this time ahead counts: a pod’s way to its first request.', {
      default: '2m',
      max: '24h',
      source: 'modelling choice; docs/model.md, section 6',
    }),
    resolution: f.duration('The forecast is one number per such period: its highest rate.', {
      default: '1m',
      min: '1s',
      max: '1h',
      source: 'Aliyun AHPA: one forecast per minute',
    }),
    perPod: f.optional(
      f.rate('Rate that one pod is for (default: what it serves at `utilization` of its slots).'),
    ),
    utilization: f.share('Share of a pod’s slots that the forecast fills.', {
      default: '70%',
      min: 0.01,
      max: 1,
      source: 'modelling choice',
    }),
    error: f.number('Log-standard deviation of the forecast’s error; 0 = none.', {
      default: 0.2,
      min: 0,
      max: 3,
      source: 'modelling choice; docs/model.md, section 6',
    }),
    errorPer: f.oneOf(
      'One error for the whole run (a wrong level), or a new one every period (noise).',
      ['run', 'period'],
      { default: 'run' },
    ),
    knownEvents: f.boolean(
      'Sales are in the calendar of the forecast; else it knows the base rate alone.',
      { default: true },
    ),
    missed: f.share('Probability that a known sale is missed all the same.', {
      default: '0%',
      min: 0,
      max: 1,
    }),
  },
  { description: 'Predictive scaling: the forecast, or the HPA where that asks for more.' },
);

/** Sections of a strategy of kind kubernetes. */
export const scalerSections = {
  kpa: Type.Optional(KpaSchema),
  keda: Type.Optional(KedaSchema),
  predictive: Type.Optional(PredictiveSchema),
};

export type KpaSection = Static<typeof KpaSchema>;
export type KedaSection = Static<typeof KedaSchema>;
export type PredictiveSection = Static<typeof PredictiveSchema>;
