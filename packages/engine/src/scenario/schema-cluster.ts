/**
 * The cluster's part of the scenario format: start-up chain, metrics pipeline, flags of
 * the HPA controller, Kubernetes objects.
 */
import Type, { type Static } from 'typebox';
import { CUSTOM_MEASURES } from '../cluster/custom-measures.ts';
import { HPA_RELEASES } from '../scaling/hpa-release.ts';
import * as f from './fields.ts';
import { delay } from './schema-delay.ts';
import { ImageSchema, PullSchema } from './schema-image.ts';
import { NodesSchema } from './schema-nodes.ts';
import { podStartFields } from './schema-pod.ts';
import { creationFields, SchedulingSchema } from './schema-scheduling.ts';

const STARTUP = 'docs/model.md, section 5';
export const StartupSchema = Type.Object(
  {
    create: delay('Controllers and API server: wanted → pod object exists.', '300ms', 0.5, STARTUP),
    createRate: f.rate('Pod creations per second that the controller manager may do.', {
      default: '20/s',
      min: 0.1,
      source: 'kube-controller-manager --kube-api-qps 20; docs/model.md, section 5',
    }),
    createBurst: f.count('Burst of the creation limit.', {
      default: 30,
      min: 1,
      source: 'kube-controller-manager --kube-api-burst 30',
    }),
    schedule: delay('Scheduler: pod object → bound to a node.', '50ms', 0.5, STARTUP),
    image: ImageSchema,
    pull: PullSchema,
    container: delay('Sandbox, network, container create and start.', '1330ms', 0.28, STARTUP),
    startsPerNode: f.rate('Containers that one node starts per second.', {
      default: '4/s',
      min: 0.01,
      source: '50 pods on one node in 12 s; docs/model.md, section 5',
    }),
    app: delay(
      'Process start → the application answers its readiness probe.',
      '20s',
      0.05,
      STARTUP,
    ),
    appCpu: f.optional(
      f.cpu(
        'CPU that the application uses while it starts, at most its limit (default: none); kubelets sample it, it slows nothing down (appWork does).',
      ),
    ),
    status: f.duration('Kubelet status lag after the probe, uniform from 0 to this.', {
      default: '1s',
      source: 'kubelet PLEG relist period 1 s',
    }),
    slice: delay('EndpointSlice update after Ready.', '200ms', 0.5, STARTUP),
    proxySync: f.duration('kube-proxy sync, uniform from 0 to this.', {
      default: '1s',
      source: 'kube-proxy minSyncPeriod 1 s',
    }),
    proxy: delay('Watch and write of the proxy rules.', '300ms', 0.5, STARTUP),
    ...creationFields,
    ...podStartFields,
  },
  { description: 'From “replica wanted” to the first request served, sampled stage by stage.' },
);

export const CustomMetricSchema = Type.Object(
  {
    measure: f.oneKeyOf(
      'What it measures: of each pod (Pods metrics; the first two) or of the whole service (Object and External metrics; all).',
      CUSTOM_MEASURES,
    ),
    service: f.optional(
      f.name('Service that Object and External metrics measure (default: the one that is scaled).'),
    ),
    window: f.duration('The rate or mean over this time is the value.', {
      default: '2m',
      min: '1s',
      max: '1h',
      source: 'kubernetes-sigs/prometheus-adapter docs/config-walkthrough.md, rate(…[2m])',
    }),
    delay: f.duration('Age of the end of the window when the HPA asks.', {
      default: '0s',
      max: '1h',
      source: 'prometheus-adapter and KEDA query when the HPA asks; hosted monitoring lags',
    }),
    resolution: f.duration('How often a sample is taken.', {
      default: '1m',
      min: '1s',
      source: 'Prometheus scrape_interval, default 1m',
    }),
  },
  { description: 'A metric of the custom or external metrics API, by an adapter of its own.' },
);

export const MetricsSchema = Type.Object(
  {
    kubeletPeriod: f.duration('How often the kubelet refreshes the CPU sample of its pods.', {
      default: '10s',
      min: '1s',
      source: 'cluster-autoscaler FAQ: about 10 s',
    }),
    resolution: f.duration('How often metrics-server collects the samples.', {
      default: '15s',
      min: '10s',
      source: 'metrics-server shipped manifest, --metric-resolution=15s',
    }),
    custom: Type.Optional(
      Type.Record(Type.String(), CustomMetricSchema, {
        [f.RECORD_KEYS]: 'metric',
        description: 'Metric name, as HPAs write it → what it measures.',
        maxProperties: 100,
      }),
    ),
  },
  { description: 'The metrics pipeline in front of the HPA.' },
);

const HPA_FLAGS = 'kube-controller-manager';
export const HpaControllerSchema = Type.Object(
  {
    syncPeriod: f.duration('Period of each HPA’s reconcile.', {
      default: '15s',
      min: '1s',
      source: `${HPA_FLAGS} --horizontal-pod-autoscaler-sync-period`,
    }),
    tolerance: f.number('No scaling while |ratio − 1| is within this.', {
      default: 0.1,
      min: 0,
      max: 1,
      source: `${HPA_FLAGS} --horizontal-pod-autoscaler-tolerance`,
    }),
    downscaleStabilization: f.duration('Scale-down takes the highest proposal of this window.', {
      default: '5m',
      source: `${HPA_FLAGS} --horizontal-pod-autoscaler-downscale-stabilization`,
    }),
    cpuInitializationPeriod: f.duration('CPU samples of pods younger than this are checked.', {
      default: '5m',
      source: `${HPA_FLAGS} --horizontal-pod-autoscaler-cpu-initialization-period`,
    }),
    initialReadinessDelay: f.duration('Readiness changes this soon after start are ignored.', {
      default: '30s',
      source: `${HPA_FLAGS} --horizontal-pod-autoscaler-initial-readiness-delay`,
    }),
    concurrentSyncs: f.count('Workers: HPAs that are reconciled at the same time.', {
      default: 5,
      min: 1,
      max: 10_000,
      source: `${HPA_FLAGS} --concurrent-horizontal-pod-autoscaler-syncs`,
    }),
    syncDuration: f.duration('Time that a worker takes for one reconcile.', {
      default: '0s',
      max: '1h',
      source: 'docs/model.md, section 6',
    }),
    otherHpas: f.count('HPAs of others in the cluster, which share the workers.', {
      default: 0,
      max: 10_000,
    }),
    compat: f.oneKeyOf('Release of Kubernetes that the HPA decides as.', HPA_RELEASES, {
      default: 'current',
      source: 'docs/model.md, section 6',
    }),
  },
  { description: 'Flags of the HPA controller, and its release.' },
);

/** One verbatim Kubernetes object, or `{ file }` naming a YAML file of them. */
export const KubernetesObjectSchema = Type.Unsafe<Readonly<Record<string, unknown>>>({
  type: 'object',
  description:
    'A verbatim Deployment (apps/v1) or HorizontalPodAutoscaler (autoscaling/v2), or { file }.',
});

export const KubernetesSchema = Type.Object(
  {
    objects: Type.Optional(Type.Array(KubernetesObjectSchema, { maxItems: 200 })),
    startup: StartupSchema,
    nodes: NodesSchema,
    scheduling: SchedulingSchema,
    metrics: MetricsSchema,
    hpaController: HpaControllerSchema,
  },
  { description: 'The cluster; strategies of kind kubernetes start from it.' },
);

export type StartupSpec = Static<typeof StartupSchema>;
export type CustomMetricSpec = Static<typeof CustomMetricSchema>;
export type MetricsSpec = Static<typeof MetricsSchema>;
export type HpaControllerSpec = Static<typeof HpaControllerSchema>;
