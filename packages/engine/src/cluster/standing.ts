/**
 * The state at time 0: the cluster has been serving the load of that instant for long. Deployments
 * have the replicas at which their HPA rests, on nodes that hold them, with samples of steady use.
 */
import { DEFAULT_HPA } from '../scaling/default-hpa.ts';
import { type CpuTarget, cpuTargetOf } from '../scaling/hpa-cpu-target.ts';
import { withDefaults } from '../scaling/hpa-defaults.ts';
import { totalRateAt } from '../traffic/rate.ts';
import { samplePeriod, startSampling } from './metrics-pipeline.ts';
import { standingNode } from './node-pool.ts';
import { newPod } from './pod-start.ts';
import { bindPod, findNode, parkPod } from './scheduler.ts';
import type { Deployment, Node, Pod, World } from './world.ts';

/** How long ago everything started: longer than any start-up rule of the HPA looks back, µs. */
const LONG_AGO = -3_600_000_000;

export function placeStandingPods(world: World): void {
  const { strategy } = world.model;
  while (world.nodes.length < strategy.nodes.min) standingNode(world);
  for (const deployment of world.deployments) {
    deployment.desired = restingReplicas(world, deployment);
    for (let i = 0; i < deployment.desired; i++) standPod(world, deployment);
  }
}

/** Replicas at which the HPA rests under the load at time 0, at least those written down. */
function restingReplicas(world: World, deployment: Deployment): number {
  const { strategy } = world.model;
  const { service, holdTime, curves } = deployment.model;
  const written = strategy.replicas ?? service.workload.replicas;
  if (strategy.autoscaler !== 'hpa') return Math.max(written, deployment.floor);
  const hpa = withDefaults(service.hpa ?? DEFAULT_HPA);
  const target = cpuTargetOf(hpa);
  const cores = totalRateAt(curves, 0) * service.cpuPerRequest * 1e-6;
  const { cpuRequest } = service.workload;
  const floor = Math.max(hpa.minReplicas, deployment.floor);
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
  pod.life.created = LONG_AGO;
  const node = nodeFor(world, pod);
  if (node === null) {
    parkPod(pod, 0);
    return;
  }
  bindPod(world, pod, node);
  const { life } = pod;
  for (const stage of STAGES) life[stage] = LONG_AGO;
  pod.startTime = LONG_AGO;
  pod.readySince = LONG_AGO;
  pod.state = 'ready';
  startSampling(world, pod);
  node.imagePresent.set(deployment.index, Number.NEGATIVE_INFINITY);
  deployment.model.plane.admit(pod.column);
  recallUsage(world, pod, node);
}

const STAGES = ['created', 'bound', 'imagePresent', 'started', 'appUp', 'ready', 'routed'] as const;

/** A node with room; an elastic pool brings one, a fixed pool does not. */
function nodeFor(world: World, pod: Pod): Node | null {
  const node = findNode(world, pod);
  const { nodes } = world.model.strategy;
  if (node !== null || nodes.provisioner === 'fixed' || world.nodes.length >= nodes.max)
    return node;
  standingNode(world);
  return findNode(world, pod);
}

/** The two points before time 0, as if the load at 0 had always been there. */
function recallUsage(world: World, pod: Pod, node: Node): void {
  const { service, curves } = pod.deployment.model;
  const cores = totalRateAt(curves, 0) * service.cpuPerRequest * 1e-6;
  const perPod = cores / pod.deployment.desired;
  const period = samplePeriod(world);
  const { usage } = pod;
  usage.points = 2;
  usage.time = node.samplePhase - period;
  usage.cpu = perPod * usage.time;
  usage.earlierTime = usage.time - period;
  usage.earlierCpu = perPod * usage.earlierTime;
  usage.sampleTime = usage.time;
  usage.sampleCpu = usage.cpu;
}
