/**
 * CPU of starting applications as a fluid: each has so much CPU work to do, and gets what the
 * other processes of its node leave it. The node's CPU is shared as cgroup weights share it: in
 * proportion to the CPU requests, nobody gets more than it can use (weighted max–min), so a start
 * gets its request at least and its limit at most. Shares are recomputed whenever a start begins or
 * ends, and once a second for what requests use by then, which is taken as constant in between.
 *
 * Requests that are served are part of the competition. They are slowed down by it only where the
 * scenario says so (`startup.slowsRequests`): then a pod that gets less than it could use serves at
 * share ÷ demand of full speed, while something starts on its node.
 */
import type { ClusterModel } from '../model.ts';
import { enter, leave } from './by-id.ts';
import { expectUp } from './container-start.ts';
import { APP_CPU, APP_RATE, APP_SINCE, lastReading, rowOf } from './cpu-points.ts';
import { containerCpu } from './metrics-pipeline.ts';
import { nodeOf } from './node-of.ts';
import { podRequests } from './pod-requests.ts';
import type { Node, Pod, World } from './world.ts';

const SECOND = 1_000_000;

/** Share of what it could use from which a pod is taken to be saturated. */
const NEARLY_ALL = 0.95;

/** Weight of a pod without a request, millicores: the kernel's smallest share. */
const LEAST_WEIGHT = 2;

/** Somebody who wants CPU: cores that it can use at most, and its weight. */
export interface Claim {
  readonly demand: number;
  readonly weight: number;
  share: number;
}

/** Weighted max–min fair shares of `cores`. */
export function shareCores(claims: readonly Claim[], cores: number): void {
  const order = [...claims].sort((a, b) => a.demand / a.weight - b.demand / b.weight);
  let left = cores;
  let weight = order.reduce((sum, claim) => sum + claim.weight, 0);
  for (const claim of order) {
    claim.share = Math.min(claim.demand, weight > 0 ? (left * claim.weight) / weight : 0);
    left = Math.max(0, left - claim.share);
    weight -= claim.weight;
  }
}

/** The application of the pod begins to start: `work` core-µs. */
export function beginWork(world: World, pod: Pod, work: number, now: number): void {
  const node = nodeOf(pod);
  if (node.starting.length === 0) {
    enter(world.starting, node);
    for (const other of node.bound) recallLoad(other, now);
  }
  pod.container.work = Math.max(1, work);
  enter(node.starting, pod);
  shareNode(world, node, now);
}

/** It is up, or was stopped. */
export function endWork(world: World, pod: Pod, now: number): void {
  useCpu(pod, now);
  const { container, node } = pod;
  pod.deployment.points.values[rowOf(pod) + APP_RATE] = 0;
  if (container.work === 0) return;
  container.work = 0;
  if (node === null) return;
  leave(node.starting, pod);
  if (node.starting.length > 0) {
    shareNode(world, node, now);
    return;
  }
  leave(world.starting, node);
  for (const other of node.bound) serveAt(other, 1, now);
}

/** Once a second: what requests use has changed. */
export function shareNodes(world: World, now: number): void {
  for (const node of world.starting) {
    for (const pod of node.bound) measureLoad(pod, now);
    shareNode(world, node, now);
  }
}

function shareNode(world: World, node: Node, now: number): void {
  const claims: Claim[] = [];
  const { slowsRequests = false } = world.model.strategy.startup;
  for (const pod of node.bound) {
    const { cpu } = podRequests(pod);
    const { container } = pod;
    const served = container.isUp ? loadDemand(pod) : 0;
    const demand = container.work > 0 ? mostCores(world, pod) : served;
    claims.push({ demand, weight: Math.max(LEAST_WEIGHT, cpu), share: 0 });
  }
  shareCores(claims, node.allocatable.cpu / 1000);
  node.bound.forEach((pod, i) => {
    const { share, demand } = claims[i];
    if (pod.container.work > 0) setRate(world, pod, share, now);
    else if (slowsRequests) serveAt(pod, demand > 0 ? share / demand : 1, now);
  });
}

/** A pod that has used nearly all that its speed allows would use more at full speed. */
function loadDemand({ container: { load, speed }, deployment: { model } }: Pod): number {
  const most = model.slots * model.coresPerSlot;
  return load < NEARLY_ALL * speed * most ? load : Math.min(most, load / speed);
}

function serveAt({ container, deployment, column }: Pod, speed: number, now: number): void {
  if (speed === container.speed) return;
  container.speed = speed;
  deployment.model.plane.setSpeed(column, speed, now);
}

/** Cores that a start uses where it is alone; without a limit as many as there are. */
function mostCores({ model }: World, pod: Pod): number {
  const { boost = 1 } = model.strategy.startup;
  return (appLimit(model, pod) * boost) / 1000;
}

/** CPU limit of the application: the rest of the pod's is that of its sidecar. */
export function appLimit({ strategy }: ClusterModel, { deployment }: Pod): number {
  const { cpuLimit } = deployment.model.service.workload;
  const sidecar = strategy.startup.security?.sidecar?.cpuLimit ?? 0;
  return cpuLimit === null ? Number.MAX_SAFE_INTEGER : cpuLimit - sidecar;
}

function setRate(world: World, pod: Pod, rate: number, now: number): void {
  const { values } = pod.deployment.points;
  const at = rowOf(pod) + APP_RATE;
  const begins = values[at] === 0;
  useCpu(pod, now);
  if (!begins && rate === values[at]) return;
  values[at] = rate;
  expectUp(world, pod, now + Math.max(1, Math.ceil(pod.container.work / rate)));
}

/** Books what the start has used up to `now`. */
function useCpu(pod: Pod, now: number): void {
  const { container, deployment } = pod;
  const { values } = deployment.points;
  const row = rowOf(pod);
  const used = values[row + APP_RATE] * (now - values[row + APP_SINCE]);
  values[row + APP_CPU] += used;
  // Work that is done to the last bit stays above 0: 0 means that there is none.
  if (container.work > 0) container.work = Math.max(1e-3, container.work - used);
  values[row + APP_SINCE] = now;
}

/** Cores that the pod has used for its requests since the last look. */
function measureLoad(pod: Pod, now: number): void {
  const { container } = pod;
  if (!container.isUp || now <= container.loadTime) return;
  const cpu = containerCpu(pod, now);
  container.load = (cpu - container.loadCpu) / (now - container.loadTime);
  container.loadCpu = cpu;
  container.loadTime = now;
}

/** Nobody has looked for long: as the metrics had it last. */
function recallLoad(pod: Pod, now: number): void {
  const { container } = pod;
  if (!container.isUp || now - container.loadTime <= SECOND) return;
  container.load = lastReading(pod)?.cores ?? 0;
  container.loadCpu = containerCpu(pod, now);
  container.loadTime = now;
}
