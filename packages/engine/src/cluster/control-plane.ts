/**
 * The control plane of a Kubernetes cluster: one event at a time from its calendar, each a line in
 * the dispatch below. Periodic loops fire at start + k · period.
 */
import { assert, InvariantError } from '../kernel/assert.ts';
import { Calendar } from '../kernel/calendar.ts';
import { nextUniform } from '../kernel/random.ts';
import { openRuns } from '../ledger/decision-runs.ts';
import { createLedger, type Ledger } from '../ledger/ledger.ts';
import type { ClusterModel, Model, ServiceModel } from '../model.ts';
import { DEFAULT_HPA } from '../scaling/default-hpa.ts';
import { hpaPods, hpaSamples } from '../scaling/hpa-observation.ts';
import { AUTOSCALERS, type AutoscalerName, type ScalingLoopFactory } from '../scaling/index.ts';
import { keepArrivals } from './custom-measures.ts';
import { collectSamples, createAdapters, recallSamples } from './custom-metrics.ts';
import { applyFloors } from './horizontal.ts';
import { delayKey, dueKey, finishSync, resync, syncQueue } from './hpa-queue.ts';
import { noSampled, sampleKubelets, scrape } from './metrics-pipeline.ts';
import { becomeUsable, runNode, scanNodes, stopNode } from './node-pool.ts';
import {
  createPod,
  pulledPod,
  readyPod,
  routePod,
  schedulePod,
  startPod,
  submitPod,
} from './pod-start.ts';
import { activePods, killPod, removeFinished, unroutePod } from './replica-set.ts';
import { placeStandingPods } from './standing.ts';
import type { ControlEvent, Deployment, Node, NodeStage, Pod, PodStage, World } from './world.ts';

/** What `simulate` needs of a strategy's control plane. */
export interface ControlPlane {
  readonly ledger: Ledger;
  /** µs; Infinity = nothing will ever happen. */
  readonly nextTime: () => number;
  /** Lets the next event act. */
  readonly act: () => void;
  /** null = nothing happens from second to second. */
  readonly everySecond: ((now: number) => void) | null;
  /** The requests' statistics are about to begin anew. */
  readonly beforeReset: (now: number) => void;
  readonly levels: (now: number) => { desired: number; replicas: number; machines: number };
}

const FIRST_PODS = 64;

export function createControlPlane(model: Model, cluster: ClusterModel): ControlPlane {
  const world = createWorld(model, cluster);
  applyFloors(world, 0);
  placeStandingPods(world);
  for (const adapter of world.adapters) recallSamples(adapter);
  scheduleLoops(world, model);
  return {
    ledger: world.ledger,
    nextTime: () => world.calendar.nextTime,
    act: () => {
      const now = world.calendar.nextTime;
      act(world, world.calendar.next(), now);
      assertReplicas(world);
    },
    everySecond: (now) => {
      sampleKubelets(world, now);
      removeFinished(world, now);
    },
    beforeReset: (now) => {
      for (const service of world.measured) keepArrivals(service, now);
    },
    levels: () => ({
      desired: sum(world.deployments, (d) => d.desired),
      replicas: sum(world.deployments, (d) => d.pods.length),
      machines: world.leased,
    }),
  };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
}

function createWorld(model: Model, cluster: ClusterModel): World {
  const deployments = model.services
    .filter(({ service }) => service.fixed === undefined)
    .map((service, index) => deploymentOf(model, cluster, service, index));
  const phase = phasesOf(model);
  return {
    model: cluster,
    calendar: new Calendar<ControlEvent>(),
    horizon: model.horizon,
    ledger: createLedger(),
    deployments,
    pods: [],
    nodes: [],
    leased: 0,
    rooms: [],
    sampled: noSampled(cluster.metrics.kubeletPeriod),
    syncs: syncQueue(deployments, otherHpas(cluster), model.stream('resync')),
    ...createAdapters({ model, cluster }, deployments, phase),
    nodesMade: 0,
    lastAdded: Number.NEGATIVE_INFINITY,
    nodeStream: model.stream('nodes'),
    createTat: Number.NEGATIVE_INFINITY,
  };
}

/** Of others in the cluster, where they can keep one of ours waiting. */
function otherHpas({ strategy, hpaController }: ClusterModel): number {
  const waits = strategy.autoscaler === 'hpa' && hpaController.syncDuration > 0;
  return waits ? hpaController.otherHpas : 0;
}

function deploymentOf(
  model: Model,
  cluster: ClusterModel,
  service: ServiceModel,
  index: number,
): Deployment {
  const { hpa, name } = service.service;
  const createLoop: ScalingLoopFactory = AUTOSCALERS[cluster.strategy.autoscaler as AutoscalerName];
  return {
    index,
    model: service,
    desired: 0,
    pods: [],
    draining: 0,
    unrouted: [],
    unschedulable: [],
    parked: [],
    nextOrdinal: 0,
    startup: model.stream(`startup/${name}`),
    floor: 0,
    scaler: createLoop(hpa ?? DEFAULT_HPA, cluster.hpaController),
    runs: openRuns(),
    view: { pods: hpaPods(FIRST_PODS), cpu: hpaSamples(FIRST_PODS) },
    feeds: [],
  };
}

/** Loop, period → when its first turn is, µs: each loop has a stream of its own. */
function phasesOf(model: Model): (loop: string, period: number) => number {
  return (loop, period) => Math.floor(nextUniform(model.stream(`phase/${loop}`)) * period);
}

/** The first turns of the loops, each with a phase of its own. */
function scheduleLoops(world: World, model: Model): void {
  const { calendar } = world;
  const phase = phasesOf(model);
  const { metrics, strategy } = world.model;
  calendar.schedule(phase('scrape', metrics.resolution), { kind: 'scrape' });
  calendar.schedule(phase('scan', strategy.nodes.scanInterval), { kind: 'scan' });
  for (const adapter of world.adapters) {
    calendar.schedule(adapter.phase, { kind: 'collect', adapter });
  }
  scheduleSyncs(world, phase);
  for (const { at, until } of strategy.schedule) {
    if (at > 0) calendar.schedule(at, { kind: 'floors' });
    if (until !== undefined && until > 0) calendar.schedule(until, { kind: 'floors' });
  }
}

/** Those of other HPAs are spread over the period, as their reconciles one after another are. */
function scheduleSyncs(world: World, phase: (loop: string, period: number) => number): void {
  const { syncPeriod, syncDuration } = world.model.hpaController;
  const { keys } = world.syncs;
  const others = keys.length - world.deployments.length;
  let other = 0;
  for (const key of keys) {
    const name = key.deployment?.model.service.name;
    const spread = Math.floor(((other + 0.5) * syncPeriod) / Math.max(1, others));
    if (name === undefined) other += 1;
    delayKey(world, key, name === undefined ? spread : phase(`sync/${name}`, syncPeriod));
  }
  // Without a duration no delivery falls into a reconcile: it would change nothing.
  if (syncDuration === 0) return;
  world.calendar.schedule(phase('resync', syncPeriod), { kind: 'resync' });
}

function act(world: World, event: ControlEvent, now: number): void {
  const { metrics, strategy } = world.model;
  switch (event.kind) {
    case 'scrape':
      scrape(world);
      world.calendar.schedule(now + metrics.resolution, event);
      break;
    case 'collect':
      collectSamples(event.adapter, now);
      world.calendar.schedule(now + event.adapter.spec.resolution, event);
      break;
    case 'scan':
      assertCounts(world);
      scanNodes(world, now);
      world.calendar.schedule(now + strategy.nodes.scanInterval, event);
      break;
    case 'sync':
      dueKey(world, event.key, now);
      break;
    case 'synced':
      finishSync(world, event.key, now);
      break;
    case 'resync':
      resync(world, now);
      break;
    case 'floors':
      applyFloors(world, now);
      break;
    case 'pod':
      if (event.pod.state !== 'gone') POD_STAGES[event.stage](world, event.pod, now);
      break;
    case 'node':
      NODE_STAGES[event.stage](world, event.node, now);
      break;
  }
}

const POD_STAGES: Readonly<Record<PodStage, (world: World, pod: Pod, now: number) => void>> = {
  submitted: submitPod,
  created: createPod,
  schedule: schedulePod,
  pulled: pulledPod,
  started: startPod,
  ready: readyPod,
  routed: routePod,
  unrouted: unroutePod,
  killed: killPod,
};

const NODE_STAGES: Readonly<Record<NodeStage, (world: World, node: Node, now: number) => void>> = {
  running: runNode,
  usable: becomeUsable,
  stopped: stopNode,
};

/**
 * Pods that are neither gone nor on their way out are exactly as many as wanted. This is asked
 * after every event, so the message is made only when it is needed.
 */
function assertReplicas({ deployments }: World): void {
  for (const deployment of deployments) {
    const { desired, model } = deployment;
    const active = activePods(deployment);
    if (active === desired) continue;
    throw new InvariantError(`${model.service.name}: ${active} active pods, ${desired} wanted`);
  }
}

/** What is counted event by event is what there is. At scans alone: this looks at all pods. */
function assertCounts({ deployments, nodes, leased }: World): void {
  for (const { pods, draining, model } of deployments) {
    const found = sum(pods, ({ state }) => (state === 'draining' ? 1 : 0));
    assert(found === draining, `${model.service.name}: ${found} pods drain, ${draining} counted`);
  }
  const paid = sum(nodes, ({ lease }) => (lease === null ? 0 : 1));
  assert(paid === leased, `${paid} nodes are paid for, ${leased} counted`);
}
