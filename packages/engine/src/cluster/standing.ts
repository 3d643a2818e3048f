/**
 * The state at time 0: the cluster has been serving the load of that instant for long. Deployments
 * have the replicas at which their HPA rests, on nodes that hold them, with samples of steady use.
 */
import type { NodeOffering } from '../model.ts';
import { DEFAULT_HPA } from '../scaling/default-hpa.ts';
import { type CpuTarget, cpuTargetOf } from '../scaling/hpa-cpu-target.ts';
import { withDefaults } from '../scaling/hpa-defaults.ts';
import { totalRateAt } from '../traffic/rate.ts';
import {
  CPU,
  EARLIER_CPU,
  EARLIER_TIME,
  POINTS,
  rowOf,
  SAMPLE_CPU,
  SAMPLE_TIME,
  TIME,
} from './cpu-points.ts';
import { markImage } from './images.ts';
import { samplePeriod, startSampling } from './metrics-pipeline.ts';
import { isBeyondQuota } from './node-launch.ts';
import { standingNodes } from './node-pool.ts';
import { poolSize } from './node-records.ts';
import { refuseStanding } from './pod-creation.ts';
import { podRequests } from './pod-requests.ts';
import { newPod } from './pod-start.ts';
import { standProbes } from './probes.ts';
import { takeQuota } from './quota.ts';
import { restingScale } from './scalers.ts';
import { bindPod, findNode } from './scheduler.ts';
import { boundPod } from './scheduling-cycle.ts';
import { parkPod } from './scheduling-queue.ts';
import { isServerless, standServerless } from './serverless.ts';
import type { Deployment, Node, Pod, World } from './world.ts';

/** How long ago everything started: longer than any start-up rule of the HPA looks back, µs. */
const LONG_AGO = -3_600_000_000;

export function placeStandingPods(world: World): void {
  for (const pool of world.model.pools) standingNodes(world, pool, pool.min);
  for (const deployment of world.deployments) {
    deployment.desired = restingReplicas(world, deployment);
    for (let i = 0; i < deployment.desired; i++) standPod(world, deployment);
  }
  standPausePods(world);
}

/** Replicas at which the HPA rests under the load at time 0, at least those written down. */
function restingReplicas(world: World, deployment: Deployment): number {
  const { strategy } = world.model;
  const { service, holdTime, curves } = deployment.model;
  const written = strategy.replicas ?? service.workload.replicas;
  const own = restingScale(deployment);
  if (own !== null) return strategy.replicas ?? own;
  const isHpa = strategy.autoscaler === 'hpa' || deployment.forecast !== null;
  if (!isHpa) return Math.max(written, deployment.floor);
  const hpa = withDefaults(service.hpa ?? DEFAULT_HPA);
  const target = cpuTargetOf(hpa);
  const cores = totalRateAt(curves, 0) * service.cpuPerRequest * 1e-6;
  const { cpuRequest } = service.workload;
  const forecast = deployment.forecast?.replicas ?? 0;
  const floor = Math.max(hpa.minReplicas, deployment.floor, forecast);
  // A share of no request cannot be computed: such an HPA has never scaled anything.
  if (cpuRequest === null && target.utilization !== null) return Math.max(floor, written);
  const slots = whole((totalRateAt(curves, 0) * holdTime * 1e-6) / deployment.model.slots);
  const byCpu = whole(cores / coresPerPod(target, cpuRequest ?? 0));
  const resting = Math.max(written, byCpu, byCustomMetrics(deployment), slots);
  return strategy.replicas ?? Math.min(hpa.maxReplicas, Math.max(floor, resting));
}

/** Replicas at which averages of custom metrics meet their targets; other targets know none. */
function byCustomMetrics({ feeds, model }: Deployment): number {
  const { metrics } = withDefaults(model.service.hpa ?? DEFAULT_HPA);
  let most = 0;
  feeds.forEach((feed, i) => {
    const { target } = metrics[i];
    if (feed === null || target.type !== 'AverageValue') return;
    const measured = feed.pods === null ? feed.service.measured.model : model;
    const steady = feed.adapter.measure.steady(totalRateAt(measured.curves, 0), measured);
    most = Math.max(most, whole((steady * 1000) / target.averageValue));
  });
  return most;
}

/** Cores per pod at which an HPA is on target. */
function coresPerPod({ utilization, cores }: CpuTarget, cpuRequest: number): number {
  const share = utilization === null ? Number.POSITIVE_INFINITY : (cpuRequest / 1000) * utilization;
  // The metric that asks for more replicas decides; without one on cpu, none does.
  return Math.min(share, cores ?? Number.POSITIVE_INFINITY);
}

/** Rounded up, but 1.1 ÷ 0.1 is 11 and not 12. */
function whole(count: number): number {
  return Math.ceil(count * (1 - 1e-9));
}

function standPod(world: World, deployment: Deployment): void {
  const pod = newPod(world, deployment, LONG_AGO);
  const node = placePod(world, pod);
  if (node === null) return;
  const { life } = pod;
  for (const stage of STAGES) life[stage] = LONG_AGO;
  pod.startTime = LONG_AGO;
  pod.readySince = LONG_AGO;
  pod.state = 'ready';
  startSampling(pod);
  markImage(node, deployment.index);
  Object.assign(pod.container, { startedAt: LONG_AGO, isUp: true, isListed: true });
  deployment.model.plane.admit(pod.column);
  standProbes(world, pod);
  recallUsage(world, pod, node);
}

/** Creates the pod and binds it; null = the quota or the nodes have no room, and it waits. */
function placePod(world: World, pod: Pod): Node | null {
  const refusal = takeQuota(world, pod);
  if (refusal !== null) {
    refuseStanding(world, pod, refusal);
    return null;
  }
  pod.life.created = LONG_AGO;
  const node = nodeFor(world, pod);
  if (node === null) parkPod(world, pod, 0);
  else bindPod(world, pod, node);
  return node;
}

function standPausePods(world: World): void {
  const { placeholders } = world;
  if (placeholders === null) return;
  placeholders.desired = placeholders.model.service.workload.replicas;
  for (let i = 0; i < placeholders.desired; i++) {
    const pod = newPod(world, placeholders, LONG_AGO);
    if (placePod(world, pod) !== null) boundPod(world, pod, LONG_AGO);
  }
}

const STAGES = ['created', 'bound', 'imagePresent', 'started', 'appUp', 'ready', 'routed'] as const;

/** A node with room; an elastic pool brings one, a fixed pool does not. */
function nodeFor(world: World, pod: Pod): Node | null {
  if (isServerless(world)) return standServerless(world, pod);
  const node = findNode(world, pod);
  const { pools, strategy } = world.model;
  if (node !== null || strategy.nodes.provisioner === 'fixed') return node;
  const { cpu, memory } = podRequests(pod);
  const { provisioner, maxNodesTotal = Number.POSITIVE_INFINITY } = strategy.nodes;
  const total = provisioner === 'cluster-autoscaler' ? maxNodesTotal : Number.POSITIVE_INFINITY;
  if (world.nodes.length >= total) return null;
  // The first type that holds the pod.
  const fits = ({ allocatable }: NodeOffering) =>
    allocatable.cpu >= cpu && allocatable.memory >= memory;
  const open = pools.flatMap((pool) => {
    const offering = pool.offerings.find(fits);
    if (offering === undefined || poolSize(world, pool) >= pool.max) return [];
    return isBeyondQuota(world, offering.machines.instance.cpu) ? [] : [{ pool, offering }];
  });
  // The first of the highest priority: what a node autoscaler chose long ago nobody knows.
  const [first, ...others] = open;
  if (first === undefined) return null;
  const best = others.reduce((a, b) => (b.pool.priority > a.pool.priority ? b : a), first);
  standingNodes(world, best.pool, 1, best.offering.type);
  return findNode(world, pod);
}

/** The two points before time 0, as if the load at 0 had always been there. */
function recallUsage(world: World, pod: Pod, node: Node): void {
  const { service, curves } = pod.deployment.model;
  const cores = totalRateAt(curves, 0) * service.cpuPerRequest * 1e-6;
  const perPod = cores / pod.deployment.desired;
  const period = samplePeriod(world);
  const { values } = pod.deployment.points;
  const row = rowOf(pod);
  const time = node.samplePhase - period;
  values[row + POINTS] = 2;
  values[row + TIME] = time;
  values[row + CPU] = perPod * time;
  values[row + EARLIER_TIME] = time - period;
  values[row + EARLIER_CPU] = perPod * (time - period);
  values[row + SAMPLE_TIME] = time;
  values[row + SAMPLE_CPU] = perPod * time;
}
