/**
 * Preemption: where no node has room, pods of lower priority (pause pods) give way. Of the nodes on
 * which that helps, the one on which the fewest pods give way, then the one whose victims are the
 * youngest, then the oldest node. Of a node's pods the youngest give way, no more than needed.
 * The room is kept for the pod that it was made for until it is bound.
 *
 * @source kubernetes/kubernetes pkg/scheduler/framework/preemption/preemption.go and
 * plugins/defaultpreemption/default_preemption.go (SelectVictimsOnNode)
 */
import { nextNormal } from '../kernel/random.ts';
import { delayFrom } from './delays.ts';
import { notePreemption } from './ledger-notes.ts';
import { podRequests } from './pod-requests.ts';
import { evictPod } from './replica-set.ts';
import { bindPod } from './scheduler.ts';
import { dequeuePod } from './scheduling-queue.ts';
import type { Node, Pod, World } from './world.ts';

interface Plan {
  readonly node: Node;
  readonly victims: readonly Pod[];
}

/** Makes room for the pod; false = nothing that gives way would help. */
export function preemptFor(world: World, pod: Pod, now: number): boolean {
  if (world.placeholders === null) return false;
  const plan = cheapestPlan(world, pod);
  if (plan === null) return false;
  const { node, victims } = plan;
  // The room must be taken before anybody is told that it is there.
  const delay = delayFrom(
    world.model.strategy.scheduling.preemption,
    nextNormal(world.scheduler.draws(pod.deployment.index)),
  );
  dequeuePod(world, pod);
  for (const victim of victims) evictPod(world, victim, now);
  bindPod(world, pod, node);
  notePreemption(world, pod, victims.length, now);
  world.calendar.schedule(now + delay, { kind: 'pod', pod, stage: 'bound' });
  return true;
}

function cheapestPlan(world: World, pod: Pod): Plan | null {
  let best: Plan | null = null;
  for (const node of world.scheduler.openNodes) {
    const victims = victimsOn(node, pod);
    if (victims === null) continue;
    if (best === null || isCheaper(victims, best.victims)) best = { node, victims };
  }
  return best;
}

function isCheaper(victims: readonly Pod[], than: readonly Pod[]): boolean {
  if (victims.length !== than.length) return victims.length < than.length;
  return earliestStart(victims) > earliestStart(than);
}

function earliestStart(pods: readonly Pod[]): number {
  return pods.reduce((least, { startTime }) => Math.min(least, startTime ?? 0), Infinity);
}

/** The pods of the node that must go for the pod to fit; null = it does not fit even then. */
function victimsOn(node: Node, pod: Pod): readonly Pod[] | null {
  const lower = node.bound.filter(
    ({ deployment, state }) =>
      deployment.priority < pod.deployment.priority && deployment.isPause && state !== 'draining',
  );
  if (lower.length === 0) return null;
  const needs = podRequests(pod);
  let { cpu, memory, podsFree } = node;
  const victims: Pod[] = [];
  // Youngest first: ids are in order of age.
  for (let i = lower.length - 1; i >= 0; i--) {
    if (podsFree >= 1 && cpu >= needs.cpu && memory >= needs.memory) break;
    const freed = podRequests(lower[i]);
    cpu += freed.cpu;
    memory += freed.memory;
    podsFree += 1;
    victims.push(lower[i]);
  }
  return podsFree >= 1 && cpu >= needs.cpu && memory >= needs.memory ? victims : null;
}
