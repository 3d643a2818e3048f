/**
 * Images on nodes: which are there from the start, and the way of all others. The first pod of a
 * service on a node starts the pull, the others wait for the same one, and it goes on without them.
 *
 *   pod bound → turn of the node's kubelet (image-queue.ts) → layers (image-layers.ts,
 *   image-pull.ts) over links that all nodes share (image-links.ts, bandwidth.ts) → pod pulled
 */
import { exp } from '../kernel/elementary.ts';
import { nextNormal } from '../kernel/random.ts';
import type { ImagePull } from '../ledger/ledger.ts';
import type { Model } from '../model.ts';
import type { StartupSpec } from '../scenario/schema.ts';
import { type Image, imageOf } from './image-layers.ts';
import { type ImageLinks, imageLinks, watchLink } from './image-links.ts';
import { endUnpacking, type Pull } from './image-pull.ts';
import { endTurn, type Puller, queuePull } from './image-queue.ts';
import { type ServiceStreams, serviceStreams } from './service-streams.ts';
import type { Deployment, Node, Pod, World } from './world.ts';

/** What a cluster knows of images. */
export interface Images {
  /** By deployment. */
  readonly contents: readonly Image[];
  readonly links: ImageLinks;
  /** Node → its kubelet's pulls; a node that never pulled has none. */
  readonly pullers: Map<number, Puller>;
  /** By deployment, as the next. */
  readonly failures: ServiceStreams;
  /** Luck of the pulls that no pod began. */
  readonly luck: ServiceStreams;
  /** The DaemonSet that pulls ahead exists. */
  arePrePulled: boolean;
}

export type PullStage = 'unpacked' | 'present' | 'retry';

export function createImages(
  model: Model,
  startup: StartupSpec,
  deployments: readonly Deployment[],
): Images {
  return {
    contents: deployments.map((one) => imageOf(one.model.service, startup)),
    links: imageLinks(startup.pull),
    pullers: new Map(),
    failures: serviceStreams(model, deployments, 'image-failures'),
    luck: serviceStreams(model, deployments, 'image-pre-pull'),
    arePrePulled: false,
  };
}

/** Sees to it that the pod's image is on its node, and that the pod hears of it. */
export function pullImage(world: World, pod: Pod, node: Node, now: number): void {
  const { deployment } = pod;
  const { imagePullPolicy } = world.model.strategy.startup.pull;
  const isPresent = node.imagePresent.has(deployment.index);
  if (isPresent && imagePullPolicy === 'IfNotPresent') {
    world.calendar.schedule(now, { kind: 'pulled', pods: [pod] });
    return;
  }
  const puller = pullerOf(world, node, now);
  const underWay = puller.pulls.get(deployment.index);
  if (!isPresent && underWay !== undefined) {
    underWay.pods.push(pod);
    return;
  }
  const pull = newPull(world, puller, deployment, { now, z: pod.draws.image, isCheck: isPresent });
  pull.pods.push(pod);
  queuePull(world, pull, now);
}

/** All images are on the node and have always been. */
export function markImages(world: World, node: Node): void {
  for (const { index } of world.deployments) markImage(node, index);
}

export function markImage(node: Node, index: number): void {
  node.imagePresent.set(index, Number.NEGATIVE_INFINITY);
}

/** The DaemonSet that pulls ahead starts: on every node that takes pods. */
export function prePull(world: World, now: number): void {
  world.images.arePrePulled = true;
  for (const node of world.nodes) if (node.state === 'usable') prePullOnto(world, node, now);
}

/** A node has joined: the DaemonSet, if there is one, comes to it as well. */
export function joinImages(world: World, node: Node, now: number): void {
  if (world.model.strategy.startup.image.baked) markImages(world, node);
  if (world.images.arePrePulled) prePullOnto(world, node, now);
}

function prePullOnto(world: World, node: Node, now: number): void {
  const puller = pullerOf(world, node, now);
  for (const deployment of world.deployments) {
    const { index } = deployment;
    const z = nextNormal(world.images.luck(index));
    if (node.imagePresent.has(index) || puller.pulls.has(index)) continue;
    queuePull(world, newPull(world, puller, deployment, { now, z, isCheck: false }), now);
  }
}

/** The node is gone, and with it what it was getting. */
export function forgetPulls(world: World, node: Node, now: number): void {
  const { pullers } = world.images;
  const puller = pullers.get(node.id);
  if (puller === undefined) return;
  pullers.delete(node.id);
  for (const { link, transfer } of puller.downloads) {
    if (transfer === null) continue;
    link.shared.stop(transfer, now);
    watchLink(world, link);
  }
}

/** How many times as long the application takes to start: an image may be read lazily. */
export function appFactor(world: World, { deployment }: Pod, node: Node): number {
  const { lazy } = world.model.strategy.startup.pull;
  const since = node.imagePresent.get(deployment.index) ?? Number.NEGATIVE_INFINITY;
  return lazy === undefined || since === Number.NEGATIVE_INFINITY ? 1 : lazy.appFactor;
}

/** The calendar's turn of a pull. */
export function advanceImage(world: World, pull: Pull, stage: PullStage, now: number): void {
  const { puller } = pull;
  if (world.images.pullers.get(puller.node.id) !== puller) return;
  if (stage === 'unpacked') endUnpacking(world, pull, now);
  else if (stage === 'present') endTurn(world, pull, now);
  else queuePull(world, pull, now);
}

function newPull(
  world: World,
  puller: Puller,
  { index, model }: Deployment,
  { now, z, isCheck }: { readonly now: number; readonly z: number; readonly isCheck: boolean },
): Pull {
  const service = model.service.name;
  const life: ImagePull = {
    service,
    node: puller.node.id,
    isCheck,
    wanted: now,
    bytes: 0,
    failures: 0,
  };
  world.ledger.images.push(life);
  const pull: Pull = {
    puller,
    index,
    image: world.images.contents[index],
    life,
    slowness: exp(world.model.strategy.startup.image.sigma * z),
    isCheck,
    pods: [],
    next: 0,
    unpacked: 0,
    downloads: 0,
    isUnpacking: false,
  };
  if (!isCheck) puller.pulls.set(index, pull);
  return pull;
}

function pullerOf(world: World, node: Node, now: number): Puller {
  const { pullers, contents } = world.images;
  let puller = pullers.get(node.id);
  if (puller === undefined) {
    const { registryBurst } = world.model.strategy.startup.pull.kubelet;
    puller = {
      node,
      waiting: [],
      running: new Set(),
      pulls: new Map(),
      layers: new Map(),
      downloads: [],
      tokens: registryBurst,
      tokensAt: now,
    };
    for (const index of node.imagePresent.keys()) {
      for (const { id } of contents[index]) puller.layers.set(id, { state: 'here', pull: null });
    }
    pullers.set(node.id, puller);
  }
  return puller;
}
