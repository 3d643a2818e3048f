/**
 * apps/v1 Deployment → Workload. Requests and limits are summed over the containers; a container
 * without a request gets its limit as the request, as the API server sets it.
 *
 * @source Kubernetes API reference, core/v1 Probe: periodSeconds 10, initialDelaySeconds 0,
 * successThreshold 1, failureThreshold 3, timeoutSeconds 1; core/v1 PodSpec:
 * terminationGracePeriodSeconds 30
 */
import { type Reporter, shownNode } from './diagnostics.ts';
import type { Reading } from './durations.ts';
import type { CheckedObject } from './manifests.ts';
import { execSleep } from './pre-stop.ts';
import { readCpu, readMemory } from './quantities.ts';
import type { ProbeSpec, Workload } from './scenario.ts';
import { child, childText, type Path, type SourceNode } from './source.ts';

export interface DeploymentFacts {
  readonly workload: Workload;
  /** Every container has a CPU request, or a limit that becomes one. */
  readonly requestsCpu: boolean;
  /** Names of its containers. */
  readonly containers: readonly string[];
}

const SECOND = 1_000_000;
const GIBIBYTE = 2 ** 30;

/** What a service without a Deployment runs as. */
export const DEFAULT_WORKLOAD: Workload = {
  replicas: 1,
  cpuRequest: 1000,
  cpuLimit: 1000,
  memoryRequest: GIBIBYTE,
  readiness: { initialDelay: 0, period: 10 * SECOND, successThreshold: 1 },
  terminationGracePeriod: 30 * SECOND,
  preStopSleep: 0,
};

/** A node of the object with its path in the scenario. */
interface Part {
  readonly node: SourceNode | undefined;
  readonly path: Path;
}

function part(parent: Part, ...keys: readonly string[]): Part {
  return keys.reduce<Part>(
    ({ node, path }, key) => ({ node: child(node, key), path: [...path, key] }),
    parent,
  );
}

export function readDeployment(
  { node, path }: CheckedObject,
  reporter: Reporter,
): DeploymentFacts | undefined {
  const before = reporter.diagnostics.length;
  const object = { node, path };
  const pod = part(object, 'spec', 'template', 'spec');
  const list = part(pod, 'containers');
  const containers: Part[] =
    list.node?.kind === 'list'
      ? list.node.items.map((item, i) => ({ node: item, path: [...list.path, i] }))
      : [];
  if (containers.length === 0) {
    const where = { at: node.at, path: list.path };
    reporter.report('E_REQUIRED', where, { problem: 'the pod has no containers' });
    return undefined;
  }
  const resources = containers.map((container) => readResources(container, reporter));
  const probeOf = (key: string) =>
    readProbe(
      containers.map((c) => part(c, key)).find((p) => p.node !== undefined),
      reporter,
    );
  const whole = (from: Part | undefined, key: string, usual: number, min: number) =>
    from === undefined ? usual : wholeNumber(part(from, key), usual, min, reporter);
  const sleep = containers.map((c) =>
    Math.max(whole(part(c, 'lifecycle', 'preStop', 'sleep'), 'seconds', 0, 0), execSleep(c.node)),
  );
  const liveness = probeOf('livenessProbe');
  const startup = probeOf('startupProbe');
  const memoryLimit = allOrNull(resources.map((r) => r.memoryLimit));
  const workload: Workload = {
    replicas: whole(part(object, 'spec'), 'replicas', 1, 0),
    cpuRequest: sumOrNull(resources.map((r) => r.cpuRequest)),
    cpuLimit: allOrNull(resources.map((r) => r.cpuLimit)),
    memoryRequest: sumOrNull(resources.map((r) => r.memory)) ?? 0,
    ...(memoryLimit === null ? {} : { memoryLimit }),
    readiness: probeOf('readinessProbe') ?? DEFAULT_WORKLOAD.readiness,
    ...(liveness === undefined ? {} : { liveness: once(liveness) }),
    ...(startup === undefined ? {} : { startup: once(startup) }),
    terminationGracePeriod: whole(pod, 'terminationGracePeriodSeconds', 30, 0) * SECOND,
    preStopSleep: Math.round(Math.max(...sleep) * SECOND),
  };
  if (reporter.diagnostics.length > before) return undefined;
  return {
    workload,
    requestsCpu: resources.every((r) => r.cpuRequest !== undefined),
    containers: containers.map((container) => childText(container.node, 'name') ?? ''),
  };
}

function readProbe(probe: Part | undefined, reporter: Reporter): ProbeSpec | undefined {
  if (probe === undefined) return undefined;
  const whole = (key: string, usual: number, min: number) =>
    wholeNumber(part(probe, key), usual, min, reporter);
  return {
    initialDelay: whole('initialDelaySeconds', 0, 0) * SECOND,
    period: whole('periodSeconds', 10, 1) * SECOND,
    successThreshold: whole('successThreshold', 1, 1),
    failureThreshold: whole('failureThreshold', 3, 1),
    timeout: whole('timeoutSeconds', 1, 1) * SECOND,
  };
}

/** The API server takes no other successThreshold of a liveness or startup probe. */
function once(probe: ProbeSpec): ProbeSpec {
  return { ...probe, successThreshold: 1 };
}

interface Resources {
  readonly cpuRequest: number | undefined;
  readonly cpuLimit: number | undefined;
  readonly memory: number | undefined;
  readonly memoryLimit: number | undefined;
}

function readResources(container: Part, reporter: Reporter): Resources {
  const resources = part(container, 'resources');
  const cpuLimit = quantity(part(resources, 'limits', 'cpu'), readCpu, reporter);
  const cpuRequest = quantity(part(resources, 'requests', 'cpu'), readCpu, reporter);
  const memoryLimit = quantity(part(resources, 'limits', 'memory'), readPodMemory, reporter);
  const memory = quantity(part(resources, 'requests', 'memory'), readPodMemory, reporter);
  const pairs = [
    { name: 'cpu', request: cpuRequest, limit: cpuLimit },
    { name: 'memory', request: memory, limit: memoryLimit },
  ];
  for (const { name, request, limit } of pairs) {
    if (request === undefined || limit === undefined || request <= limit) continue;
    const at = part(resources, 'requests', name);
    const problem = `the request is above resources.limits.${name}`;
    const got = `${shown(part(resources, 'requests', name))}, limit ${shown(part(resources, 'limits', name))}`;
    reporter.report(
      'E_MIN_MAX',
      { at: at.node?.at ?? { file: '' }, path: at.path },
      { problem, got },
    );
  }
  return {
    cpuRequest: cpuRequest ?? cpuLimit,
    cpuLimit,
    memory: memory ?? memoryLimit,
    memoryLimit,
  };
}

function shown({ node }: Part): string {
  return node === undefined ? 'none' : shownNode(node);
}

/** Bytes; a bare number below 1 MiB is surely a forgotten unit. */
function readPodMemory(text: string): Reading<number> {
  const reading = readMemory(text);
  if (!('value' in reading) || !/^\d+$/.test(text) || reading.value >= 2 ** 20) return reading;
  return { code: 'E_QUANTITY', problem: 'the unit is missing', hint: `did you mean ${text}Mi?` };
}

function quantity(
  { node, path }: Part,
  read: (text: string) => Reading<number>,
  reporter: Reporter,
): number | undefined {
  if (node === undefined || node.kind !== 'scalar' || node.value === null) return undefined;
  const reading = read(String(node.value));
  if (!('value' in reading)) {
    const { code, problem, hint } = reading;
    const facts = { ...(problem ? { problem } : {}), ...(hint ? { hint } : {}) };
    reporter.report(code, { at: node.at, path }, { got: shownNode(node), ...facts });
    return undefined;
  }
  if (reading.value > 0) return reading.value;
  const facts = { got: shownNode(node), allowed: 'more than 0' };
  reporter.report('E_RANGE', { at: node.at, path }, facts);
  return undefined;
}

const LARGEST = 100_000;

function wholeNumber({ node, path }: Part, usual: number, min: number, reporter: Reporter): number {
  if (node === undefined || node.kind !== 'scalar' || node.value === null) return usual;
  const value = Number(node.value);
  if (Number.isInteger(value) && value >= min && value <= LARGEST) return value;
  const facts = { got: shownNode(node), allowed: `${min} to ${LARGEST}` };
  reporter.report('E_RANGE', { at: node.at, path }, facts);
  return usual;
}

function sumOrNull(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function allOrNull(values: readonly (number | undefined)[]): number | null {
  return values.includes(undefined) ? null : sumOrNull(values);
}
