/**
 * Once a minute the newest CPU reading of every pod goes into the histogram from which its request
 * is recommended: as metrics-server has it, a mean over its last two points.
 *
 * @source kubernetes/autoscaler vertical-pod-autoscaler/pkg/recommender/main.go,
 *   recommender-interval
 */
import { addUsage, cpuUsage } from '../ledger/cpu-usage.ts';
import { lastReading } from './cpu-points.ts';
import type { Deployment, World } from './world.ts';

const INTERVAL = 60_000_000;

export function startCpuSamples(world: World): void {
  const turn = (now: number): void => {
    for (const deployment of world.deployments) samplePods(world, deployment, now);
    world.calendar.schedule(now + INTERVAL, { kind: 'scaler', turn });
  };
  world.calendar.schedule(INTERVAL, { kind: 'scaler', turn });
}

function samplePods({ ledger }: World, { pods, model }: Deployment, now: number): void {
  const { name, workload } = model.service;
  const limit = (workload.cpuLimit ?? Number.POSITIVE_INFINITY) / 1000;
  const request = (workload.cpuRequest ?? 0) / 1000;
  let usage = ledger.cpuUsage.get(name);
  for (let i = 0; i < pods.length; i++) {
    const reading = lastReading(pods[i]);
    // What was read a minute ago is not read again.
    if (reading === null || reading.time <= now - INTERVAL) continue;
    if (usage === undefined) {
      usage = cpuUsage();
      ledger.cpuUsage.set(name, usage);
    }
    addUsage(usage, reading.time, Math.min(limit, Math.max(0, reading.cores)), request);
  }
}
