/** CPU of the start-up in a pod's first samples, and what an HPA makes of it. */
import { describe, expect, test } from 'vitest';
import { startPod, upPod } from '../../../packages/engine/src/cluster/container-start.ts';
import {
  readCpu,
  sampleKubelets,
  scrape,
} from '../../../packages/engine/src/cluster/metrics-pipeline.ts';
import { bindPod } from '../../../packages/engine/src/cluster/scheduler.ts';
import { runCell } from '../../../packages/engine/src/run-cell.ts';
import { hpaSamples } from '../../../packages/engine/src/scaling/hpa-observation.ts';
import { kubernetes, loadOf, SECOND, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';
import { scenarioOf as scenarioFrom, small } from '../scenario/scenarios.ts';
import { addNode, addPod, worldOf } from './world.ts';

/** Millicores at 10, 20, 30, … s of a pod that starts at 5 s and is up at 25 s. */
function readings(
  cpu: { readonly appCpu?: number; readonly appWork?: number },
  cpuLimit: number | null,
): readonly number[] {
  const base = worldOf({ cpuLimit, cpuRequest: 1000 });
  const { startup } = base.model.strategy;
  const strategy = { ...base.model.strategy, startup: { ...startup, ...cpu } };
  const world = { ...base, model: { ...base.model, strategy } };
  const pod = addPod(world);
  bindPod(world, pod, addNode(world));
  startPod(world, pod, 5 * SECOND);
  return [10, 20, 30, 40].map((second) => {
    if (second * SECOND > pod.container.upAt) upPod(world, pod, pod.container.upAt);
    sampleKubelets(world, second * SECOND);
    scrape(world);
    const samples = hpaSamples(1);
    readCpu(pod, samples, 0);
    return samples.value[0];
  });
}

describe('the samples of a pod that starts', () => {
  test('show what it uses until it is up', () => {
    // One point is none; 10 s at 800m; 5 s of 10 at 800m; idle.
    expect(readings({ appCpu: 800 }, 1000)).toEqual([Number.NaN, 800, 400, 0]);
  });

  test('show no more than its limit', () => {
    expect(readings({ appCpu: 3000 }, 1000)).toEqual([Number.NaN, 1000, 500, 0]);
    expect(readings({ appCpu: 3000 }, null)).toEqual([Number.NaN, 3000, 1500, 0]);
  });

  test('show the work of the start, wherever it gets its CPU', () => {
    // 11 CPU-seconds at a core: up at 16 s. On the node's 3.8 cores: up at 7.9 s.
    expect(readings({ appWork: 11 * SECOND }, 1000)).toEqual([Number.NaN, 600, 0, 0]);
    expect(readings({ appWork: 38 * SECOND }, null)).toEqual([Number.NaN, 1900, 0, 0]);
  });

  test('show nothing where nothing is said', () => {
    expect(readings({}, 1000)).toEqual([Number.NaN, 0, 0, 0]);
  });
});

/** Most replicas of a service whose load steps to what 4 pods serve at their target. */
function mostReplicas(appCpu: number, cpuInitializationPeriod: number): number {
  const { workload } = serviceOf();
  const service = serviceOf({
    time: { dist: 'deterministic', mean: 50_000 },
    cpuPerRequest: 10_000,
    concurrency: 5,
    workload: { ...workload, replicas: 1, cpuRequest: 1000, cpuLimit: 1000 },
    hpa: {
      minReplicas: 2,
      maxReplicas: 20,
      metrics: [
        { type: 'Resource', name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
      ],
    },
  });
  const { replicas: _, ...strategy } = kubernetes({
    name: 'hpa',
    autoscaler: 'hpa',
    startup: { appCpu, app: { median: 40 * SECOND, sigma: 0 } },
  });
  const stages = [
    { duration: 60 * SECOND, target: 90, jump: true },
    { duration: 240 * SECOND, target: 190, jump: true },
  ];
  const load = [loadOf({ startRate: 90, stages, process: { kind: 'deterministic' } })];
  const base = scenarioOf({ seconds: 300, load, services: [service], strategies: [strategy] });
  const hpaController = { ...base.hpaController, cpuInitializationPeriod };
  const { columns } = runCell({ ...base, hpaController }, 'hpa', 0).series;
  return Math.max(...columns.desired.map((replicas) => replicas ?? 0));
}

test('without the initialization period the CPU of the start asks for pods that nobody needs', () => {
  expect(mostReplicas(1000, 300 * SECOND)).toBe(4);
  expect(mostReplicas(1000, 0)).toBeGreaterThan(4);
  expect(mostReplicas(0, 0)).toBe(4);
});

test('is written in CPU, absent if not', async () => {
  const strategy = (text: string) =>
    scenarioFrom(text).then(({ strategies }) => strategies.find((s) => s.kind === 'kubernetes'));
  const strategies = 'strategies: [ { kind: kubernetes, name: pods } ]\n';
  const written = small({ add: `${strategies}kubernetes: { startup: { appCpu: 1500m } }\n` });
  expect((await strategy(written))?.startup.appCpu).toBe(1500);
  expect((await strategy(small({ add: strategies })))?.startup).not.toHaveProperty('appCpu');
});
