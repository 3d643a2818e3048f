/**
 * The kubelet starts a pod's container, and its application comes up:
 *
 *   image present → scanned → the node's turn → sandbox, network, sidecar → started → up
 *
 * A node starts one container after another; on a crowded node each takes longer. The start of an
 * application is a plain delay, or CPU work that competes on the node (node-cpu.ts).
 */
import { exp } from '../kernel/elementary.ts';
import { roundDelay } from '../kernel/units.ts';
import { scannedAt } from './admission-gate.ts';
import { APP_RATE, APP_SINCE, BASE, rowOf } from './cpu-points.ts';
import { delayFrom } from './delays.ts';
import { appFactor } from './images.ts';
import { containerCpu, startSampling } from './metrics-pipeline.ts';
import { appLimit, beginWork, endWork } from './node-cpu.ts';
import { nodeOf } from './node-of.ts';
import { expectProbes, probeUp } from './probes.ts';
import type { Node, Pod, World } from './world.ts';

const SECOND = 1e6;

/** Pods on a node above which it starts containers more slowly. */
const CROWD = 200;

/** The image has come to the node of these pods, some of which may be gone by now. */
export function pulledPods(world: World, pods: readonly Pod[], now: number): void {
  for (const pod of pods) if (pod.state !== 'gone') pulledPod(world, pod, now);
}

/** The image is there; one that is new on the node may have to be scanned first. */
function pulledPod(world: World, pod: Pod, now: number): void {
  pod.life.imagePresent = now;
  const at = scannedAt(world, pod, now);
  if (at === now) clearedPod(world, pod, now);
  else world.calendar.schedule(at, { kind: 'pod', pod, stage: 'cleared' });
}

/** Nothing is in the way: the container waits for the node's turn. */
export function clearedPod(world: World, pod: Pod, now: number): void {
  const { startup } = world.model.strategy;
  const sidecar = startup.security?.sidecar;
  const { draws } = pod.container;
  const before = sidecar === undefined ? 0 : delayFrom(sidecar.start, draws.sidecar);
  // The sandbox of a serverless pod runs already.
  const isOpen = pod.node?.offering.item === 'pod';
  const container = isOpen ? 0 : delayFrom(startup.container, pod.draws.container);
  queueStart(world, pod, now, container + before);
}

/** The node's turn comes, and the container runs `delay` later. */
export function queueStart(world: World, pod: Pod, now: number, delay: number): void {
  const node = nodeOf(pod);
  const slot = Math.max(now, node.startFree);
  node.startFree = Math.ceil(slot + SECOND / startRate(world, node));
  const { run } = pod.container;
  world.calendar.schedule(slot + delay, { kind: 'pod', pod, stage: 'started', run });
}

/** Containers per second. */
function startRate({ model }: World, { pods }: Node): number {
  const { startsPerNode, crowdedStartsPerNode } = model.strategy.startup;
  return pods > CROWD ? Math.min(startsPerNode, crowdedStartsPerNode) : startsPerNode;
}

/** The container runs; its application does not answer yet. */
export function startPod(world: World, pod: Pod, now: number): void {
  const { container } = pod;
  const node = nodeOf(pod);
  const { appWork, app } = world.model.strategy.startup;
  pod.state = 'starting';
  pod.life.started ??= now;
  container.startedAt = now;
  const { values } = pod.deployment.points;
  values[rowOf(pod) + APP_SINCE] = now;
  values[rowOf(pod) + BASE] = containerCpu(pod, now);
  startSampling(pod);
  const factor = appFactor(world, pod, node);
  if (appWork !== undefined) {
    beginWork(world, pod, appWork * factor * exp(app.sigma * pod.draws.app), now);
  } else {
    const delay = delayFrom(app, pod.draws.app);
    values[rowOf(pod) + APP_RATE] = plainCores(world, pod);
    expectUp(world, pod, now + (factor === 1 ? delay : roundDelay(delay * factor)));
  }
  expectProbes(world, pod, now);
}

/** Cores that a start of plain length uses: appCpu, at most the limit. */
function plainCores({ model }: World, pod: Pod): number {
  const { appCpu = 0 } = model.strategy.startup;
  return Math.min(appCpu, appLimit(model, pod)) / 1000;
}

export function expectUp(world: World, pod: Pod, at: number): void {
  const { container } = pod;
  container.upAt = at;
  world.calendar.schedule(at, { kind: 'pod', pod, stage: 'up', run: container.run });
}

/** The application answers, unless it was slowed down meanwhile. */
export function upPod(world: World, pod: Pod, now: number): void {
  const { container, deployment } = pod;
  if (container.isUp || container.upAt !== now) return;
  container.isUp = true;
  pod.life.appUp ??= now;
  endWork(world, pod, now);
  container.loadTime = now;
  container.loadCpu = containerCpu(pod, now);
  // Clients that never heard of its crash reach it again.
  if (container.run > 0) deployment.model.plane.restart(pod.column, now);
  probeUp(world, pod, now);
}
