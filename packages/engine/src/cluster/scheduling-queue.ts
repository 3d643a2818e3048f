/**
 * The scheduler's queues. A pod is in at most one of them:
 *
 *   coming ─ time has come ─► active ─ a cycle ─► bound, or
 *     ▲                                            └► pool ─ an event that may help ─► coming
 *     └──────────── after the rest of its back-off ──────────────────┘    (or after 5 minutes)
 *
 * `coming` holds pods whose time in the active queue is known: new ones, on their way through watch
 * and informer, and those in back-off. The pool is `Deployment.parked`, by owner: pods of an owner
 * are alike, so an event may help all of them or none, and it is in no order.
 *
 * @source kubernetes/kubernetes pkg/scheduler/backend/queue/scheduling_queue.go
 */
import { InvariantError } from '../kernel/assert.ts';
import { SortedList } from '../kernel/sorted-list.ts';
import { roundDelay } from '../kernel/units.ts';
import { enter, leave } from './by-id.ts';
import { doubledWait } from './doubling.ts';
import { touchPending } from './node-views.ts';
import { askForNode } from './node-wake.ts';
import { podRequests } from './pod-requests.ts';
import type { ScorePlugin } from './scores/score.ts';
import type { ServiceStreams } from './service-streams.ts';
import type { Deployment, Node, Pod, World } from './world.ts';

/** Where the scheduler has a pod. */
export interface PodScheduling {
  place: 'none' | 'coming' | 'active' | 'parked';
  /** When it comes, or came, to the active queue, µs. */
  entry: number;
  /** Failed attempts, and when the last one was, µs. */
  attempts: number;
  failedAt: number;
  /** Its place in the pool, while it is there. */
  pooled: number;
}

export interface Scheduler {
  /** See open-nodes.ts. */
  readonly openNodes: Node[];
  readonly plugins: readonly ScorePlugin[];
  readonly coming: SortedList<Pod>;
  /** One queue per priority, the highest first, in order of entry. */
  readonly active: readonly { readonly priority: number; readonly pods: SortedList<Pod> }[];
  /** How long a cycle takes, µs. */
  readonly cycle: number;
  /** When the last cycle ended, µs. */
  free: number;
  /** When the next cycle ends, as the calendar has it, µs; Infinity = there is none. */
  due: number;
  /** The same of the next look through the pool. */
  flushDue: number;
  /** Changes whenever there may be room that was not there before. */
  version: number;
  /** Where the search for nodes goes on. */
  next: number;
  /** Luck of preemptions, by owner. */
  readonly draws: ServiceStreams;
  /** Pods bound and removed since the invariants were checked (invariants.ts), and their nodes. */
  readonly touchedPods: Pod[];
  readonly touchedNodes: Node[];
}

export function createScheduler(
  plugins: readonly ScorePlugin[],
  priorities: readonly number[],
  draws: ServiceStreams,
  throughput: number,
): Scheduler {
  const levels = [...new Set(priorities)].sort((a, b) => b - a);
  return {
    openNodes: [],
    plugins,
    coming: new SortedList(),
    active: levels.map((priority) => ({ priority, pods: new SortedList<Pod>() })),
    cycle: Math.ceil(1e6 / throughput),
    free: Number.NEGATIVE_INFINITY,
    due: Number.POSITIVE_INFINITY,
    flushDue: Number.POSITIVE_INFINITY,
    version: 0,
    next: 0,
    draws,
    touchedPods: [],
    touchedNodes: [],
  };
}

export function notScheduled(): PodScheduling {
  const failedAt = Number.NEGATIVE_INFINITY;
  return { place: 'none', entry: 0, attempts: 0, failedAt, pooled: 0 };
}

/** The pod is in the active queue from `entry` on. */
export function enqueuePod(world: World, pod: Pod, entry: number): void {
  expectPod(world, pod, entry);
  armCycle(world);
}

/** The pod is in no queue. Whoever brings many back arms the next cycle once for all of them. */
function expectPod({ scheduler }: World, pod: Pod, entry: number): void {
  const { scheduling } = pod;
  scheduling.place = 'coming';
  scheduling.entry = entry;
  scheduler.coming.add(entry, pod);
}

/** Puts the end of the next cycle on the calendar. */
export function armCycle(world: World): void {
  const { scheduler, calendar } = world;
  const at = nextEnd(world);
  if (at >= scheduler.due) return;
  scheduler.due = at;
  calendar.schedule(at, { kind: 'cycle' });
}

/** When the next cycle ends, µs; Infinity = no pod waits for one. */
export function nextEnd({ scheduler }: World): number {
  const { active, free, cycle } = scheduler;
  let entry = scheduler.coming.firstKey;
  // With one priority `coming` has them all (nextPod).
  if (active.length > 1) {
    for (const { pods } of active) entry = Math.min(entry, pods.firstKey);
  }
  return Math.max(free, entry) + cycle;
}

/** The pod whose cycle ends at `end`. */
export function nextPod({ scheduler }: World, end: number): Pod | null {
  const start = end - scheduler.cycle;
  const { coming, active } = scheduler;
  // With one priority they are in the order of the active queue already: nobody changes over.
  if (active.length === 1) return coming.firstKey <= start ? coming.first : null;
  while (coming.firstKey <= start) {
    const pod = coming.first;
    coming.remove(pod.scheduling.entry, pod);
    pod.scheduling.place = 'active';
    queueOf(scheduler, pod).add(pod.scheduling.entry, pod);
  }
  for (const { pods } of active) if (pods.size > 0) return pods.first;
  return null;
}

function queueOf({ active }: Scheduler, { deployment }: Pod): SortedList<Pod> {
  for (const { priority, pods } of active) if (priority === deployment.priority) return pods;
  return active[active.length - 1].pods;
}

/** No node takes the pod: it waits in the pool. */
export function parkPod(world: World, pod: Pod, now: number): void {
  const { scheduling, deployment } = pod;
  leaveQueue(world, pod);
  scheduling.place = 'parked';
  scheduling.attempts += 1;
  scheduling.failedAt = now;
  scheduling.pooled = deployment.parked.push(pod) - 1;
  if (pod.unschedulableSince === null) {
    pod.unschedulableSince = now;
    enter(deployment.unschedulable, pod);
    touchPending(world, pod);
    askForNode(world, now);
  }
  const { scheduler, calendar, model } = world;
  if (scheduler.flushDue !== Number.POSITIVE_INFINITY) return;
  scheduler.flushDue = now + model.strategy.scheduling.unschedulableFor;
  calendar.schedule(scheduler.flushDue, { kind: 'flush' });
}

/** The pod has a node, or needs none any more. */
export function dequeuePod(world: World, pod: Pod): void {
  leaveQueue(world, pod);
  if (pod.unschedulableSince === null) return;
  pod.unschedulableSince = null;
  leave(pod.deployment.unschedulable, pod);
  touchPending(world, pod);
}

function leaveQueue({ scheduler }: World, pod: Pod): void {
  const { scheduling, deployment } = pod;
  if (scheduling.place === 'coming') scheduler.coming.remove(scheduling.entry, pod);
  else if (scheduling.place === 'active') queueOf(scheduler, pod).remove(scheduling.entry, pod);
  else if (scheduling.place === 'parked') leavePool(deployment, pod);
  scheduling.place = 'none';
}

/** The last of the pool takes its place. */
function leavePool({ parked }: Deployment, pod: Pod): void {
  const { id, scheduling } = pod;
  if (parked[scheduling.pooled] !== pod) throw new InvariantError(`pod ${id}: not in the pool`);
  const last = parked[parked.length - 1];
  parked[scheduling.pooled] = last;
  last.scheduling.pooled = scheduling.pooled;
  parked.pop();
}

/** Those that have been in the pool for long are tried again, whatever happened. */
export function flushPool(world: World, now: number): void {
  const { scheduler, owners, calendar, model } = world;
  const { unschedulableFor } = model.strategy.scheduling;
  let next = Number.POSITIVE_INFINITY;
  for (const owner of owners) {
    for (const pod of [...owner.parked]) {
      const leaves = pod.scheduling.failedAt + unschedulableFor;
      if (leaves > now) {
        next = Math.min(next, leaves);
        continue;
      }
      leaveQueue(world, pod);
      expectPod(world, pod, Math.max(now, backoffEnd(world, pod)));
    }
  }
  armCycle(world);
  scheduler.flushDue = next;
  if (next !== Number.POSITIVE_INFINITY) calendar.schedule(next, { kind: 'flush' });
}

/** A pod is gone from the node: pods that it can take now are tried after their back-off. */
export function noticeRoom(world: World, node: Node, now: number): void {
  for (const owner of world.owners) {
    if (owner.parked.length > 0 && mayTake(node, owner)) readmitAll(world, owner, now);
  }
}

/** A machine of its own is given back to the provider: another pod may have one, of any size. */
export function noticeQuota(world: World, now: number): void {
  for (const owner of world.owners) readmitAll(world, owner, now);
}

function readmitAll(world: World, { parked }: Deployment, now: number): void {
  for (const pod of parked.splice(0)) expectPod(world, pod, Math.max(now, backoffEnd(world, pod)));
  armCycle(world);
}

/**
 * A node became ready. Pods were tried in vain when it registered, so all of them are somewhere in
 * the back-off that follows: between a tenth of it and all of it remains.
 */
export function noticeUsable(world: World, node: Node, now: number): void {
  for (const owner of world.owners) {
    if (owner.parked.length === 0 || !mayTake(node, owner)) continue;
    for (const pod of owner.parked.splice(0)) {
      const rest = roundDelay(backoffOf(world, pod) * (0.1 + 0.9 * pod.draws.backoff));
      expectPod(world, pod, now + rest);
    }
  }
  armCycle(world);
}

/** How long a pod rests after its last failed attempt, µs. */
function backoffOf({ model }: World, { scheduling }: Pod): number {
  const { initialBackoff, maxBackoff } = model.strategy.scheduling;
  return doubledWait(initialBackoff, scheduling.attempts, maxBackoff);
}

function backoffEnd(world: World, pod: Pod): number {
  return pod.scheduling.failedAt + backoffOf(world, pod);
}

/** The node has room for a pod of the owner, counting what gives way to it. */
function mayTake(node: Node, owner: Deployment): boolean {
  if (node.state !== 'usable') return false;
  let { cpu, memory, podsFree } = node;
  for (const pod of node.bound) {
    if (pod.deployment.priority >= owner.priority) continue;
    const requests = podRequests(pod);
    cpu += requests.cpu;
    memory += requests.memory;
    podsFree += 1;
  }
  const { requests } = owner;
  return podsFree >= 1 && cpu >= requests.cpu && memory >= requests.memory;
}
