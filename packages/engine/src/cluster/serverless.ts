/**
 * Serverless pods: a node without limits stands for the provider, and each pod on it is a machine
 * of its own. So here every pod brings a node that is exactly as large as it is, takes no other
 * pod, and goes with it.
 *
 *   bound ─ limit of the provider ─► sandbox starts ─► image pulled, paid from here ─► started
 *
 * A pod beyond the account's quota of CPU finds no node and waits like any other.
 */
import { delayFrom } from './delays.ts';
import { markImage, pullImage } from './images.ts';
import { newNode, runNode, stopNode } from './node-pool.ts';
import { touchNode } from './node-views.ts';
import { noticeQuota } from './scheduling-queue.ts';
import type { Node, Pod, World } from './world.ts';

const SECOND = 1_000_000;

/** The pod's own machine, not running yet; null = the quota is used up. */
export function serverlessNode(world: World, pod: Pod, now: number): Node | null {
  const [pool] = world.model.pools;
  const offering = pool.offerings[pod.deployment.index];
  if (pod.deployment.isPause || offering === undefined) return null;
  const quota = world.model.strategy.nodes.serverless?.quota;
  if (quota !== undefined && cpuInUse(world) + offering.allocatable.cpu > quota) return null;
  return newNode(world, now, { pool, offering, claim: null });
}

function cpuInUse({ nodes }: World): number {
  return nodes.reduce((sum, { allocatable }) => sum + allocatable.cpu, 0);
}

/** A pod that has been there since before the scenario. */
export function standServerless(world: World, pod: Pod): Node | null {
  const node = serverlessNode(world, pod, 0);
  if (node !== null) openMachine(world, node, 0);
  return node;
}

/** The provider takes the pod on, in its turn: a token bucket, as GCRA. */
export function launchServerless(world: World, pod: Pod, now: number): void {
  const { serverless } = world.model.strategy.nodes;
  if (serverless === undefined) return;
  const { launchRate, launchBurst, start } = serverless;
  const interval = SECOND / launchRate;
  const at = Math.max(now, Math.ceil(world.launchTat - (launchBurst - 1) * interval));
  world.launchTat = Math.max(world.launchTat, at) + interval;
  const ready = at + delayFrom(start, pod.draws.container);
  world.calendar.schedule(ready, { kind: 'pod', pod, stage: 'sandbox' });
}

/** The sandbox runs: the image comes, and payment begins. */
export function sandboxPod(world: World, pod: Pod, now: number): void {
  const { node } = pod;
  if (node === null) return;
  openMachine(world, node, now);
  const { serverless } = world.model.strategy.nodes;
  if (serverless?.imageCache === true) markImage(node, pod.deployment.index);
  pullImage(world, pod, node, now);
}

function openMachine(world: World, node: Node, now: number): void {
  runNode(world, node, now);
  node.state = 'usable';
  node.life.usable = now;
  touchNode(world, node);
}

/** The pod is gone, and its machine with it. */
export function closeServerless(world: World, node: Node, now: number): void {
  if (node.offering.item !== 'pod' || node.state === 'gone') return;
  stopNode(world, node, now);
  node.life.end = 'removed';
  noticeQuota(world, now);
}

export function isServerless({ model }: World): boolean {
  return model.strategy.nodes.serverless !== undefined;
}
