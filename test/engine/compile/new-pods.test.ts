/** Warm-up and slow start of a scenario, through the public pipeline. */
import { describe, expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import type { Service } from '../../../packages/engine/src/scenario/scenario.ts';
import { simulate } from '../../../packages/engine/src/simulate.ts';
import { SECOND } from '../../fixtures/scenario.ts';
import { chain } from '../cluster/chain.ts';

const first = { firstRequests: 0, firstFactor: 8 };
const warmUp = { work: 5 * SECOND, factor: 3, ...first, floor: 0.05 };

/** One pod at the start and a second one from 30 s on; 10 requests/s of 10 ms, evenly spaced. */
function run(service: Partial<Service>) {
  const workload = { cpuRequest: 1000, cpuLimit: 1000 };
  const model = compile(
    chain({ service: { cpuPerRequest: 1000, ...service }, workload }),
    'chain',
    0,
  );
  simulate(model);
  const [{ plane, flow, coresPerSlot }] = model.services;
  return { plane, flow, coresPerSlot };
}

describe('new pods', () => {
  test('are slow at first, and use CPU to become fast; those of the start do not', () => {
    const { plane, flow } = run({ warmUp });
    expect(flow).toMatchObject({ path: 'general', reason: 'warm-up' });
    // Nearly idle, the pod has compiled all of it by the end.
    expect(plane.warmUpCpu(0, 300 * SECOND)).toBe(0);
    expect(plane.warmUpCpu(1, 300 * SECOND)).toBe(5 * SECOND);
    expect(plane.warmUpCpuOfAll(300 * SECOND)).toBe(5 * SECOND);
    // Its first request: three times 10 ms, but for what it compiled in the milliseconds before.
    expect(plane.latency.totals[2]).toBeGreaterThan(28_000);
    expect(plane.latency.totals[2]).toBeLessThanOrEqual(30_000);
  });

  test('are as fast as old ones where nothing is said', () => {
    const { plane } = run({});
    expect(plane.warmUpCpuOfAll(300 * SECOND)).toBe(0);
    expect(plane.latency.totals[2]).toBe(10_000);
  });

  test('get less from a balancer in slow start', () => {
    const slowStart = { duration: 200 * SECOND, aggression: 1, minShare: 0.1 };
    const { plane, flow } = run({ balancer: 'round-robin', slowStart });
    expect(flow).toMatchObject({ path: 'general', reason: 'slow-start' });
    const even = run({ balancer: 'round-robin' }).plane.busyTime(1, 300 * SECOND);
    // It comes at about 55 s: 20 s with a share of 0.1, then s = t ÷ 200, then 45 s in full. Of two
    // pods it gets s ÷ (1 + s), whose integral is s − ln(1 + s), instead of a half of 245 s.
    const share = (20 * (0.1 / 1.1) + 200 * (0.9 - Math.log(2 / 1.1)) + 45 / 2) / 122.5;
    expect(plane.busyTime(1, 300 * SECOND) / even).toBeCloseTo(share, 1);
  });
});
