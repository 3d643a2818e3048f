/**
 * Nodes that go: tainted at once; after the delay that lets the taint be seen, an empty node is
 * deleted, and the pods of another are evicted and waited for, a look every 5 s. The instance then
 * stops, and its payment ends.
 *
 * Not modelled: a drain that fails (each pod ends by the end of its grace period), the cap of 10
 * minutes on that period.
 *
 * @source kubernetes/autoscaler, cluster-autoscaler/core/scaledown/actuation/{actuator,drain}.go
 */
import { delayFrom } from './delays.ts';
import { slowed } from './launch-times.ts';
import { stopNode } from './node-pool.ts';
import { touchNode } from './node-views.ts';
import { closeNode } from './open-nodes.ts';
import { evictPod, losePod } from './replica-set.ts';
import type { Node, World } from './world.ts';

/** --node-delete-delay-after-taint, µs */
const DELAY_AFTER_TAINT = 5_000_000;
/** Between two looks at whether the pods are gone, µs. */
const LOOK_PERIOD = 5_000_000;

/** The node takes no more pods. */
export function taintNode(world: World, node: Node, now: number): void {
  node.state = 'draining';
  closeNode(world, node);
  node.life.removing = now;
  touchNode(world, node);
}

/** An empty node goes: nothing can come to it any more. */
export function deleteNode(world: World, node: Node, now: number): void {
  taintNode(world, node, now);
  world.calendar.schedule(now + DELAY_AFTER_TAINT, { kind: 'node', node, stage: 'drained' });
}

export function drainNode(world: World, node: Node, now: number): void {
  taintNode(world, node, now);
  node.life.drained = true;
  world.calendar.schedule(now + DELAY_AFTER_TAINT, { kind: 'node', node, stage: 'evict' });
  const limit = world.model.strategy.nodes.karpenter?.terminationGracePeriod;
  if (limit === undefined) return;
  world.calendar.schedule(now + limit, { kind: 'node', node, stage: 'overdue' });
}

/** The pods of a drained node have had their time: they are killed. */
export function endDrain(world: World, node: Node, now: number): void {
  if (node.state !== 'draining') return;
  for (const pod of [...node.bound]) losePod(world, pod, now);
  giveUp(world, node, now);
}

export function evictPods(world: World, node: Node, now: number): void {
  if (node.state !== 'draining') return;
  for (const pod of [...node.bound]) evictPod(world, pod, now);
  lookAtDrain(world, node, now);
}

/** Are all pods gone? */
export function lookAtDrain(world: World, node: Node, now: number): void {
  if (node.state !== 'draining') return;
  if (node.pods === 0) giveUp(world, node, now);
  else world.calendar.schedule(now + LOOK_PERIOD, { kind: 'node', node, stage: 'drained' });
}

/** A node that has not joined, and is not waited for any longer. */
export function abandonNode(world: World, node: Node, now: number): void {
  node.life.removing = now;
  node.life.end = 'not-joined';
  if (node.lease === null) stopNode(world, node, now);
  else giveUp(world, node, now);
}

function giveUp(world: World, node: Node, now: number): void {
  node.state = 'removing';
  node.life.end ??= 'removed';
  touchNode(world, node);
  const { stop, failures } = world.model.strategy.nodes;
  const delay = slowed(stop, failures?.slowStop, node.luck.slowStop);
  const at = now + delayFrom(delay, node.draws.stop);
  world.calendar.schedule(at, { kind: 'node', node, stage: 'stopped' });
}
