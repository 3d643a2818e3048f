/**
 * What must hold after every event, in production too: a defect of the engine stops the run
 * instead of bending its results. So that it costs little, an event's pod is looked at as it is,
 * and lists are searched for those alone that were bound, unbound or removed, and at the end for
 * all that there are.
 */
import { assert, InvariantError } from '../kernel/assert.ts';
import { isIn } from './by-id.ts';
import { podRequests } from './pod-requests.ts';
import { activePods } from './replica-set.ts';
import type { Scheduler } from './scheduling-queue.ts';
import type { ControlEvent, Node, Pod, World } from './world.ts';

/** @throws InvariantError */
export function assertEvent(world: World, event: ControlEvent): void {
  assertReplicas(world);
  if (event.kind === 'pod') assertPlace(event.pod);
  else if (event.kind === 'pulled') for (const pod of event.pods) assertPlace(pod);
  else if (event.kind === 'node') assertLease(event.node);
  // Most events bind and unbind nothing.
  if (world.scheduler.touchedPods.length > 0) assertTouched(world.scheduler);
}

/** At the end of a run: every pod and node. @throws InvariantError */
export function assertAll(world: World): void {
  for (const { pods } of world.owners) {
    for (const pod of pods) {
      assertPlace(pod);
      assertLists(pod);
    }
  }
  for (const node of world.nodes) {
    assertLease(node);
    assertNode(node);
  }
  assertCounts(world);
}

function assertTouched({ touchedPods, touchedNodes }: Scheduler): void {
  for (const pod of touchedPods) {
    assertPlace(pod);
    assertLists(pod);
  }
  for (const node of touchedNodes) assertNode(node);
  touchedPods.length = 0;
  touchedNodes.length = 0;
}

/**
 * Pods that are neither gone nor on their way out are exactly as many as wanted, those that are not
 * created yet included. The messages are made only when they are needed.
 */
function assertReplicas({ owners }: World): void {
  for (let i = 0; i < owners.length; i++) {
    const active = activePods(owners[i]);
    const { desired, model } = owners[i];
    if (active === desired) continue;
    throw new InvariantError(`${model.service.name}: ${active} active pods, ${desired} wanted`);
  }
}

/** A pod is in one place only: not created, in a queue of the scheduler, on a node, or gone. */
function assertPlace(pod: Pod): void {
  const { state, node, scheduling } = pod;
  const { place } = scheduling;
  if (state === 'gone') {
    if (node !== null) fault(pod, `still on node ${node.id}`);
    if (place !== 'none') fault(pod, `still ${place} in the scheduler`);
    return;
  }
  if (node !== null || pod.life.created === undefined) {
    if (place !== 'none') fault(pod, `${place}, though it needs no node now`);
  } else if (place === 'none') fault(pod, 'created, on no node, and forgotten');
  if (node === null && state !== 'pending') fault(pod, 'on no node');
}

/** It is in the lists that its state says, and in no others. */
function assertLists(pod: Pod): void {
  const { state, node, scheduling, deployment, unschedulableSince } = pod;
  if (isIn(deployment.pods, pod) !== (state !== 'gone')) {
    fault(pod, 'among the pods of its deployment, or not, against its state');
  }
  const isParked = deployment.parked[scheduling.pooled] === pod;
  if (isParked !== (scheduling.place === 'parked')) {
    fault(pod, 'in the pool, or not, against its state');
  }
  if (isIn(deployment.unschedulable, pod) !== (unschedulableSince !== null)) {
    fault(pod, 'unschedulable, or not, against its state');
  }
  if (node !== null && !isIn(node.bound, pod)) fault(pod, `not among the pods of node ${node.id}`);
}

function fault({ id, state }: Pod, what: string): never {
  throw new InvariantError(`pod ${id} (${state}): ${what}`);
}

/** What its pods request and what is left are what it has, and nothing is below zero. */
function assertNode({ id, allocatable, bound, cpu, memory, podsFree, pods }: Node): void {
  let usedCpu = 0;
  let usedMemory = 0;
  for (const pod of bound) {
    const requests = podRequests(pod);
    usedCpu += requests.cpu;
    usedMemory += requests.memory;
  }
  const fits = cpu >= 0 && memory >= 0 && podsFree >= 0;
  const adds = usedCpu + cpu === allocatable.cpu && usedMemory + memory === allocatable.memory;
  if (fits && adds && bound.length === pods && podsFree + pods === allocatable.pods) return;
  throw new InvariantError(
    `node ${id}: ${pods} pods request ${usedCpu}m and ${usedMemory} bytes, ` +
      `${cpu}m, ${memory} bytes and ${podsFree} pods are left`,
  );
}

/** A node is paid for from the moment that it runs until it is gone. */
function assertLease({ id, life, lease, state }: Node): void {
  assert((lease?.from ?? null) === (life.running ?? null), `node ${id}: it is paid from another`);
  const ends = lease === null ? null : lease.to;
  const gone = lease === null ? null : (life.gone ?? null);
  assert(ends === gone, `node ${id}: it is paid until another instant than it is gone`);
  assert((state === 'gone') === (life.gone !== undefined), `node ${id}: gone and not gone`);
}

/** What is counted event by event is what there is. Once a minute: this looks at all pods. */
export function assertCounts({ owners, nodes, leased, quota }: World): void {
  let created = 0;
  for (const { pods, draining, model, isPause } of owners) {
    let leaving = 0;
    for (const pod of pods) {
      if (pod.state === 'draining' || pod.isDoomed) leaving += 1;
      if (quota !== null && !isPause && pod.life.created !== undefined) created += 1;
    }
    const { name } = model.service;
    assert(leaving === draining, `${name}: ${leaving} pods leave, ${draining} counted`);
  }
  let paid = 0;
  for (const { lease } of nodes) if (lease !== null) paid += 1;
  assert(paid === leased, `${paid} nodes are paid for, ${leased} counted`);
  if (quota !== null) assert(quota.pods === created, `${created} pods, ${quota.pods} in the quota`);
}
