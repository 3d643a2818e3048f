/**
 * A pod on its node, from "image present" to "gone": start, probes, endpoints, restarts, end, and
 * what a security platform puts in between. Sections that are absent do nothing.
 */
import Type, { type Static } from 'typebox';
import * as f from './fields.ts';
import { delay } from './schema-delay.ts';

const CHOICE = 'modelling choice';
const DENSITY = 'openstack/performance-docs, Kubernetes density test report, test case 1';
const ISTIO = 'istio.io/v1.16/docs/ops/deployment/performance-and-scalability';

const TerminationSchema = Type.Object(
  {
    onTerm: f.oneOf(
      'At TERM the application serves on until no client sends to it any more (`drain`), or closes its port at once (`close`): what still arrives fails.',
      ['drain', 'close'],
      { default: 'drain', source: CHOICE },
    ),
    stopsPerNode: f.rate('Pods that one node removes per second, after they have ended.', {
      default: '1.67/s',
      min: 0.01,
      source: `50 pods of one node are gone within 30 s; ${DENSITY}`,
    }),
    crowdedStopsPerNode: f.rate('The same on a node with more than 50 pods.', {
      default: '1.22/s',
      min: 0.01,
      source: `200 pods of one node are gone within 153 s; ${DENSITY}`,
    }),
  },
  { description: 'How a pod ends; the times are those of its Deployment.' },
);

const RestartsSchema = Type.Object(
  {
    backoff: f.duration('Wait before the second restart of a container; it doubles each time.', {
      default: '10s',
      max: '1h',
      source: 'kubernetes/enhancements KEP-4603',
    }),
    maxBackoff: f.duration('Longest wait; forgotten after twice this time of good running.', {
      default: '5m',
      min: '1s',
      max: '1h',
      source: 'kubernetes/enhancements KEP-4603',
    }),
  },
  { description: 'CrashLoopBackOff.' },
);

const LoadBalancerSchema = Type.Object(
  {
    checkInterval: f.duration('Time between two health checks of a target.', {
      default: '30s',
      min: '1s',
      max: '5m',
      source: 'AWS Application Load Balancer, HealthCheckIntervalSeconds',
    }),
    healthyThreshold: f.count('Checks that a new target must pass.', {
      default: 1,
      min: 1,
      max: 10,
      source: 'AWS Application Load Balancer: a new target needs one passed check',
    }),
    deregistrationDelay: f.duration('A target that goes may serve what it holds for this long.', {
      default: '300s',
      max: '1h',
      source: 'AWS Application Load Balancer, deregistration_delay.timeout_seconds',
    }),
  },
  { description: 'An external load balancer with pods as targets, instead of kube-proxy.' },
);

const GateSchema = (doc: string, median: string) =>
  Type.Object(
    {
      median: f.duration('Median time of one check.', { default: median, source: CHOICE }),
      sigma: f.number('Standard deviation of its logarithm.', {
        default: 0.5,
        min: 0,
        max: 3,
        source: CHOICE,
      }),
      capacity: f.optional(
        f.count('Checks at once in the cluster; others wait in order (default: no limit).', {
          min: 1,
          max: 10_000,
        }),
      ),
    },
    { description: doc },
  );

const SidecarSchema = Type.Object(
  {
    start: delay(
      'Sidecar started → it serves; the application starts after it.',
      '2s',
      0.3,
      CHOICE,
    ),
    imageSize: f.bytes('Size of its image, pulled onto nodes that join later.', {
      default: '0MB',
      max: '10GB',
      source: `${CHOICE}: in the node image`,
    }),
    cpuRequest: f.cpu('CPU that it requests, added to that of the pod.', {
      default: '100m',
      source: CHOICE,
    }),
    cpuLimit: f.cpu('Most CPU that it uses, added to the limit of the pod.', {
      default: '2',
      source: CHOICE,
    }),
    memoryRequest: f.bytes('Memory that it requests, added to that of the pod.', {
      default: '128Mi',
      source: CHOICE,
    }),
    latency: f.duration('Time that it adds to every request.', {
      default: '2650us',
      max: '10s',
      source: `${ISTIO}: 2.65 ms to the 90th percentile`,
    }),
    cpuPerRequest: f.duration('CPU time that it uses for every request.', {
      default: '350us',
      max: '10s',
      source: `${ISTIO}: 0.35 vCPU per 1000 requests per second`,
    }),
    mtls: f.duration('Time that mutual TLS adds to every request.', {
      default: '0us',
      max: '10s',
      source: 'istio.io/v0.8 scalability guide: negligible with AES-NI',
    }),
  },
  { description: 'A proxy beside every application (service mesh).' },
);

const SecuritySchema = Type.Object(
  {
    admission: Type.Optional(
      GateSchema('An admission webhook: every pod waits for it before it exists.', '50ms'),
    ),
    imageScan: Type.Optional(
      GateSchema('A scan of every image that is new on a node, before its first container.', '5s'),
    ),
    sidecar: Type.Optional(SidecarSchema),
    networkPolicy: Type.Optional(
      delay('Container started → NetworkPolicy lets clients reach the pod.', '1s', 0.5, CHOICE),
    ),
  },
  { description: 'What a security platform adds; each part is absent unless it is written.' },
);

/** Fields of `startup`. */
export const podStartFields = {
  crowdedStartsPerNode: f.rate('Containers per second on a node with more than 200 pods.', {
    default: '2/s',
    min: 0.01,
    source: `modelling choice after 400 pods on one node in 208 s; ${DENSITY}`,
  }),
  appWork: f.optional(
    f.duration(
      'CPU time that the start of the application takes, instead of `app.median`: it gets what its limit and its node leave it (11s = 11 CPU-seconds).',
      { min: '1ms', max: '1h', source: 'Spring Boot: 22.7 s at 0.5 vCPU' },
    ),
  ),
  boost: f.optional(
    f.number('appWork: the CPU limit is this many times as high until the application is up.', {
      min: 1,
      max: 100,
    }),
  ),
  slowsRequests: f.optional(
    f.boolean(
      'appWork: starts also slow the requests that other pods of the node serve, where these use more than their share of its CPU (default: they do not).',
    ),
  ),
  probesWait: f.boolean(
    'Readiness and liveness probes wait in the queue of the pod as requests do: one that would wait longer than its timeoutSeconds fails.',
    { default: false, source: CHOICE },
  ),
  sliceInterval: f.duration('Shortest time between two EndpointSlice syncs of a service.', {
    default: '1s',
    max: '1m',
    source: 'kubernetes/kubernetes pkg/controller/endpointslice',
  }),
  loadBalancer: Type.Optional(LoadBalancerSchema),
  restarts: RestartsSchema,
  termination: TerminationSchema,
  security: Type.Optional(SecuritySchema),
};

/** `services.<name>.memory` */
export const ServiceMemorySchema = Type.Object(
  {
    base: f.bytes('Memory of a pod that serves nothing.', { min: '1Mi', max: '1Ti' }),
    perRequest: f.bytes('Memory of a request that the pod holds, waiting or in service.', {
      default: '0MB',
      max: '10GB',
    }),
  },
  {
    description:
      'Memory that a pod uses: above the limit of its Deployment it is killed (looked at once a second).',
  },
);

/** What can be made to fail. */
const POD_FAULTS = {
  'pod-crash': 'the process ends; its container is restarted',
} as const;

export const FaultSchema = Type.Object(
  {
    at: f.clockTime('When it happens.'),
    kind: f.oneKeyOf('What happens: pod-crash ends the process of pods that serve.', POD_FAULTS, {
      default: 'pod-crash',
    }),
    service: f.optional(f.name('Service whose pods it hits (default: all services).')),
    count: f.count('Pods of each service that it hits, drawn at random; all, if it has fewer.', {
      default: 1,
      min: 1,
      max: 100_000,
      source: CHOICE,
    }),
  },
  { description: 'A fault at a given time, in strategies of pods.' },
);

export type RestartsSpec = Static<typeof RestartsSchema>;
export type GateSpec = {
  readonly median: number;
  readonly sigma: number;
  readonly capacity?: number;
};
export type SidecarSpec = Static<typeof SidecarSchema>;
