/**
 * Probes of a pod's container. A probe has a worker with a ticker of its own, which starts when the
 * kubelet takes the pod on, before its image is pulled: so the grid of startup and liveness probes
 * belongs to the pod's admission (on a kubelet younger than a period: at random). The readiness
 * probe runs once when its container counts as started, and its grid begins anew there: without a
 * startup probe that is at once, when few applications answer; with one, when that succeeds.
 *
 *   startup: fails until the application is up; the others wait for it
 *   readiness: `successThreshold` successes in a row → Ready; `failureThreshold` failures → not
 *   liveness and startup: `failureThreshold` failures in a row → the container is killed
 *
 * As long as nothing else is said an application that is up passes all probes, so the next decisive
 * one is known in advance and the others are no events. With `startup.probesWait` every probe of an
 * application that is up is one: it fails if a request would wait longer than its timeout.
 *
 * @source kubernetes/kubernetes pkg/kubelet/prober/worker.go (run, doProbe), prober_manager.go
 * (UpdatePodStatus), pkg/kubelet/kubelet.go (SyncPod: AddPod comes before the runtime's SyncPod);
 * pull request 119089 (a manual run resets the ticker).
 */
import type { ProbeSpec } from '../scenario/scenario.ts';
import { lagFrom } from './delays.ts';
import { listPod, unlistPod } from './endpoints.ts';
import { failContainer } from './restarts.ts';
import type { Pod, World } from './world.ts';

type ProbeName = 'readiness' | 'liveness' | 'startup';

const SECOND = 1_000_000;

/** core/v1 Probe: failureThreshold 3, timeoutSeconds 1. */
const FAILURES = 3;

/** The first tick of a ticker at or after `time`, µs. */
export function tickFrom(anchor: number, period: number, time: number): number {
  return anchor + Math.ceil((time - anchor) / period) * period;
}

/** Where the ticker of a probe began, µs. */
function anchorOf({ startTime, node, container }: Pod, name: ProbeName, period: number): number {
  const admitted = startTime ?? 0;
  // Nodes that stand from the beginning have been there for long; their pods came at any time.
  const since = node?.life.usable ?? 0;
  const isYoung = admitted < 0 || (since > 0 && admitted - since < period);
  return admitted + (isYoung ? Math.floor(container.draws[name] * period) : 0);
}

function firstTick(pod: Pod, name: ProbeName, probe: ProbeSpec, from: number): number {
  const delayed = Math.max(from, (pod.container.startedAt ?? 0) + probe.initialDelay);
  const anchor = anchorOf(pod, name, probe.period);
  // A readiness worker that still waits for its first turn has its run at the start then.
  const { startedGrid } = pod.container;
  const grid = name === 'readiness' ? Math.max(anchor, startedGrid) : anchor;
  return tickFrom(grid, probe.period, Math.max(grid, delayed));
}

/** The container runs: when the probes give up on it, if its application is not up by then. */
export function expectProbes(world: World, pod: Pod, now: number): void {
  const { liveness, startup } = pod.deployment.model.service.workload;
  const name = startup === undefined ? 'liveness' : 'startup';
  const probe = startup ?? liveness;
  if (probe === undefined) return;
  const first = firstTick(pod, name, probe, now);
  const last = first + ((probe.failureThreshold ?? FAILURES) - 1) * probe.period;
  const { run } = pod.container;
  world.calendar.schedule(last, { kind: 'pod', pod, stage: 'deadline', run });
}

/** The last probe that the container may fail. */
export function deadlinePod(world: World, pod: Pod, now: number): void {
  if (pod.container.isUp) return;
  const { startup } = pod.deployment.model.service.workload;
  failContainer(world, pod, now, startup === undefined ? 'liveness' : 'startup');
}

/** The application is up: when its readiness probes have said so often enough. */
export function probeUp(world: World, pod: Pod, now: number): void {
  const { readiness, startup, liveness } = pod.deployment.model.service.workload;
  const { container } = pod;
  const { startedAt, run } = container;
  const begun = startup === undefined ? (startedAt ?? 0) : firstTick(pod, 'startup', startup, now);
  container.startedGrid = begun;
  // Liveness probes begin when the container counts as started.
  if (liveness !== undefined && world.model.strategy.startup.probesWait) {
    const at = firstTick(pod, 'liveness', liveness, Math.max(now, begun + 1));
    world.calendar.schedule(at, { kind: 'pod', pod, stage: 'liveness', run });
  }
  const first = firstTick(pod, 'readiness', readiness, now);
  const seen = first + (readiness.successThreshold - 1) * readiness.period;
  const lag = lagFrom(world.model.strategy.startup.status, pod.draws.status);
  world.calendar.schedule(seen + lag, { kind: 'pod', pod, stage: 'ready', run });
}

/** The API server hears that the pod is Ready. */
export function readyPod(world: World, pod: Pod, now: number): void {
  const { container } = pod;
  pod.life.ready ??= now;
  pod.readySince = now;
  container.notReady = 0;
  listPod(world, pod, now);
  if (!world.model.strategy.startup.probesWait) return;
  scheduleReadiness(world, pod, now + 1);
}

/** A pod that has been serving since before the scenario is probed on. */
export function standProbes(world: World, pod: Pod): void {
  if (!world.model.strategy.startup.probesWait) return;
  const { liveness } = pod.deployment.model.service.workload;
  scheduleReadiness(world, pod, 0);
  if (liveness === undefined) return;
  const at = firstTick(pod, 'liveness', liveness, 0);
  world.calendar.schedule(at, { kind: 'pod', pod, stage: 'liveness', run: pod.container.run });
}

function scheduleReadiness(world: World, pod: Pod, from: number): void {
  const { readiness } = pod.deployment.model.service.workload;
  const at = firstTick(pod, 'readiness', readiness, from);
  const { run } = pod.container;
  world.calendar.schedule(at, { kind: 'pod', pod, stage: 'readiness', run });
}

/** Whether the application answers a probe in time: it waits as a request of mean size would. */
function answers({ deployment, column }: Pod, { timeout = SECOND }: ProbeSpec, now: number) {
  const { plane, slots, holdTime } = deployment.model;
  const ahead = plane.outstanding(column, now) - slots + 1;
  return (Math.max(0, ahead) * holdTime) / slots <= timeout;
}

/** A liveness probe of an application that is up. */
export function checkLiveness(world: World, pod: Pod, now: number): void {
  const { liveness } = pod.deployment.model.service.workload;
  if (liveness === undefined || pod.state === 'draining') return;
  const { container } = pod;
  container.notAlive = answers(pod, liveness, now) ? 0 : container.notAlive + 1;
  if (container.notAlive >= (liveness.failureThreshold ?? FAILURES)) {
    failContainer(world, pod, now, 'liveness');
    return;
  }
  const { run } = container;
  const at = now + liveness.period;
  world.calendar.schedule(at, { kind: 'pod', pod, stage: 'liveness', run });
}

/** A readiness probe of an application that is up: the pod leaves the endpoints, or comes back. */
export function checkReadiness(world: World, pod: Pod, now: number): void {
  const { readiness } = pod.deployment.model.service.workload;
  if (pod.state === 'draining') return;
  const { container } = pod;
  const passed = answers(pod, readiness, now);
  container.notReady = passed ? 0 : container.notReady + 1;
  container.readyAgain = passed ? container.readyAgain + 1 : 0;
  if (pod.readySince === null && container.readyAgain >= readiness.successThreshold) {
    // readyPod goes on with the next probe.
    readyPod(world, pod, now);
    return;
  }
  if (pod.readySince !== null && container.notReady >= (readiness.failureThreshold ?? FAILURES)) {
    pod.readySince = null;
    container.readyAgain = 0;
    unlistPod(world, pod, now);
  }
  scheduleReadiness(world, pod, now + 1);
}
