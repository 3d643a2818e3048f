/** The horizontal autoscaler at work: observe the pods, let the policy decide, carry it out. */
import { assert } from '../kernel/assert.ts';
import { closeRuns, recordSync } from '../ledger/decision-runs.ts';
import {
  type HpaPods,
  type HpaSamples,
  hpaPods,
  hpaSamples,
  PHASE,
  READY,
} from '../scaling/hpa-observation.ts';
import { type CustomReading, readCustom } from './custom-metrics.ts';
import { readTriggers } from './keda-loop.ts';
import { readCpu } from './metrics-pipeline.ts';
import { scaleTo } from './replica-set.ts';
import type { Deployment, Pod, World } from './world.ts';

/** One sync of a deployment's autoscaler. */
export function syncDeployment(world: World, deployment: Deployment, now: number): void {
  const { desired: from, scaler, forecast } = deployment;
  assert(scaler !== null, `${deployment.model.service.name} has no syncs`);
  const { desired, reason, grounds } = scaler({
    now,
    wanted: from,
    floor: Math.max(deployment.floor, forecast?.replicas ?? 0),
    ...observe(deployment, now),
  });
  const service = deployment.model.service.name;
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
function observe(
  deployment: Deployment,
  now: number,
): {
  existing: number;
  pods: HpaPods;
  cpu: HpaSamples;
  custom: readonly (CustomReading | null)[];
} {
  const { pods: existing } = deployment;
  if (existing.length > deployment.view.pods.phase.length) {
    const capacity = existing.length * 2;
    deployment.view = { pods: hpaPods(capacity), cpu: hpaSamples(capacity) };
  }
  const { view, feeds, keda } = deployment;
  const seen: Pod[] = [];
  for (const pod of existing) {
    if (pod.life.created === undefined) continue;
    observePod(pod, view, seen.length);
    seen.push(pod);
  }
  view.pods.count = seen.length;
  const custom =
    keda === null
      ? feeds.map((feed) => (feed === null ? null : readCustom(feed, seen, now)))
      : readTriggers(deployment, keda, now);
  return { existing: seen.length, ...view, custom };
}

function observePod(pod: Pod, view: { pods: HpaPods; cpu: HpaSamples }, row: number): void {
  const { pods, cpu } = view;
  pods.phase[row] = pod.state === 'pending' ? PHASE.pending : PHASE.running;
  pods.deleted[row] = pod.state === 'draining' ? 1 : 0;
  pods.startTime[row] = pod.startTime ?? Number.NaN;
  pods.ready[row] = pod.readySince === null ? READY.false : READY.true;
  // The kubelet sets Ready to False when it takes the pod on.
  pods.readySince[row] = pod.readySince ?? pod.startTime ?? 0;
  cpu.value[row] = Number.NaN;
  cpu.resourceRequest[row] = pod.deployment.model.service.workload.cpuRequest ?? Number.NaN;
  readCpu(pod, cpu, row);
}
