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
  const { pods, cpu } = view;
  const request = deployment.model.service.workload.cpuRequest ?? Number.NaN;
  let row = 0;
  for (let i = 0; i < existing.length; i++) {
    if (!isCreated(existing[i])) continue;
    observePod(existing[i], pods, row);
    cpu.resourceRequest[row] = request;
    readCpu(existing[i], cpu, row);
    row += 1;
  }
  pods.count = row;
  let custom: readonly (CustomReading | null)[];
  if (keda !== null) custom = readTriggers(deployment, keda, now);
  else {
    const rows = feeds.every((feed) => feed === null) ? [] : existing.filter(isCreated);
    custom = feeds.map((feed) => (feed === null ? null : readCustom(feed, rows, now)));
  }
  return { existing: row, pods, cpu, custom };
}

/** The API server has it, as it has all that are bound to a node. */
function isCreated({ node, life }: Pod): boolean {
  return node !== null || life.created !== undefined;
}

function observePod({ state, startTime, readySince }: Pod, pods: HpaPods, row: number): void {
  pods.phase[row] = state === 'pending' ? PHASE.pending : PHASE.running;
  pods.deleted[row] = state === 'draining' ? 1 : 0;
  pods.startTime[row] = startTime ?? Number.NaN;
  pods.ready[row] = readySince === null ? READY.false : READY.true;
  // The kubelet sets Ready to False when it takes the pod on.
  pods.readySince[row] = readySince ?? startTime ?? 0;
}
