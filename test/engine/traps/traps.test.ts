/** Each trap from a worked example: one setup that falls into it, and the nearest that does not. */
import { describe, expect, test } from 'vitest';
import { renderMessage } from '../../../packages/engine/src/report/messages/index.ts';
import { emptyBehavior } from '../../../packages/engine/src/traps/empty-behavior.ts';
import { impossibleRate } from '../../../packages/engine/src/traps/impossible-rate.ts';
import { impossibleTarget } from '../../../packages/engine/src/traps/impossible-target.ts';
import {
  clippedUtilization,
  impossibleObservation,
} from '../../../packages/engine/src/traps/impossible-utilization.ts';
import { setupTraps } from '../../../packages/engine/src/traps/index.ts';
import { maximumBelowPeak, maximumReached } from '../../../packages/engine/src/traps/maximum.ts';
import { TRAP_MESSAGES } from '../../../packages/engine/src/traps/messages.ts';
import { missingRequest } from '../../../packages/engine/src/traps/missing-request.ts';
import {
  coarseReadiness,
  quickestRise,
} from '../../../packages/engine/src/traps/readiness-grid.ts';
import { sharedNode } from '../../../packages/engine/src/traps/shared-node.ts';
import { stabilizedTail } from '../../../packages/engine/src/traps/stabilized-tail.ts';
import {
  hiddenByTolerance,
  hiddenSchedule,
  isHidden,
} from '../../../packages/engine/src/traps/tolerance.ts';
import { decision, runSubject, scenarioOf, subject } from './subject.ts';

const SECOND = 1_000_000;

describe('CPU request missing', () => {
  test('a share of nothing cannot be computed', async () => {
    const found = missingRequest(await subject({ requests: '{}', limits: '{}' }));
    expect(found).toEqual({ key: 'trap.no-request-blind', params: { service: 'web' } });
  });

  test('a limit becomes the request', async () => {
    expect(missingRequest(await subject({ requests: '{}' }))).toBeNull();
  });

  test('an AverageValue target needs none, but the scheduler does', async () => {
    const given = await subject({ requests: '{}', limits: '{}' });
    const average = { type: 'AverageValue', averageValue: 100 } as const;
    const metrics = [{ type: 'Resource', name: 'cpu', target: average }] as const;
    const found = missingRequest({ ...given, spec: { ...given.spec, metrics } });
    expect(found?.key).toBe('trap.no-request');
  });
});

describe('a CPU limit above the request', () => {
  test('lets pods use what the node does not have', async () => {
    const found = sharedNode(await subject({ requests: '{ cpu: 200m }', limits: '{ cpu: 500m }' }));
    expect(found?.key).toBe('trap.limit-above-request');
    expect(found?.params).toMatchObject({ request: 200, limit: 500 });
  });

  test('equal ones do not', async () => {
    const cpu = '{ cpu: 500m }';
    expect(sharedNode(await subject({ requests: cpu, limits: cpu }))).toBeNull();
  });
});

describe('a rate that no pod exceeds', () => {
  /** One slot of 50 ms: 20 requests/s with all slots busy. */
  async function at(
    perSecond: number,
    changes: { service?: string; measure?: 'arrival-rate' } = {},
  ) {
    const given = await subject();
    const { service, measure = 'requests-per-second' } = changes;
    const timing = { window: 60 * SECOND, delay: 0, resolution: 15 * SECOND };
    const rps = { measure, ...(service === undefined ? {} : { service }), ...timing };
    const target = { type: 'AverageValue', averageValue: perSecond * 1000 } as const;
    const metrics = [{ type: 'Pods', name: 'rps', target }] as const;
    return impossibleRate({ ...given, custom: { rps }, spec: { ...given.spec, metrics } });
  }

  test('the tolerance belongs to what must be exceeded', async () => {
    expect((await at(18.2))?.params).toEqual({
      service: 'web',
      metric: 'rps',
      perPod: 18.2,
      highest: 20,
    });
    expect(await at(18)).toBeNull();
  });

  test('what arrives, and what another service works off, is not bounded by the pods', async () => {
    expect(await at(30, { measure: 'arrival-rate' })).toBeNull();
    expect(await at(30, { service: 'other' })).toBeNull();
  });

  test('a CPU target is no trap of the whole HPA beside another metric', async () => {
    const given = await subject({ target: 300 });
    expect(impossibleTarget(given)).not.toBeNull();
    const queue = {
      type: 'External',
      name: 'queue',
      target: { type: 'AverageValue', averageValue: 1000 },
    } as const;
    const metrics = [...given.spec.metrics, queue];
    expect(impossibleTarget({ ...given, spec: { ...given.spec, metrics } })).toBeNull();
  });
});

describe('behavior: {} against none', () => {
  test.each([
    ['{}', null],
    ['{ behavior: {} }', 'trap.empty-behavior'],
    ['{ behavior: { scaleUp: {} } }', 'trap.empty-behavior'],
    ['{ behavior: { scaleDown: { stabilizationWindowSeconds: 60 } } }', null],
  ])('%s', async (hpa, key) => {
    expect(emptyBehavior(await subject({ hpa }))?.key ?? null).toBe(key);
  });
});

describe('utilization above the limit', () => {
  test('slots that wait for calls use no CPU', async () => {
    const db = 'db: { time: { mean: 75ms }, cpuPerRequest: 1ms, fixed: {} }';
    const calls = `{ time: { mean: 25ms }, cpuPerRequest: 25ms, calls: [{ to: db }] }, ${db}`;
    const cpu = '{ cpu: 1 }';
    const given = { requests: cpu, limits: cpu, target: 50 };
    // A quarter of the time that a slot is held is work.
    expect(impossibleTarget(await subject({ ...given, service: calls }))).toEqual({
      key: 'trap.target-above-slots',
      params: {
        service: 'web',
        target: 0.5,
        highest: expect.closeTo(0.25),
        cpu: 250,
        request: 1000,
      },
    });
    const alone = '{ time: { mean: 25ms }, cpuPerRequest: 25ms }';
    expect(impossibleTarget(await subject({ ...given, service: alone }))).toBeNull();
  });

  // 500m ÷ 200m = 250 %: the most that a pod can show.
  test('a target of 240 % is within the tolerance of it, one of 220 % is not', async () => {
    expect(impossibleTarget(await subject({ target: 240 }))).toEqual({
      key: 'trap.target-above-limit',
      params: { service: 'web', target: 2.4, highest: 2.5, cpu: 500, request: 200 },
    });
    expect(impossibleTarget(await subject({ target: 220 }))).toBeNull();
  });

  // One slot of 25 ms CPU in 100 ms: 250m of the limit of 500m, 125 % of the request.
  test('slots may keep a pod below its limit', async () => {
    const service = '{ time: { mean: 100ms }, cpuPerRequest: 25ms, concurrency: 1 }';
    expect(impossibleTarget(await subject({ service, target: 120 }))).toEqual({
      key: 'trap.target-above-slots',
      params: {
        service: 'web',
        target: 1.2,
        highest: expect.closeTo(1.25),
        cpu: 250,
        request: 200,
      },
    });
  });

  test('305 % cannot be observed, 250 % can', async () => {
    expect(impossibleObservation(await subject({ observed: 3.05 }))).toEqual({
      key: 'trap.observed-above-limit',
      params: { service: 'web', observed: 3.05, highest: 2.5, cpu: 500, request: 200 },
    });
    expect(impossibleObservation(await subject({ observed: 2.5 }))).toBeNull();
    expect(impossibleObservation(await subject())).toBeNull();
  });

  // 24.4/s × 25 ms = 610m: 305 % of one request. Two pods would show 152.5 %.
  test('a load that asks for 305 % of one pod is seen as 250 %, five times the target', async () => {
    const load = '{ rate: 24.4/s }';
    expect(clippedUtilization(await subject({ load }))).toMatchObject({
      key: 'trap.clipped-by-limit',
      params: { replicas: 1, demanded: expect.closeTo(3.05), highest: 2.5, factor: '5' },
    });
    expect(clippedUtilization(await subject({ load, minReplicas: 2 }))).toBeNull();
    expect(clippedUtilization(await subject({ load, deployment: '{ replicas: 2 }' }))).toBeNull();
  });
});

describe('maxReplicas', () => {
  // 44/s × 25 ms = 1100m; at 50 % of 200m a replica carries 100m: 11 replicas.
  test('too small for the peak, before anything runs', async () => {
    const load = '{ rate: 44/s }';
    expect(maximumBelowPeak(await subject({ load }))).toEqual({
      key: 'trap.max-below-peak',
      params: { service: 'web', needed: 11, max: 10, peak: 44 },
    });
    expect(maximumBelowPeak(await subject({ load, maxReplicas: 11 }))).toBeNull();
  });

  test('reached in the run: since when, how long, how much was asked for', async () => {
    const limit = { kind: 'max', policy: null } as const;
    const rows = [
      decision(15, 15, 1, 4),
      decision(30, 30, 4, 10, { limit, proposal: [12, 12] }),
      decision(45, 75, 10, 10, { limit, proposal: [14, 31] }),
      decision(90, 90, 10, 9),
    ];
    expect(maximumReached(await runSubject(rows))).toEqual({
      key: 'trap.max-reached',
      params: { service: 'web', max: 10, at: 30 * SECOND, wanted: 31, held: 60 * SECOND },
    });
    expect(maximumReached(await runSubject(rows.filter((row) => !row.run?.limit)))).toBeNull();
  });
});

describe('the tolerance', () => {
  // 50 ÷ 46 = 1.087; 51 ÷ 46 = 1.109.
  test.each([
    [46, 50, true],
    [46, 51, false],
    [10, 11, true],
    [10, 12, false],
    [46, 46, false],
    [46, 40, false],
    [0, 1, false],
  ])('from %i to %i by a metric is hidden: %s', (from, to, hidden) => {
    expect(isHidden(from, to, { down: 0.1, up: 0.1, distance: false })).toBe(hidden);
  });

  test('1.28 hid a little less: not 10 → 11, and knew no tolerance per direction', async () => {
    const setup = {
      minReplicas: 10,
      maxReplicas: 60,
      schedule: '[{ at: +10m, minReplicas: 11 }]',
    };
    const now = await subject(setup);
    const asOf128 = { ...now, controller: { ...now.controller, compat: '1.28' as const } };
    expect(hiddenSchedule(now)?.params.to).toBe(11);
    expect(hiddenSchedule(asOf128)).toBeNull();
    const wide = '{ behavior: { scaleUp: { tolerance: "0.5" } } }';
    const schedule = '[{ at: +10m, minReplicas: 14 }]';
    const ruled = await subject({ ...setup, schedule, hpa: wide });
    expect(hiddenSchedule(ruled)?.params).toMatchObject({ to: 14, tolerance: 0.5 });
    expect(hiddenSchedule({ ...ruled, controller: asOf128.controller })).toBeNull();
  });

  test('a schedule that a metric could not carry out', async () => {
    const setup = { minReplicas: 46, maxReplicas: 60 };
    const to = (replicas: number) => `[{ at: +10m, minReplicas: ${replicas} }]`;
    expect(hiddenSchedule(await subject({ ...setup, schedule: to(50) }))).toEqual({
      key: 'trap.tolerance-schedule',
      params: {
        service: 'web',
        from: 46,
        to: 50,
        at: 600 * SECOND,
        ratio: '1.087',
        tolerance: 0.1,
      },
    });
    expect(hiddenSchedule(await subject({ ...setup, schedule: to(51) }))).toBeNull();
    const hpa = '{ behavior: { scaleUp: { tolerance: "0.05" } } }';
    expect(hiddenSchedule(await subject({ ...setup, hpa, schedule: to(50) }))).toBeNull();
  });

  const near = (seen: number, basis: string) => ({
    metric: 'cpu',
    kind: 'utilization' as const,
    target: 0.5,
    seen: [seen, seen] as const,
    error: null,
    basis,
    proposal: [46, 46] as const,
    age: null,
    ready: [46, 46] as const,
    unready: [0, 0] as const,
    missing: [0, 0] as const,
    ignored: [0, 0] as const,
  });

  // 54 % of 50 %: a ratio of 1.08; 46 × 1.08 = 49.7, so 50 replicas.
  test('replicas that it kept away in the run', async () => {
    const row = decision(60, 120, 46, 46, { metrics: [near(0.54, 'tolerance')] });
    expect(hiddenByTolerance(await runSubject([row]))).toEqual({
      key: 'trap.tolerance',
      params: { service: 'web', replicas: 46, wanted: 50, at: 60 * SECOND, tolerance: 0.1 },
    });
    const one = decision(60, 120, 46, 46, { metrics: [near(0.51, 'tolerance')] });
    const ratio = decision(60, 120, 46, 46, { metrics: [near(0.54, 'ratio')] });
    expect(hiddenByTolerance(await runSubject([one, ratio]))).toBeNull();
  });
});

describe('stabilization keeps the tail', () => {
  const window = {
    direction: 'down',
    length: 300 * SECOND,
    replicas: [10, 10],
    made: [0, 0],
  } as const;
  const reason = { key: 'hpa.stabilized', params: {} };
  const kept = { ...decision(600, 885, 10, 10, { window, proposal: [3, 8] }), reason };

  test('where syncs alternate, the window has its share of the time', async () => {
    const reasons = { 'hpa.stabilized': 15, 'hpa.within-tolerance': 5 };
    const mixed = decision(600, 885, 10, 10, { proposal: [3, 10], syncs: 20, reasons });
    const rows = [mixed, decision(900, 900, 10, 3)];
    const found = await runSubject(rows).then(stabilizedTail);
    expect(found?.params).toMatchObject({ held: 225 * SECOND, most: 7 });
  });

  test('from the first sync that asks for less to the next decision', async () => {
    const rows = [decision(500, 585, 8, 10), kept, decision(900, 900, 10, 3)];
    expect(stabilizedTail(await runSubject(rows))).toEqual({
      key: 'trap.stabilized-tail',
      params: { service: 'web', held: 300 * SECOND, most: 7, window: 300 * SECOND },
    });
  });

  test('on the way down, step by step, too', async () => {
    const step = { key: 'hpa.scaled-down-stabilized', params: {} };
    const rows = [
      { ...decision(600, 600, 20, 15, { proposal: [5, 5] }), reason: step },
      { ...decision(630, 630, 15, 9, { proposal: [5, 5] }), reason: step },
      decision(660, 660, 9, 5),
    ];
    const found = await runSubject(rows).then(stabilizedTail);
    expect(found?.params).toMatchObject({ held: 60 * SECOND, most: 10 });
  });

  test('no tail: a hold of moments, of one replica, or for another reason', async () => {
    const moments = [kept, decision(630, 630, 10, 3)];
    expect(stabilizedTail(await runSubject(moments))).toBeNull();
    const one = { ...decision(600, 885, 10, 10, { window, proposal: [9, 9] }), reason };
    const other = decision(600, 885, 10, 10, { proposal: [3, 8] });
    expect(stabilizedTail(await runSubject([one]))).toBeNull();
    expect(stabilizedTail(await runSubject([other]))).toBeNull();
  });
});

describe('the readiness grid', () => {
  const sale = '{ flashSale: { base: 10/s, peak: 90/s, surge: 8s } }';
  const every = (seconds: number, more = '') =>
    `{ readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: ${seconds}${more} } }`;

  // From 10/s to 90/s in 8 s: at +4 s 50/s, at +8 s 90/s; between the joints of the curve, 8 s.
  test('of 10 s is slower than a surge of 8 s, one of 5 s is not', async () => {
    expect(coarseReadiness(await subject({ load: sale, container: every(10) }))).toEqual({
      key: 'trap.readiness-grid',
      params: { service: 'web', grid: 10 * SECOND, rise: 8 * SECOND },
    });
    for (const seconds of [5, 8]) {
      const container = every(seconds);
      expect(coarseReadiness(await subject({ load: sale, container }))).toBeNull();
    }
    const twice = every(5, ', successThreshold: 2');
    expect(coarseReadiness(await subject({ load: sale, container: twice }))).not.toBeNull();
  });

  test('a step is quicker than any grid but the finest', async () => {
    const stages = '{ duration: 1m, target: 10/s }, { duration: 1m, target: 20/s, jump: true }';
    const load = `{ startRate: 10/s, stages: [${stages}] }`;
    const found = coarseReadiness(await subject({ load, container: every(2) }));
    expect(found?.key).toBe('trap.readiness-grid-step');
    expect(coarseReadiness(await subject({ load, container: every(1) }))).toBeNull();
  });

  test('a constant load has no rise, and a small bump of a quiet hour is none', async () => {
    expect(coarseReadiness(await subject({ container: every(10) }))).toBeNull();
    const { model } = await subject({ load: sale });
    expect(quickestRise(model.curves, 90, 7 * SECOND)).toBeNull();
    expect(quickestRise(model.curves, 1000, 60 * SECOND)).toBeNull();
  });
});

describe('the registry', () => {
  test('traps of the setup are named once, whatever the number of strategies', async () => {
    const scenario = await scenarioOf({ hpa: '{ behavior: {} }', target: 300 });
    const [strategy] = scenario.strategies;
    const twice = strategy === undefined ? [] : [strategy, { ...strategy, name: 'other' }];
    const keys = setupTraps({ ...scenario, strategies: twice }).map(({ key }) => key);
    expect(keys).toEqual([
      'trap.target-above-limit',
      'trap.empty-behavior',
      'trap.limit-above-request',
    ]);
  });

  test.each(Object.keys(TRAP_MESSAGES.en))('%s is said in both languages', (key) => {
    const names = (text: string | undefined) =>
      [...(text ?? '').matchAll(/\{(\w+)(?:\|\w+)?/g)].map(([, name]) => name).sort();
    const [en, zh] = [TRAP_MESSAGES.en[key], TRAP_MESSAGES['zh-CN'][key]];
    expect(new Set(names(zh))).toEqual(new Set(names(en)));
    const params = Object.fromEntries(names(en).map((name) => [name as string, 2]));
    expect(renderMessage({ key, params }, 'en', 'USD')).not.toMatch(/\{\w/);
  });
});
