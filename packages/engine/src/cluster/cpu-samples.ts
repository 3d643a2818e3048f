/**
 * Once a minute the newest CPU reading of every pod goes into the histogram from which its request
 * is recommended: as metrics-server has it, a mean over its last two points.
 *
 * @source kubernetes/autoscaler vertical-pod-autoscaler/pkg/recommender/main.go,
 *   recommender-interval
 */
import { addUsage, cpuUsage } from '../ledger/cpu-usage.ts';
import { lastReading } from './cpu-points.ts';
import type { Pod, World } from './world.ts';

const INTERVAL = 60_000_000;

export function startCpuSamples(world: World): void {
  const turn = (now: number): void => {
    for (const { pods, isPause } of world.deployments) {
      if (isPause) continue;
      for (let i = 0; i < pods.length; i++) sample(world, pods[i], now);
    }
    world.calendar.schedule(now + INTERVAL, { kind: 'scaler', turn });
  };
  world.calendar.schedule(INTERVAL, { kind: 'scaler', turn });
}

function sample({ ledger }: World, pod: Pod, now: number): void {
  const reading = lastReading(pod);
  // What was read a minute ago is not read again.
  if (reading === null || reading.time <= now - INTERVAL) return;
  const { name, workload } = pod.deployment.model.service;
  let of = ledger.cpuUsage.get(name);
  if (of === undefined) {
    of = cpuUsage();
    ledger.cpuUsage.set(name, of);
  }
  const limit = (workload.cpuLimit ?? Number.POSITIVE_INFINITY) / 1000;
  const cores = Math.min(limit, Math.max(0, reading.cores));
  addUsage(of, reading.time, cores, (workload.cpuRequest ?? 0) / 1000);
}
