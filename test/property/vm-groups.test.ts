/** What holds of every run of VM groups, over random policies, launches, pools and clouds. */
import { expect, test } from 'vitest';
import { compile } from '../../packages/engine/src/compile.ts';
import type { VmGroupStrategy } from '../../packages/engine/src/scenario/scenario.ts';
import { simulate } from '../../packages/engine/src/simulate.ts';
import fc from '../fixtures/fast-check.ts';
import { loadOf, SECOND, scenarioOf, serviceOf } from '../fixtures/scenario.ts';
import { cloudOf, vmGroup } from '../fixtures/vm-group.ts';

const HORIZON = 900;

const delays = fc.record({
  median: fc.integer({ min: 0, max: 40 }).map((s) => s * SECOND),
  sigma: fc.constantFrom(0, 0.3),
});

const clouds = fc
  .record({
    cached: fc.boolean(),
    count: fc.integer({ min: 1, max: 4 }),
    neighbours: fc.integer({ min: 0, max: 10 }),
    capacity: fc.constantFrom(0.05, 1.5),
    otherRequests: fc.constantFrom(0, 0.04),
  })
  .map(({ cached, count, neighbours, capacity, otherRequests }) =>
    cloudOf({
      capacity,
      otherRequests,
      timeout: 90 * SECOND,
      image: { size: 5e9, cached },
      hosts: { count, cores: 8, overcommit: 2, neighbours },
    }),
  );

const groups: fc.Arbitrary<VmGroupStrategy> = fc
  .record({
    policy: fc.constantFrom('target-tracking', 'step', 'simple', 'none'),
    metric: fc.constantFrom('cpu' as const, 'requests' as const),
    period: fc.constantFrom(10, 60),
    boot: delays,
    app: delays,
    privateCloud: fc.option(clouds, { nil: undefined }),
    pool: fc.option(
      fc.record({
        size: fc.integer({ min: 1, max: 3 }),
        state: fc.constantFrom('stopped' as const, 'hibernated' as const, 'running' as const),
      }),
      { nil: undefined },
    ),
    quota: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
    deregistration: fc.constantFrom(0, 1, 60),
    actions: fc.array(
      fc.record({
        at: fc.integer({ min: -10, max: HORIZON - 1 }).map((s) => s * SECOND),
        desired: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ policy, metric, period, boot, app, privateCloud, pool, quota, ...rest }) =>
    vmGroup({
      policy,
      min: 0,
      retry: 20 * SECOND,
      targetTracking: { metric, target: metric === 'cpu' ? 50 : 1200, margin: 0.1, scaleIn: true },
      steps: {
        metric,
        adjustment: 'change',
        out: [{ from: metric === 'cpu' ? 60 : 1500, change: 2 }],
        in: [{ below: metric === 'cpu' ? 30 : 600, change: 1 }],
      },
      alarms: { period: period * SECOND, inPoints: 4, evaluation: 20 * SECOND },
      launch: { app, bootstrap: boot, warmUp: 30 * SECOND },
      scaleIn: { deregistration: rest.deregistration * SECOND },
      schedule: rest.actions,
      ...(privateCloud === undefined ? {} : { privateCloud }),
      ...(pool === undefined ? {} : { warmPool: pool }),
      ...(quota === undefined ? {} : { quota }),
    }),
  );

test('VMs are paid for while they run, live through their stages in order, and are as many as wanted', () => {
  fc.assert(
    fc.property(groups, fc.nat({ max: 1000 }), (group, seed) => {
      const scenario = scenarioOf({
        seed: String(seed),
        seconds: HORIZON,
        services: [
          serviceOf({ time: { dist: 'exponential', mean: SECOND }, cpuPerRequest: 0.8 * SECOND }),
        ],
        load: [
          loadOf({
            startRate: 2,
            stages: [
              { duration: 200 * SECOND, target: 2, jump: false },
              { duration: 200 * SECOND, target: 20, jump: true },
              { duration: 500 * SECOND, target: 2, jump: true },
            ],
          }),
        ],
        strategies: [group],
      });
      const { ledger, peak } = simulate(compile(scenario, 'group', 0));
      const end = HORIZON * SECOND;
      for (const { from, to } of ledger.leases) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to ?? end).toBeGreaterThanOrEqual(from);
      }
      for (const life of ledger.pods) {
        const stages = [life.wanted, life.created, life.bound, life.started, life.appUp];
        const reached = [...stages, life.routed].filter((at) => at !== undefined);
        expect(reached).toEqual([...reached].sort((a, b) => a - b));
        if (life.gone !== undefined) {
          expect(life.gone).toBeGreaterThanOrEqual(reached.at(-1) ?? 0);
        }
      }
      const { quota = Number.POSITIVE_INFINITY } = group;
      expect(peak.machines).toBeLessThanOrEqual(quota);
      for (const { from, to, service } of ledger.decisions) {
        expect(service).toBe('app');
        for (const vms of [from, to]) expect(vms).toBeLessThanOrEqual(group.max);
      }
    }),
    { numRuns: 40, seed: 1 },
  );
});
