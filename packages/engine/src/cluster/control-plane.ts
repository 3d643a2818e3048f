/**
 * The control plane of a Kubernetes cluster: one event at a time from its calendar, each a line in
 * the dispatch below. Periodic loops fire at start + k · period.
 */
import type { Ledger } from '../ledger/ledger.ts';
import type { ClusterModel, Model } from '../model.ts';
import { isCurrent } from './container.ts';
import { clearedPod, pulledPods, startPod, upPod } from './container-start.ts';
import { createWorld, phasesOf } from './create-world.ts';
import { keepArrivals } from './custom-measures.ts';
import { collectSamples, recallSamples } from './custom-metrics.ts';
import { routePod, unroutePod } from './endpoints.ts';
import { strike } from './faults.ts';
import { applyFloors } from './horizontal.ts';
import { delayKey, dueKey, finishSync, resync } from './hpa-queue.ts';
import { endTransfers } from './image-pull.ts';
import { advanceImage, prePull } from './images.ts';
import { assertAll, assertCounts, assertEvent } from './invariants.ts';
import { sampleKubelets, scrape } from './metrics-pipeline.ts';
import { shareNodes } from './node-cpu.ts';
import { endDrain, evictPods, lookAtDrain } from './node-drain.ts';
import { refuseNode } from './node-launch.ts';
import { startNodeLoop, turnNodes } from './node-loop.ts';
import {
  dieNode,
  failZone,
  noticeNode,
  reclaimNode,
  restoreZone,
  scheduleZones,
} from './node-loss.ts';
import { becomeUsable, runNode, stopNode } from './node-pool.ts';
import { createPod, replicate } from './pod-creation.ts';
import { watchedInMemory, watchMemory } from './pod-memory.ts';
import { checkLiveness, checkReadiness, deadlinePod, readyPod } from './probes.ts';
import { deletedPod } from './replica-set.ts';
import { restartPod } from './restarts.ts';
import { carryScalers, startScalers } from './scalers.ts';
import { boundPod, runCycles } from './scheduling-cycle.ts';
import { flushPool } from './scheduling-queue.ts';
import { sandboxPod } from './serverless.ts';
import { placeStandingPods } from './standing.ts';
import { cutPod, endFinished, killPod, removedPod, termPod } from './termination.ts';
import type { ControlEvent, Node, NodeStage, Pod, PodStage, World } from './world.ts';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;

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

export function createControlPlane(model: Model, cluster: ClusterModel): ControlPlane {
  const world = createWorld(model, cluster);
  applyFloors(world, 0);
  placeStandingPods(world);
  for (const adapter of world.adapters) recallSamples(adapter);
  scheduleLoops(world, model);
  const watched = watchedInMemory(world);
  return {
    ledger: world.ledger,
    nextTime: () => world.calendar.nextTime,
    act: () => {
      const now = world.calendar.nextTime;
      const event = world.calendar.next();
      act(world, event, now);
      assertEvent(world, event);
    },
    everySecond: (now) => {
      sampleKubelets(world, now);
      shareNodes(world, now);
      watchMemory(world, watched, now);
      endFinished(world, now);
      if (now + SECOND > model.horizon) assertAll(world);
      else if (now % MINUTE === 0) assertCounts(world);
    },
    beforeReset: (now) => {
      for (const service of world.measured) keepArrivals(service, now);
      carryScalers(world);
    },
    levels: () => levelsOf(world),
  };
}

function levelsOf({ deployments, leased }: World): ReturnType<ControlPlane['levels']> {
  let desired = 0;
  let replicas = 0;
  for (let i = 0; i < deployments.length; i++) {
    desired += deployments[i].desired;
    replicas += deployments[i].pods.length;
  }
  return { desired, replicas, machines: leased };
}

/** The first turns of the loops, each with a phase of its own. */
function scheduleLoops(world: World, model: Model): void {
  const { calendar } = world;
  const phase = phasesOf(model);
  const { metrics, strategy } = world.model;
  calendar.schedule(phase('scrape', metrics.resolution), { kind: 'scrape' });
  startNodeLoop(world, (period) => phase('scan', period));
  scheduleZones(world);
  for (const adapter of world.adapters) {
    calendar.schedule(adapter.phase, { kind: 'collect', adapter });
  }
  const { prePull: ahead } = strategy.startup.pull;
  if (ahead !== undefined) calendar.schedule(ahead.at, { kind: 'prePull' });
  for (const fault of model.scenario.faults ?? []) {
    calendar.schedule(fault.at, { kind: 'fault', fault });
  }
  scheduleSyncs(world, phase);
  startScalers(world, phase);
  for (const { at, until } of strategy.schedule) {
    if (at > 0) calendar.schedule(at, { kind: 'floors' });
    if (until !== undefined && until > 0) calendar.schedule(until, { kind: 'floors' });
  }
}

/** Those of other HPAs are spread over the period, as their reconciles one after another are. */
function scheduleSyncs(world: World, phase: (loop: string, period: number) => number): void {
  const { syncPeriod, syncDuration } = world.model.hpaController;
  const { keys } = world.syncs;
  const others = keys.filter(({ deployment }) => deployment === null).length;
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
  const { metrics } = world.model;
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
      turnNodes(world, event.turn, now);
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
    case 'scaler':
      event.turn(now);
      break;
    case 'floors':
      applyFloors(world, now);
      break;
    default:
      actOn(world, event, now);
  }
}

/** Events of the loops: each puts its next turn on the calendar. */
type LoopEvent = Extract<
  ControlEvent,
  {
    kind: 'scrape' | 'collect' | 'scan' | 'sync' | 'synced' | 'resync' | 'scaler' | 'floors';
  }
>;

function actOn(world: World, event: Exclude<ControlEvent, LoopEvent>, now: number): void {
  switch (event.kind) {
    case 'replicate':
      replicate(world, event.deployment, now);
      break;
    case 'cycle':
      runCycles(world, now);
      break;
    case 'flush':
      flushPool(world, now);
      break;
    case 'prePull':
      prePull(world, now);
      break;
    case 'transfers':
      endTransfers(world, event.link, now);
      break;
    case 'pulled':
      pulledPods(world, event.pods, now);
      break;
    case 'image':
      advanceImage(world, event.pull, event.stage, now);
      break;
    case 'pod':
      if (isCurrent(event)) POD_STAGES[event.stage](world, event.pod, now);
      break;
    case 'fault':
      strike(world, event.fault, now);
      break;
    case 'zone':
      if (event.fails) failZone(world, event.zone, now);
      else restoreZone(world, event.zone);
      break;
    case 'node':
      if (event.node.state !== 'gone') NODE_STAGES[event.stage](world, event.node, now);
      break;
  }
}

const POD_STAGES: Readonly<Record<PodStage, (world: World, pod: Pod, now: number) => void>> = {
  created: createPod,
  bound: boundPod,
  deleted: deletedPod,
  sandbox: sandboxPod,
  cleared: clearedPod,
  started: startPod,
  up: upPod,
  deadline: deadlinePod,
  ready: readyPod,
  readiness: checkReadiness,
  liveness: checkLiveness,
  restart: restartPod,
  routed: routePod,
  unrouted: unroutePod,
  term: termPod,
  cut: cutPod,
  killed: killPod,
  removed: removedPod,
};

const NODE_STAGES: Readonly<Record<NodeStage, (world: World, node: Node, now: number) => void>> = {
  refused: refuseNode,
  running: runNode,
  usable: becomeUsable,
  evict: evictPods,
  overdue: endDrain,
  drained: lookAtDrain,
  notice: noticeNode,
  reclaimed: reclaimNode,
  died: dieNode,
  stopped: stopNode,
};
