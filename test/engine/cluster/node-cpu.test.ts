/** Starts of applications as CPU work that competes on a node. */
import { describe, expect, test } from 'vitest';
import { type Claim, shareCores } from '../../../packages/engine/src/cluster/node-cpu.ts';
import { compile } from '../../../packages/engine/src/compile.ts';
import { simulate } from '../../../packages/engine/src/simulate.ts';
import { histogramQuantile } from '../../../packages/engine/src/stats/histogram.ts';
import { SECOND } from '../../fixtures/scenario.ts';
import { between, type ChainSpec, chain, newcomers, runChain } from './chain.ts';

/** Shares of [demand, weight] claims, cores. */
function shares(cores: number, ...claims: readonly (readonly [number, number])[]): number[] {
  const made = claims.map(([demand, weight]): Claim => ({ demand, weight, share: 0 }));
  shareCores(made, cores);
  return made.map(({ share }) => Math.round(share * 1000) / 1000);
}

describe('CPU of a node', () => {
  test('is enough for all, or shared in proportion to the weights', () => {
    expect(shares(4, [1, 500], [2, 500])).toEqual([1, 2]);
    expect(shares(3, [9, 500], [9, 1000])).toEqual([1, 2]);
  });

  test('that one does not need goes to the others', () => {
    expect(shares(4, [0.4, 1000], [9, 1000], [9, 3000])).toEqual([0.4, 0.9, 2.7]);
    expect(shares(2, [0, 1000], [5, 1])).toEqual([0, 2]);
  });

  test('is never more than there is', () => {
    expect(shares(0, [1, 1])).toEqual([0]);
    expect(shares(1, [1, 1], [1, 1], [1, 1], [1, 1])).toEqual([0.25, 0.25, 0.25, 0.25]);
  });
});

/** A node of 3.8 cores; a pod requests 0.3 and may use 1; 11 CPU-seconds of start. */
const WORK: ChainSpec = {
  startup: { appWork: 11 * SECOND },
  workload: { cpuRequest: 300, cpuLimit: 1000 },
};

/** From the start of their containers until the applications are up, seconds. */
function starts(spec: ChainSpec): readonly number[] {
  const run = runChain({ ...WORK, ...spec });
  return newcomers(run).map((life) => between(life, 'started', 'appUp'));
}

describe('a start that is CPU work', () => {
  const sigma0 = { app: { median: 20 * SECOND, sigma: 0 }, appWork: 11 * SECOND };

  test('takes work ÷ limit where it is alone, and less with a boost', () => {
    expect(starts({ startup: sigma0 })[0]).toBeCloseTo(11, 4);
    expect(starts({ startup: { ...sigma0, boost: 2 } })[0]).toBeCloseTo(5.5, 4);
    const half = { cpuRequest: 300, cpuLimit: 500 };
    expect(starts({ startup: sigma0, workload: half })[0]).toBeCloseTo(22, 4);
  });

  test('is slowed down by the other starts on the node', () => {
    const alone = starts({ startup: sigma0 })[0];
    const crowd = starts({ startup: sigma0, replicas: [1, 11] });
    expect(crowd).toHaveLength(10);
    // Ten starts share 3.8 cores: 0.38 each, but for the quarter of a second between them.
    expect(Math.max(...crowd)).toBeGreaterThan(25);
    expect(Math.max(...crowd)).toBeLessThan(11 / 0.38 + 0.1);
    expect(alone).toBeLessThan(Math.min(...crowd));
  });

  test('and by what requests use there', () => {
    // 300 requests/s of 11 ms CPU: 3.3 cores of 3.8 in one pod; the start has a right to more.
    const service = {
      cpuPerRequest: 11_000,
      concurrency: 400,
      hpa: { minReplicas: 1, maxReplicas: 2 },
    };
    const busy = starts({
      startup: sigma0,
      service,
      rate: 300,
      replicas: [1, 2],
      workload: { cpuRequest: 300, cpuLimit: 4000 },
    });
    // 1.9 cores each, as their weights are equal.
    expect(busy[0]).toBeCloseTo(11 / 1.9, 1);
    const idle = starts({
      startup: sigma0,
      service,
      rate: 1,
      workload: { cpuRequest: 300, cpuLimit: 4000 },
    });
    expect(idle[0]).toBeCloseTo(11 / 3.8, 1);
  });

  test('on a starved node outlasts a liveness probe: containers are killed', () => {
    const liveness = { initialDelay: 0, period: 10 * SECOND, successThreshold: 1 };
    const { cpuRequest = 0, cpuLimit = 0 } = WORK.workload ?? {};
    const workload = { cpuRequest, cpuLimit, liveness };
    const kills = (replicas: ChainSpec['replicas']) =>
      newcomers(runChain({ ...WORK, startup: sigma0, workload, ...(replicas && { replicas }) }))
        .flatMap(({ restarts = [] }) => restarts)
        .map(({ cause }) => cause);
    // Alone it is up after 11 s; ten at once need 29 s. Those that are killed help the others.
    expect(kills([1, 2])).toEqual([]);
    const all = kills([1, 11]);
    expect(all.length).toBeGreaterThanOrEqual(5);
    expect(new Set(all)).toEqual(new Set(['liveness']));
  });
});

test('a start slows the requests of the pod next to it, if it is told to', () => {
  const busy: ChainSpec = {
    service: { cpuPerRequest: 11_000, concurrency: 400, hpa: { minReplicas: 1, maxReplicas: 2 } },
    rate: 300,
    workload: { cpuRequest: 300, cpuLimit: 4000 },
  };
  const longest = (startup: NonNullable<ChainSpec['startup']>) => {
    const model = compile(chain({ ...busy, startup }), 'chain', 0);
    simulate(model);
    const { latency } = model.services[0].plane;
    expect(histogramQuantile(latency, 0.5)).toBeCloseTo(10_000, -2);
    return latency.totals[2] / 1000;
  };
  const start = { app: { median: 20 * SECOND, sigma: 0 }, appWork: 11 * SECOND };
  expect(longest(start)).toBe(10);
  // 3.3 cores of 3.8 are in use; of these the start takes 1.9: 10 ms ÷ (1.9 ÷ 3.3).
  expect(longest({ ...start, slowsRequests: true })).toBeCloseTo(17.4, 0);
});
