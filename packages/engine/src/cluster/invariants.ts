/**
 * What must hold after every event, in production too. Checked for what the event was about and
 * what it bound or unbound, so that it costs little: a defect of the engine stops the run instead
 * of bending its results.
 */
import { assert, InvariantError } from '../kernel/assert.ts';
import { isIn } from './by-id.ts';
import { podRequests } from './pod-requests.ts';
import { activePods } from './replica-set.ts';
import type { ControlEvent, Node, Pod, World } from './world.ts';

/** @throws InvariantError */
export function assertEvent(world: World, event: ControlEvent): void {
  const { touchedPods, touchedNodes } = world.scheduler;
  assertReplicas(world);
  if (event.kind === 'pod') assertPod(event.pod);
  if (event.kind === 'node') assertLease(event.node);
  for (const pod of touchedPods) assertPod(pod);
  for (const node of touchedNodes) assertNode(node);
  touchedPods.length = 0;
  touchedNodes.length = 0;
}

/**
 * Pods that are neither gone nor on their way out are exactly as many as wanted, those that are not
 * created yet included. The messages are made only when they are needed.
 */
function assertReplicas({ owners }: World): void {
  for (const owner of owners) {
    const { desired, model } = owner;
    const active = activePods(owner);
    if (active === desired) continue;
    throw new InvariantError(`${model.service.name}: ${active} active pods, ${desired} wanted`);
  }
}

/** A pod is in one place only: not created, in a queue of the scheduler, on a node, or gone. */
function assertPod(pod: Pod): void {
  const { id, state, node, scheduling, deployment, life, unschedulableSince } = pod;
  const fault = (what: string): never => {
    throw new InvariantError(`pod ${id} (${state}): ${what}`);
  };
  if (state === 'gone') {
    if (node !== null) fault(`still on node ${node.id}`);
    if (isIn(deployment.pods, pod)) fault('still among the pods of its deployment');
    if (scheduling.place !== 'none') fault(`still ${scheduling.place} in the scheduler`);
    return;
  }
  if (!isIn(deployment.pods, pod)) fault('not among the pods of its deployment');
  if (life.created === undefined || node !== null) {
    if (scheduling.place !== 'none') fault(`${scheduling.place}, though it needs no node now`);
  } else if (scheduling.place === 'none') fault('created, on no node, and forgotten');
  const isParked = isIn(deployment.parked, pod);
  if (isParked !== (scheduling.place === 'parked')) fault('in the pool, or not, against its state');
  if (isIn(deployment.unschedulable, pod) !== (unschedulableSince !== null)) {
    fault('unschedulable, or not, against its state');
  }
  if (node === null && state !== 'pending') fault('on no node');
  if (node !== null && !isIn(node.bound, pod)) fault(`not among the pods of node ${node.id}`);
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

/** What is counted event by event is what there is. At scans alone: this looks at all pods. */
export function assertCounts({ owners, nodes, leased, quota }: World): void {
  let created = 0;
  for (const { pods, draining, model, isPause } of owners) {
    let leaving = 0;
    for (const { state, isDoomed, life } of pods) {
      if (state === 'draining' || isDoomed) leaving += 1;
      if (life.created !== undefined && !isPause) created += 1;
    }
    const { name } = model.service;
    assert(leaving === draining, `${name}: ${leaving} pods leave, ${draining} counted`);
  }
  let paid = 0;
  for (const { lease } of nodes) if (lease !== null) paid += 1;
  assert(paid === leased, `${paid} nodes are paid for, ${leased} counted`);
  if (quota !== null) assert(quota.pods === created, `${created} pods, ${quota.pods} in the quota`);
}
