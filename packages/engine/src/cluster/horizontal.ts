/** The horizontal autoscaler at work: observe the pods, let the policy decide, carry it out. */
import { InvariantError } from '../kernel/assert.ts';
import { closeRuns, recordSync } from '../ledger/decision-runs.ts';
import type { ScalingObservation } from '../scaling/autoscaler.ts';
import { hpaPods, hpaSamples, PHASE, READY } from '../scaling/hpa-observation.ts';
import { readCustom } from './custom-metrics.ts';
import { readTriggers } from './keda-loop.ts';
import { readCpu } from './metrics-pipeline.ts';
import { scaleTo } from './replica-set.ts';
import type { Deployment, Pod, World } from './world.ts';

/** One sync of a deployment's autoscaler. */
export function syncDeployment(world: World, deployment: Deployment, now: number): void {
  const { desired: from, scaler } = deployment;
  const service = deployment.model.service.name;
  if (scaler === null) throw new InvariantError(`${service} has no syncs`);
  const { desired, reason, grounds } = scaler(observe(deployment, now));
  const sync = { at: now, service, from, to: desired, reason, grounds };
  recordSync(world.ledger.decisions, deployment.runs, sync);
  if (desired !== from) scaleTo(world, deployment, desired, now);
}

/** The floors of the pre-scale schedule that hold at `now`. */
export function applyFloors(world: World, now: number): void {
  for (const deployment of world.deployments) {
    const service = deployment.model.service.name;
    const before = deployment.floor;
    deployment.floor = 0;
    for (const floor of world.model.strategy.schedule) {
      const holds = floor.at <= now && now < (floor.until ?? Number.POSITIVE_INFINITY);
      if (!holds || (floor.service !== undefined && floor.service !== service)) continue;
      deployment.floor = Math.max(deployment.floor, floor.minReplicas);
    }
    // A floor that holds from the start shapes the standing pods; nothing changes at time 0.
    if (deployment.floor !== before && now > 0) {
      const { desired: from } = deployment;
      const key = deployment.floor > 0 ? 'decision.prescale' : 'decision.prescale-end';
      const reason = { key, params: { service, replicas: deployment.floor } };
      world.ledger.decisions.push({ at: now, service, from, to: from, reason });
      closeRuns(deployment.runs);
    }
  }
}

/** Columns for one deployment’s pods, refilled at every sync: those that the API server has. */
function observe(deployment: Deployment, now: number): ScalingObservation {
  const { pods: all, desired, floor, forecast } = deployment;
  if (all.length > deployment.view.pods.phase.length) {
    const capacity = all.length * 2;
    deployment.view = { pods: hpaPods(capacity), cpu: hpaSamples(capacity) };
  }
  const { pods, cpu } = deployment.view;
  const request = deployment.model.service.workload.cpuRequest ?? Number.NaN;
  let existing = 0;
  for (let i = 0; i < all.length; i++) {
    const pod = all[i];
    if (!isCreated(pod)) continue;
    const { state, startTime, readySince } = pod;
    pods.phase[existing] = state === 'pending' ? PHASE.pending : PHASE.running;
    pods.deleted[existing] = state === 'draining' ? 1 : 0;
    pods.startTime[existing] = startTime ?? Number.NaN;
    pods.ready[existing] = readySince === null ? READY.false : READY.true;
    // The kubelet sets Ready to False when it takes the pod on.
    pods.readySince[existing] = readySince ?? startTime ?? 0;
    cpu.resourceRequest[existing] = request;
    readCpu(pod, cpu, existing);
    existing += 1;
  }
  pods.count = existing;
  return {
    now,
    wanted: desired,
    existing,
    floor: Math.max(floor, forecast?.replicas ?? 0),
    pods,
    cpu,
    custom: readMetrics(deployment, now),
  };
}

/** The API server has it, as it has all that are bound to a node. */
function isCreated({ node, life }: Pod): boolean {
  return node !== null || life.created !== undefined;
}

/** What is not the CPU. */
function readMetrics(deployment: Deployment, now: number): ScalingObservation['custom'] {
  const { pods, feeds, keda } = deployment;
  if (keda !== null) return readTriggers(deployment, keda, now);
  if (feeds.length === 0) return NONE;
  const rows = pods.filter(isCreated);
  return feeds.map((feed) => (feed === null ? null : readCustom(feed, rows, now)));
}

const NONE: ScalingObservation['custom'] = [];
