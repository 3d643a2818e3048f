/**
 * As timelines.test.ts, where the node comes from Karpenter, or there is none: the quantiles are of
 * the same chain drawn without a simulator, 100 000 draws each (docs/model.md, sections 5 and 7).
 */
import { expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import type {
  KubernetesStrategy,
  Scenario,
} from '../../../packages/engine/src/scenario/scenario.ts';
import { simulate } from '../../../packages/engine/src/simulate.ts';
import {
  karpenterNodes,
  kubernetes,
  loadOf,
  SECOND,
  scenarioOf,
  serverlessNodes,
  serviceOf,
} from '../../fixtures/scenario.ts';

const SEEDS = 60;

/** Half a second off, so that the kubelets' whole seconds are centred on their uniform phase. */
const BURST = 30.5 * SECOND;

interface Case {
  readonly nodes: Partial<KubernetesStrategy['nodes']>;
  readonly image?: Partial<KubernetesStrategy['startup']['image']>;
  /** By when every new pod serves, seconds after the burst. */
  readonly within: number;
  /** Seconds: 5 %, 50 % and 90 % of the cases. */
  readonly quantiles: readonly [number, number, number];
}

const CASES: Readonly<Record<string, Case>> = {
  'B2: no spare node, Karpenter, node 40 s, 500 MB of image absent': {
    nodes: karpenterNodes({ min: 1, max: 2 }),
    within: 160,
    quantiles: [82, 102, 120],
  },
  'B3: the image is part of the node image': {
    nodes: karpenterNodes({ min: 1, max: 2 }),
    image: { baked: true },
    within: 160,
    quantiles: [75, 95, 113],
  },
  'C1: serverless pod, image cache': {
    nodes: serverlessNodes({ imageCache: true }),
    within: 90,
    quantiles: [47, 61, 72],
  },
  'C2: serverless pod, 386 MB from a public registry at 7.7 MB/s': {
    nodes: serverlessNodes(),
    image: { size: 386e6, rate: 7.7e6 },
    within: 180,
    quantiles: [87, 112, 137],
  },
};

/** One pod at 40 % of its CPU, then more than it has; a node holds one pod. */
function burst(seed: string, { nodes, image, within }: Case): Scenario {
  const { workload } = serviceOf();
  const service = serviceOf({
    time: { dist: 'deterministic', mean: 100_000 },
    // Ten slots of 0.3 cores: 100 % of the request is the limit, at 100 requests/s.
    cpuPerRequest: 30_000,
    concurrency: 10,
    queue: { limit: 5 },
    workload: { ...workload, cpuRequest: 3000, cpuLimit: 3000 },
    hpa: {
      minReplicas: 1,
      maxReplicas: 10,
      metrics: [
        { type: 'Resource', name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
      ],
    },
  });
  const stages = [
    { duration: BURST, target: 40, jump: true },
    { duration: within * SECOND, target: 150, jump: true },
  ];
  const { startup } = kubernetes();
  const strategy = kubernetes({
    replicas: 1,
    nodes,
    startup: { image: { ...startup.image, size: 5e8, rate: 7e7, sigma: 0.3, ...image } },
  });
  return scenarioOf({
    seed,
    seconds: 30.5 + within,
    load: [loadOf({ startRate: 40, stages, client: { timeout: SECOND } })],
    services: [service],
    strategies: [strategy],
  });
}

/** Seconds from the burst until a new pod serves, in order. */
function times(name: string, of: Case): number[] {
  const found = Array.from({ length: SEEDS }, (_, seed) => {
    const scenario = burst(`${name}/${seed}`, of);
    const { ledger } = simulate(compile(scenario, scenario.strategies[0].name, 0));
    const routed = ledger.pods.flatMap((pod) => (pod.wanted < BURST ? [] : (pod.routed ?? [])));
    return (Math.min(...routed) - BURST) / SECOND;
  });
  return found.sort((a, b) => a - b);
}

test.each(Object.entries(CASES))('%s', (name, expected) => {
  const sorted = times(name, expected);
  const at = (share: number) => sorted[Math.floor(share * sorted.length)];
  const [p5, p50, p90] = expected.quantiles;
  const off = (share: number, value: number) => Math.abs(at(share) / value - 1);
  expect(off(0.5, p50), `median ${at(0.5)}`).toBeLessThan(0.07);
  expect(off(0.05, p5), `p5 ${at(0.05)}`).toBeLessThan(0.12);
  expect(off(0.9, p90), `p90 ${at(0.9)}`).toBeLessThan(0.1);
});
