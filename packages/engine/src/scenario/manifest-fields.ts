/**
 * Which fields of a Kubernetes object the simulation uses. The rest is valid but not simulated, and
 * is named in one warning per object; what only identifies or describes an object is not worth one.
 */
import type { ManifestKind } from './manifest-check.ts';
import { sleepOf } from './pre-stop.ts';

/** Paths without list indices; a trailing `.*` means everything below. */
const SIMULATED: Readonly<Record<ManifestKind, readonly string[]>> = {
  Deployment: [
    'spec.replicas',
    'spec.template.spec.containers.resources.requests.cpu',
    'spec.template.spec.containers.resources.requests.memory',
    'spec.template.spec.containers.resources.limits.cpu',
    'spec.template.spec.containers.resources.limits.memory',
    'spec.template.spec.containers.readinessProbe.initialDelaySeconds',
    'spec.template.spec.containers.readinessProbe.periodSeconds',
    'spec.template.spec.containers.readinessProbe.successThreshold',
    'spec.template.spec.containers.readinessProbe.failureThreshold',
    'spec.template.spec.containers.readinessProbe.timeoutSeconds',
    'spec.template.spec.containers.livenessProbe.initialDelaySeconds',
    'spec.template.spec.containers.livenessProbe.periodSeconds',
    'spec.template.spec.containers.livenessProbe.failureThreshold',
    'spec.template.spec.containers.livenessProbe.timeoutSeconds',
    'spec.template.spec.containers.startupProbe.initialDelaySeconds',
    'spec.template.spec.containers.startupProbe.periodSeconds',
    'spec.template.spec.containers.startupProbe.failureThreshold',
    'spec.template.spec.containers.startupProbe.timeoutSeconds',
    'spec.template.spec.containers.lifecycle.preStop.sleep.seconds',
    'spec.template.spec.terminationGracePeriodSeconds',
  ],
  HorizontalPodAutoscaler: [
    'spec.scaleTargetRef.*',
    'spec.minReplicas',
    'spec.maxReplicas',
    'spec.metrics.type',
    'spec.metrics.resource.*',
    'spec.metrics.containerResource.*',
    'spec.metrics.pods.metric.name',
    'spec.metrics.pods.target.*',
    'spec.metrics.object.metric.name',
    'spec.metrics.object.describedObject.*',
    'spec.metrics.object.target.*',
    'spec.metrics.external.metric.name',
    'spec.metrics.external.target.*',
    'spec.behavior.*',
  ],
};

/** What it is, where it came from and what the probe asks: no effect on the simulation expected. */
const DESCRIPTIVE: readonly string[] = [
  'apiVersion',
  'kind',
  'metadata.*',
  'status.*',
  'spec.selector.*',
  'spec.template.metadata.*',
  'spec.template.spec.containers.name',
  'spec.template.spec.containers.image',
  'spec.template.spec.containers.ports.*',
  ...['readinessProbe', 'livenessProbe', 'startupProbe'].flatMap((probe) =>
    ['httpGet', 'tcpSocket', 'exec', 'grpc'].map(
      (ask) => `spec.template.spec.containers.${probe}.${ask}.*`,
    ),
  ),
  // The only value that the API server takes; that of a readiness probe is simulated.
  'spec.template.spec.containers.livenessProbe.successThreshold',
  'spec.template.spec.containers.startupProbe.successThreshold',
  // Of the pods that a Deployment may have.
  'spec.template.spec.restartPolicy',
];

/** Simulated if it sleeps. */
const PRE_STOP = 'spec.template.spec.containers.lifecycle.preStop.exec.command';

/** Paths of the object that are valid but not simulated, the topmost of each branch, in order. */
export function notSimulated(kind: ManifestKind, object: object): readonly string[] {
  const known = [...SIMULATED[kind], ...DESCRIPTIVE];
  const found = new Set<string>();
  visit(object, '', known, found);
  return [...found];
}

function visit(value: unknown, path: string, known: readonly string[], found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, path, known, found);
    return;
  }
  if (typeof value !== 'object' || value === null) {
    found.add(path);
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const step = path === '' ? key : `${path}.${key}`;
    if (known.includes(step) || known.includes(`${step}.*`)) continue;
    if (step === PRE_STOP && Array.isArray(inner) && sleepOf(inner) !== null) continue;
    if ([...known, PRE_STOP].some((entry) => entry.startsWith(`${step}.`)))
      visit(inner, step, known, found);
    else found.add(step);
  }
}
