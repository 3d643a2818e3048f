/**
 * Once a minute the newest CPU reading of every pod goes into the histogram from which its request
 * is recommended: as metrics-server has it, a mean over its last two points.
 *
 * @source kubernetes/autoscaler vertical-pod-autoscaler/pkg/recommender/main.go,
 *   recommender-interval
 */
import { addUsage, cpuUsage } from '../ledger/cpu-usage.ts';
import type { Pod, World } from './world.ts';

const INTERVAL = 60_000_000;

export function startCpuSamples(world: World): void {
  const turn = (now: number): void => {
    for (const { pods, isPause } of world.deployments) {
      if (!isPause) for (const pod of pods) sample(world, pod, now);
    }
    world.calendar.schedule(now + INTERVAL, { kind: 'scaler', turn });
  };
  world.calendar.schedule(INTERVAL, { kind: 'scaler', turn });
}

function sample({ ledger }: World, { usage, deployment }: Pod, now: number): void {
  // What was read a minute ago is not read again.
  if (usage.points < 2 || usage.time <= now - INTERVAL) return;
  const { name, workload } = deployment.model.service;
  let of = ledger.cpuUsage.get(name);
  if (of === undefined) {
    of = cpuUsage();
    ledger.cpuUsage.set(name, of);
  }
  const cores = Math.max(0, (usage.cpu - usage.earlierCpu) / (usage.time - usage.earlierTime));
  const limit = (workload.cpuLimit ?? Number.POSITIVE_INFINITY) / 1000;
  addUsage(of, usage.time, Math.min(limit, cores), (workload.cpuRequest ?? 0) / 1000);
}
