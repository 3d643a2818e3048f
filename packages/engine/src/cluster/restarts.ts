/**
 * A container ends although its pod is wanted: killed by a probe, out of memory, or crashed. What
 * its pod holds fails, and so does what clients send until they have heard of it. The kubelet
 * starts the container again (restartPolicy Always), the first time at once, then after
 * CrashLoopBackOff: 10 s, 20 s, 40 s … 5 min, forgotten after 10 min of good running.
 *
 * @source kubernetes/enhancements KEP-4603; kubernetes/kubernetes
 * pkg/kubelet/kuberuntime/kuberuntime_manager.go (doBackOff: a container without an entry starts at
 * once) and client-go util/flowcontrol/backoff.go (an entry expires after twice the maximum).
 */
import { nextNormal, nextUniform } from '../kernel/random.ts';
import type { RestartCause } from '../ledger/ledger.ts';
import type { RestartsSpec } from '../scenario/schema.ts';
import type { Container } from './container.ts';
import { queueStart } from './container-start.ts';
import { clearPoints } from './cpu-points.ts';
import { delayFrom, lagFrom } from './delays.ts';
import { unlistPod } from './endpoints.ts';
import { stopSampling } from './metrics-pipeline.ts';
import { endWork } from './node-cpu.ts';
import { openOutage } from './outages.ts';
import { exitPod } from './termination.ts';
import type { Pod, World } from './world.ts';

export function failContainer(world: World, pod: Pod, now: number, cause: RestartCause): void {
  const { container, deployment, life } = pod;
  const { plane } = deployment.model;
  if (container.startedAt === null || container.hasEnded) return;
  stopContainer(world, pod, now);
  plane.refuse(pod.column, now);
  plane.lose(pod.column, now);
  if (pod.state === 'draining') {
    exitPod(world, pod, now);
    return;
  }
  if (pod.state === 'ready') {
    pod.state = 'starting';
    openOutage(pod, now);
  }
  pod.readySince = null;
  pod.restarts += 1;
  life.restarts ??= [];
  life.restarts.push({ at: now, cause });
  const { startup } = world.model.strategy;
  const noticed = now + lagFrom(startup.status, nextUniform(deployment.restarts));
  unlistPod(world, pod, noticed);
  const at = Math.max(noticed, now + waitOf(container, startup.restarts, now));
  const { run } = container;
  world.calendar.schedule(at, { kind: 'pod', pod, stage: 'restart', run });
}

/** The container runs no more, whatever it was about to do. */
function stopContainer(world: World, pod: Pod, now: number): void {
  const { container } = pod;
  endWork(world, pod, now);
  container.run += 1;
  container.startedAt = null;
  container.isUp = false;
  container.upAt = Number.POSITIVE_INFINITY;
  container.notAlive = 0;
  container.notReady = 0;
  container.readyAgain = 0;
  stopSampling(pod);
  clearPoints(pod);
}

/** How long a container that ended at `now` waits, µs. */
function waitOf({ backoff, backoffSince }: Container, { maxBackoff }: RestartsSpec, now: number) {
  return now - backoffSince > 2 * maxBackoff ? 0 : backoff;
}

/** The kubelet starts the container again: create and start, in the pod's old sandbox. */
export function restartPod(world: World, pod: Pod, now: number): void {
  const { container, deployment, life } = pod;
  const { startup } = world.model.strategy;
  const ended = life.restarts?.at(-1)?.at ?? now;
  const { backoff, maxBackoff } = startup.restarts;
  const isFirst = container.backoff === 0 || ended - container.backoffSince > 2 * maxBackoff;
  container.backoff = Math.min(maxBackoff, isFirst ? backoff : 2 * container.backoff);
  container.backoffSince = now;
  queueStart(world, pod, now, delayFrom(startup.container, nextNormal(deployment.restarts)));
}
