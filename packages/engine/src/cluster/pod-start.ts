/**
 * The chain from "replica wanted" to the first request served, one function per stage:
 *
 *   wanted → submitted → created → bound → image present → started → app up → ready → routed
 *            (create)   (limit)  (schedule)  (pull)      (container)  (app)  (probe) (endpoints)
 *
 * Each stage is a sampled delay behind the shared servers that make a crowd slower than a single
 * pod: the creation limit of the controller manager, the image pull and the start rate of a node.
 */
import { assert } from '../kernel/assert.ts';
import { exp } from '../kernel/elementary.ts';
import { roundDelay } from '../kernel/units.ts';
import { enter } from './by-id.ts';
import { delayFrom, drawPod, lagFrom } from './delays.ts';
import { startSampling } from './metrics-pipeline.ts';
import { bindPod, findNode, parkPod, unparkPod } from './scheduler.ts';
import type { CpuPoints, Deployment, Node, Pod, World } from './world.ts';

const SECOND = 1e6;

export function noUsage(): CpuPoints {
  return {
    sampleTime: Number.NEGATIVE_INFINITY,
    sampleCpu: 0,
    points: 0,
    time: 0,
    cpu: 0,
    earlierTime: 0,
    earlierCpu: 0,
  };
}

/** A pod that the deployment wants from `now` on; it exists for nobody else yet. */
export function newPod(world: World, deployment: Deployment, now: number): Pod {
  const ordinal = deployment.nextOrdinal++;
  const life = { service: deployment.model.service.name, ordinal, wanted: now };
  const pod: Pod = {
    id: world.pods.length,
    deployment,
    column: ordinal,
    life,
    draws: drawPod(deployment.startup),
    state: 'pending',
    node: null,
    unschedulableSince: null,
    startTime: null,
    readySince: null,
    usage: noUsage(),
  };
  world.pods.push(pod);
  world.ledger.pods.push(life);
  enter(deployment.pods, pod);
  return pod;
}

/** Wanted: the controllers react. */
export function wantPod(world: World, deployment: Deployment, now: number): void {
  const pod = newPod(world, deployment, now);
  const at = now + delayFrom(world.model.strategy.startup.create, pod.draws.create);
  world.calendar.schedule(at, { kind: 'pod', pod, stage: 'submitted' });
}

/** The create call meets the client's rate limit: a token bucket, as GCRA. */
export function submitPod(world: World, pod: Pod, now: number): void {
  const { createRate, createBurst } = world.model.strategy.startup;
  const interval = SECOND / createRate;
  const allowed = Math.max(now, Math.ceil(world.createTat - (createBurst - 1) * interval));
  world.createTat = Math.max(world.createTat, allowed) + interval;
  world.calendar.schedule(allowed, { kind: 'pod', pod, stage: 'created' });
}

export function createPod(world: World, pod: Pod, now: number): void {
  pod.life.created = now;
  const at = now + delayFrom(world.model.strategy.startup.schedule, pod.draws.schedule);
  world.calendar.schedule(at, { kind: 'pod', pod, stage: 'schedule' });
}

/** One scheduling attempt: bound to a node, or unschedulable until something changes. */
export function schedulePod(world: World, pod: Pod, now: number): void {
  const node = findNode(world, pod);
  if (node === null) {
    parkPod(pod, now);
    return;
  }
  unparkPod(pod);
  bindPod(world, pod, node);
  pod.life.bound = now;
  pod.startTime = now;
  const at = imagePresentAt(world, pod, node, now);
  world.calendar.schedule(at, { kind: 'pod', pod, stage: 'pulled' });
}

/**
 * The first pod of a service on a node pulls its image, after the pulls before it (the kubelet's
 * serializeImagePulls); the service's other pods wait for the same pull, which goes on without the
 * pod that began it.
 */
function imagePresentAt(world: World, pod: Pod, node: Node, now: number): number {
  const present = node.imagePresent.get(pod.deployment.index);
  if (present !== undefined) return Math.max(now, present);
  const { image } = world.model.strategy.startup;
  let begins = now;
  for (const end of node.imagePresent.values()) begins = Math.max(begins, end);
  const seconds = (image.size / image.rate) * exp(image.sigma * pod.draws.image);
  const at = begins + (image.size === 0 ? 0 : roundDelay(seconds * SECOND));
  node.imagePresent.set(pod.deployment.index, at);
  return at;
}

/** The image is there: the node starts one container after another, whose image came first. */
export function pulledPod(world: World, pod: Pod, now: number): void {
  const { node } = pod;
  assert(node !== null, `pod ${pod.id} has an image and no node`);
  const { startup } = world.model.strategy;
  pod.life.imagePresent = now;
  const slot = Math.max(now, node.startFree);
  node.startFree = Math.ceil(slot + SECOND / startup.startsPerNode);
  const started = slot + delayFrom(startup.container, pod.draws.container);
  world.calendar.schedule(started, { kind: 'pod', pod, stage: 'started' });
}

/**
 * The application comes up, and the readiness probe finds out on its grid, which starts with the
 * container: ready = started + max(initialDelay, ⌈app ÷ period⌉·period), one period more for each
 * further success demanded, and the kubelet's status lag.
 */
export function startPod(world: World, pod: Pod, now: number): void {
  const { startup } = world.model.strategy;
  const { readiness } = pod.deployment.model.service.workload;
  pod.state = 'starting';
  pod.life.started = now;
  startSampling(world, pod);
  const app = delayFrom(startup.app, pod.draws.app);
  pod.life.appUp = now + app;
  const probed = Math.ceil(app / readiness.period) * readiness.period;
  const successes = (readiness.successThreshold - 1) * readiness.period;
  const lag = lagFrom(startup.status, pod.draws.status);
  const at = now + Math.max(readiness.initialDelay, probed) + successes + lag;
  world.calendar.schedule(at, { kind: 'pod', pod, stage: 'ready' });
}

export function readyPod(world: World, pod: Pod, now: number): void {
  pod.life.ready = now;
  pod.readySince = now;
  const at = now + propagation(world, pod);
  world.calendar.schedule(at, { kind: 'pod', pod, stage: 'routed' });
}

/** EndpointSlice update, proxy sync, and its write: until clients see a change of the pod. */
export function propagation(world: World, pod: Pod): number {
  const { slice, proxySync, proxy } = world.model.strategy.startup;
  const sync = lagFrom(proxySync, pod.draws.proxySync);
  return delayFrom(slice, pod.draws.slice) + sync + delayFrom(proxy, pod.draws.proxy);
}

export function routePod(_world: World, pod: Pod, now: number): void {
  assert(pod.state === 'starting', `pod ${pod.id} is routed while ${pod.state}`);
  pod.state = 'ready';
  pod.life.routed = now;
  pod.deployment.model.plane.admit(pod.column);
}
