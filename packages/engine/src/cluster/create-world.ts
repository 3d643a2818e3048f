/** An empty cluster: deployments without pods, loops with phases of their own, nothing due. */
import { Calendar } from '../kernel/calendar.ts';
import { nextUniform } from '../kernel/random.ts';
import { openRuns } from '../ledger/decision-runs.ts';
import { createLedger } from '../ledger/ledger.ts';
import type { ClusterModel, Model, ServiceModel } from '../model.ts';
import { hpaPods, hpaSamples } from '../scaling/hpa-observation.ts';
import { AUTOSCALERS, type AutoscalerName, type ScalingLoopFactory } from '../scaling/index.ts';
import { createGate, type Gates } from './admission-gate.ts';
import { cpuPoints } from './cpu-points.ts';
import { syncQueue } from './hpa-queue.ts';
import { createImages } from './images.ts';
import { noSampled } from './metrics-pipeline.ts';
import { createNodeLoop } from './node-loop.ts';
import { nodeStreams } from './node-streams.ts';
import { pauseModel } from './pause-pods.ts';
import { restingReplicaSet } from './pod-creation.ts';
import { requestsOf } from './pod-requests.ts';
import { quotaUse } from './quota.ts';
import { equipScalers, hpaObjectOf } from './scalers.ts';
import { createScheduler } from './scheduling-queue.ts';
import { scorePlugins } from './scores/index.ts';
import { serviceStreams } from './service-streams.ts';
import type { ControlEvent, Deployment, World } from './world.ts';

const FIRST_PODS = 64;

export function createWorld(model: Model, cluster: ClusterModel): World {
  const deployments = model.services
    .filter(({ service }) => service.fixed === undefined)
    .map((service, index) => deploymentOf(model, cluster, service, index));
  const phase = phasesOf(model);
  const { scheduling, quota } = cluster.strategy;
  const placeholders = placeholdersOf(model, cluster, deployments.length);
  const owners = placeholders === null ? deployments : [...deployments, placeholders];
  return {
    model: cluster,
    calendar: new Calendar<ControlEvent>(),
    horizon: model.horizon,
    ledger: createLedger(),
    deployments,
    pods: [],
    nodes: [],
    leased: 0,
    starting: [],
    gates: gatesOf(model, cluster, owners),
    faultStreams: serviceStreams(model, deployments, 'faults'),
    placeholders,
    owners,
    scheduler: createScheduler(
      scorePlugins(scheduling.score),
      owners.map(({ priority }) => priority),
      serviceStreams(model, owners, 'preemption'),
      scheduling.throughput,
    ),
    quota: quota === undefined ? null : quotaUse(quota),
    syncs: syncQueue(
      deployments.filter(({ scaler }) => scaler !== null),
      otherHpas(cluster),
      model.stream('resync'),
    ),
    ...equipScalers({ model, cluster }, deployments, phase),
    nodesMade: 0,
    nodeLoop: createNodeLoop(model, cluster.strategy.nodes),
    nodeStreams: nodeStreams(model, cluster.strategy.nodes),
    images: createImages(model, cluster.strategy.startup, deployments),
    callTat: Number.NEGATIVE_INFINITY,
    launchTat: Number.NEGATIVE_INFINITY,
  };
}

function gatesOf(model: Model, { strategy }: ClusterModel, owners: readonly Deployment[]): Gates {
  const { admission, imageScan } = strategy.startup.security ?? {};
  return {
    admission: createGate(admission, serviceStreams(model, owners, 'gate/admission')),
    imageScan: createGate(imageScan, serviceStreams(model, owners, 'gate/image-scan')),
  };
}

/** Of others in the cluster, where they can keep one of ours waiting. */
function otherHpas({ strategy, hpaController }: ClusterModel): number {
  const isHpa = strategy.autoscaler !== 'fixed' && strategy.autoscaler !== 'kpa';
  const waits = isHpa && hpaController.syncDuration > 0;
  return waits ? hpaController.otherHpas : 0;
}

/** The deployment of pause pods; null = the strategy has none. */
function placeholdersOf(model: Model, cluster: ClusterModel, index: number): Deployment | null {
  const { overprovisioning } = cluster.strategy;
  const [service] = model.services;
  if (overprovisioning === undefined || service === undefined) return null;
  const { priority } = overprovisioning;
  const pause = pauseModel(overprovisioning, service);
  return { ...deploymentOf(model, cluster, pause, index), priority, isPause: true };
}

function deploymentOf(
  model: Model,
  cluster: ClusterModel,
  service: ServiceModel,
  index: number,
): Deployment {
  const { name } = service.service;
  const createLoop: ScalingLoopFactory | null =
    AUTOSCALERS[cluster.strategy.autoscaler as AutoscalerName];
  return {
    index,
    model: service,
    desired: 0,
    pods: [],
    draining: 0,
    ending: [],
    unschedulable: [],
    parked: [],
    noRoomAt: -1,
    requests: requestsOf(service),
    priority: 0,
    isPause: false,
    replicaSet: restingReplicaSet(),
    preemptions: null,
    uids: model.stream(`uids/${name}`),
    nextOrdinal: 0,
    startup: model.stream(`startup/${name}`),
    containers: model.stream(`containers/${name}`),
    restarts: model.stream(`restarts/${name}`),
    lastSlice: Number.NEGATIVE_INFINITY,
    floor: 0,
    scaler: createLoop?.(hpaObjectOf(cluster, service), cluster.hpaController) ?? null,
    kpa: null,
    keda: null,
    forecast: null,
    runs: openRuns(),
    points: cpuPoints(),
    sampled: noSampled(cluster.metrics.kubeletPeriod),
    view: { pods: hpaPods(FIRST_PODS), cpu: hpaSamples(FIRST_PODS) },
    feeds: [],
  };
}

/** Loop, period → when its first turn is, µs: each loop has a stream of its own. */
export function phasesOf(model: Model): (loop: string, period: number) => number {
  return (loop, period) => Math.floor(nextUniform(model.stream(`phase/${loop}`)) * period);
}
