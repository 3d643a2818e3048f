/**
 * The node pool: requested → running (payment starts) → usable; unneeded → stopped (payment ends).
 * The provisioner decides how many, this file carries it out.
 */

import { nextUniform } from '../kernel/random.ts';
import { PROVISIONERS, type ProvisionerName } from '../provisioning/index.ts';
import type { NodeView, PendingPod, ProvisionerObservation } from '../provisioning/provisioner.ts';
import { leave } from './by-id.ts';
import { delayFrom, drawNode } from './delays.ts';
import { samplePeriod } from './metrics-pipeline.ts';
import { closeNode, openNode } from './rooms.ts';
import { podRequests, retryUnschedulable } from './scheduler.ts';
import type { Node, World } from './world.ts';

const SECOND = 1e6;

function newNode(world: World, requested: number): Node {
  const { allocatable, machines } = world.model;
  const seconds = samplePeriod(world) / SECOND;
  const life = { type: machines.type, requested };
  const node: Node = {
    id: world.nodesMade++,
    life,
    draws: drawNode(world.nodeStream),
    lease: null,
    state: 'upcoming',
    cpu: allocatable.cpu,
    memory: allocatable.memory,
    podsFree: allocatable.pods,
    pods: 0,
    emptySince: null,
    room: null,
    imagePresent: new Map(),
    startFree: Number.NEGATIVE_INFINITY,
    samplePhase: Math.floor(nextUniform(world.nodeStream) * seconds) * SECOND,
  };
  world.nodes.push(node);
  world.ledger.nodes.push(life);
  return node;
}

/** A node that has been running since before the scenario. */
export function standingNode(world: World): Node {
  const node = newNode(world, 0);
  startLease(world, node, 0);
  node.life.running = 0;
  becomeUsable(world, node, 0);
  if (world.model.strategy.startup.image.cached) markImages(world, node);
  return node;
}

function markImages(world: World, node: Node): void {
  for (const { index } of world.deployments) {
    node.imagePresent.set(index, Number.NEGATIVE_INFINITY);
  }
}

function startLease(world: World, node: Node, now: number): void {
  node.lease = { item: 'node', type: world.model.machines.type, from: now, to: null };
  world.ledger.leases.push(node.lease);
  world.leased += 1;
}

function requestNode(world: World, now: number): void {
  const node = newNode(world, now);
  world.lastAdded = now;
  const { request, join } = world.model.strategy.nodes;
  const running = now + delayFrom(request, node.draws.request);
  const usable = running + delayFrom(join, node.draws.join);
  world.calendar.schedule(running, { kind: 'node', node, stage: 'running' });
  world.calendar.schedule(usable, { kind: 'node', node, stage: 'usable' });
}

export function runNode(world: World, node: Node, now: number): void {
  node.life.running = now;
  startLease(world, node, now);
}

export function becomeUsable(world: World, node: Node, now: number): void {
  node.state = 'usable';
  node.life.usable = now;
  node.emptySince = now;
  openNode(world.rooms, node);
  if (world.model.strategy.startup.image.baked) markImages(world, node);
  retryUnschedulable(world, now);
}

export function stopNode(world: World, node: Node, now: number): void {
  node.state = 'gone';
  node.life.gone = now;
  leave(world.nodes, node);
  if (node.lease === null) return;
  node.lease.to = now;
  world.leased -= 1;
}

function removeNode(world: World, node: Node, now: number): void {
  node.state = 'removing';
  closeNode(world.rooms, node);
  node.life.removing = now;
  const at = now + delayFrom(world.model.strategy.nodes.stop, node.draws.stop);
  world.calendar.schedule(at, { kind: 'node', node, stage: 'stopped' });
}

/** One loop of the node autoscaler. */
export function scanNodes(world: World, now: number): void {
  const provision = PROVISIONERS[world.model.strategy.nodes.provisioner as ProvisionerName];
  const { add, remove } = provision(observe(world, now));
  for (let i = 0; i < add; i++) requestNode(world, now);
  if (remove.length === 0) return;
  const removed = new Set(remove);
  for (const node of world.nodes) if (removed.has(node.id)) removeNode(world, node, now);
}

function observe(world: World, now: number): ProvisionerObservation {
  const { nodes: spec } = world.model.strategy;
  return {
    now,
    pending: pendingPods(world),
    nodes: world.nodes.filter((node) => node.state !== 'removing').map(view),
    lastAdded: world.lastAdded,
    template: world.model.allocatable,
    min: spec.min,
    max: spec.max,
    unneededTime: spec.unneededTime,
    delayAfterAdd: spec.delayAfterAdd,
  };
}

function view(node: Node): NodeView {
  return {
    id: node.id,
    state: node.state === 'upcoming' ? 'upcoming' : 'usable',
    cpu: node.cpu,
    memory: node.memory,
    pods: node.podsFree,
    emptySince: node.emptySince,
  };
}

function pendingPods(world: World): PendingPod[] {
  const pending: PendingPod[] = [];
  for (const { unschedulable } of world.deployments) {
    for (const pod of unschedulable) {
      const { cpu, memory } = podRequests(pod);
      pending.push({ cpu, memory, since: pod.unschedulableSince ?? 0 });
    }
  }
  return pending;
}
