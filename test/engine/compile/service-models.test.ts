/** Services that call one another, share CPU or have a fixed size, through the whole pipeline. */
import { expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import { runCell } from '../../../packages/engine/src/index.ts';
import type {
  CallStep,
  Scenario,
  Service,
} from '../../../packages/engine/src/scenario/scenario.ts';
import {
  fixedPods,
  loadOf,
  SECOND,
  scenarioOf,
  serviceOf,
  vmPeak,
} from '../../fixtures/scenario.ts';

const call = (to: string, probability = 1): CallStep => [{ to, isAsync: false, probability }];
const service = (name: string, mean: number, changes: Partial<Service> = {}) =>
  serviceOf({
    name,
    time: { dist: 'exponential', mean },
    cpuPerRequest: mean / 2,
    ...changes,
  });

function shop(changes: Partial<Scenario> = {}): Scenario {
  const base = scenarioOf({ seconds: 60 });
  return {
    ...base,
    clock: { ...base.clock, warmup: 0 },
    load: [
      loadOf({ name: 'buyers', rate: 40, route: { web: 1 } }),
      loadOf({ name: 'admins', rate: 5, route: { stock: 1 } }),
    ],
    services: [
      service('web', 20_000, { calls: [call('stock'), call('prices', 0.5)] }),
      service('stock', 10_000, { calls: [call('db')] }),
      service('prices', 30_000),
      service('db', 4000, { concurrency: 40, fixed: { replicas: 2, cpu: 4000 } }),
      service('blog', 5000),
    ],
    strategies: [vmPeak({ count: 2 }), fixedPods('pods', 4)],
    ...changes,
  };
}

test.each(['vm', 'pods'])('%s: totals are of loads, services count calls as well', (strategy) => {
  const { outcome, series } = runCell(shop(), strategy, 0);
  const { web, stock, prices, db } = outcome.services;
  expect(web.counts.offered).toBeGreaterThan(2000);
  expect(stock.counts.offered).toBeGreaterThan(web.counts.served + web.counts.late);
  expect(prices.counts.offered / web.counts.offered).toBeCloseTo(0.5, 1);
  // All calls have been made that were answered, and those of the last moment.
  expect(db.counts.offered).toBeLessThanOrEqual(stock.counts.offered);
  const admins = outcome.counts.offered - web.counts.offered;
  expect(admins / web.counts.offered).toBeCloseTo(5 / 40, 1);
  expect(web.latency.mean ?? 0).toBeGreaterThan(49_000 * 0.9);
  const offered = series.columns.offered.reduce((sum: number, x) => sum + (x ?? 0), 0);
  expect(offered * (series.step / SECOND)).toBeCloseTo(outcome.counts.offered, 6);
});

test('what has a fixed size is in no bill and no replica count', () => {
  const { outcome } = runCell(shop(), 'vm', 0);
  // Four services of two VMs; the database has none.
  expect(outcome.peak).toEqual({ replicas: 8, machines: 8 });
  const model = compile(shop(), 'pods', 0);
  expect(model.services.map(({ plane }) => plane.readyCount())).toEqual([0, 0, 0, 2, 0]);
});

test('planned rates and holding times follow the calls', () => {
  const { services, flows } = compile(shop(), 'vm', 0);
  const rates = services.map(({ curves }) =>
    curves.reduce((sum, curve) => sum + (curve.rate[0] ?? 0) * SECOND, 0),
  );
  const expected = [40, 45, 20, 45, 0];
  for (const [i, rate] of rates.entries()) expect(rate).toBeCloseTo(expected[i], 6);
  expect(services.map(({ holdTime }) => holdTime)).toEqual([49_000, 14_000, 30_000, 4000, 5000]);
  // The blog, which nobody calls, runs alone.
  expect(flows.length).toBe(2);
  expect(services[4].fromLoads).toBeUndefined();
});

test('a service that many ways lead to has one curve per load, however deep it stands', () => {
  const layers = Array.from({ length: 20 }, (_, i) =>
    service(`s${i}`, 1000, i < 19 ? { calls: [call(`s${i + 1}`), call(`s${i + 1}`)] } : {}),
  );
  const load = [loadOf({ rate: 1, route: { s0: 1 } })];
  const { services } = compile(shop({ services: layers, load }), 'vm', 0);
  const { curves, holdTime } = services[19];
  expect(curves.length).toBe(1);
  expect(curves[0].rate[0] * SECOND).toBeCloseTo(2 ** 19, 6);
  expect(services[0].holdTime).toBe(1000 * (2 ** 20 - 1));
  expect(holdTime).toBe(1000);
});

test('a service that is added shifts nobody’s draws', () => {
  const with5 = runCell(shop(), 'pods', 0).outcome.services;
  const [web, stock, prices, db] = shop().services;
  const with4 = runCell(shop({ services: [web, stock, prices, db] }), 'pods', 0).outcome.services;
  expect(with4).toEqual({ web: with5.web, stock: with5.stock, prices: with5.prices, db: with5.db });
});

test('where CPU is shared a pod carries what its CPU does, unless its places end first', () => {
  const one = (changes: Partial<Service>) => {
    const base = shop({ services: [service('web', 20_000, changes)] });
    return compile({ ...base, load: [loadOf({ rate: 1, route: { web: 1 } })] }, 'pods', 0)
      .services[0];
  };
  const cpu = (service('web', 1).workload.cpuLimit ?? 0) / 1000;
  expect(one({ sharing: 'processor' }).slots).toBeCloseTo(cpu / 0.5, 9);
  expect(one({ sharing: 'processor', concurrency: 1 }).slots).toBeCloseTo(Math.min(1, cpu / 0.5));
});

test('a request that shares CPU is slower than one with a slot of its own, and uses as much', () => {
  const run = (changes: Partial<Service>) => {
    const services = [service('web', 20_000, { queue: { limit: 10_000 }, ...changes })];
    const load = [loadOf({ rate: 150, route: { web: 1 } })];
    return runCell(shop({ services, load }), 'pods', 0).outcome;
  };
  const fluid = run({ sharing: 'processor' });
  const quota = run({ sharing: 'processor', throttling: 'cfs' });
  const slots = run({ concurrency: 1 });
  for (const outcome of [fluid, quota]) {
    expect(outcome.utilization.used / slots.utilization.used).toBeCloseTo(1, 2);
    expect(outcome.wait.max).toBe(0);
  }
  expect(slots.wait.max).toBeGreaterThan(0);
  expect(fluid.latency.mean).toBeGreaterThan(20_000);
});

test('a VM has no quota: its cores are shared as they are, whatever throttles pods', () => {
  const run = (strategy: string, changes: Partial<Service>) => {
    const shared = { sharing: 'processor', queue: { limit: 10_000 }, ...changes } as const;
    const services = [service('web', 20_000, shared)];
    const load = [loadOf({ rate: 150, route: { web: 1 } })];
    return runCell(shop({ services, load }), strategy, 0).outcome.services.web;
  };
  expect(run('vm', { throttling: 'cfs' })).toEqual(run('vm', {}));
  expect(run('pods', { throttling: 'cfs' })).not.toEqual(run('pods', {}));
  const fixed = { replicas: 2, cpu: 1000 };
  expect(run('vm', { throttling: 'cfs', fixed })).toEqual(
    run('pods', { throttling: 'cfs', fixed }),
  );
});
