/** Closed loads through the whole pipeline, in every kind of strategy. */
import { describe, expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import { runCell } from '../../../packages/engine/src/index.ts';
import { renderMessage } from '../../../packages/engine/src/report/messages/index.ts';
import type { Load, Scenario } from '../../../packages/engine/src/scenario/scenario.ts';
import {
  fixedPods,
  kubernetes,
  loadOf,
  SECOND,
  scenarioOf,
  serviceOf,
  vmPeak,
} from '../../fixtures/scenario.ts';
import { vmGroup } from '../../fixtures/vm-group.ts';

const users = (count: number, more: Partial<NonNullable<Load['closed']>> = {}) => ({
  users: [{ at: 0, users: count }],
  refusal: 10_000,
  ...more,
});
const fixed = (mean: number) => ({ dist: 'deterministic', mean }) as const;

function world(changes: Partial<Scenario>): Scenario {
  const base = scenarioOf({ seconds: 10 });
  return {
    ...base,
    clock: { ...base.clock, warmup: 0 },
    services: [serviceOf({ time: fixed(100_000), cpuPerRequest: 50_000, concurrency: 1 })],
    strategies: [fixedPods('pods', 1)],
    ...changes,
  };
}

const countsOf = (scenario: Scenario, strategy = 'pods') =>
  runCell(scenario, strategy, 0).outcome.counts;

describe('one pod, 100 ms per request', () => {
  test.each([
    ['one user who does not think', users(1), 100],
    ['one who thinks for 150 ms', users(1, { think: fixed(150_000) }), 40],
    ['three share it', users(3), 102],
    ['one in a window of 2 s', users(1, { users: [...at(3, 1), ...at(5, 0)] }), 20],
    [
      'five who start at once and stop after 50 ms',
      users(1, { users: [...at(0, 5), ...at(0.05, 0)] }),
      5,
    ],
    [
      'a new user in the place of one who waited',
      users(1, { users: [...at(0, 1), ...at(0.05, 0), ...at(0.06, 1), ...at(0.07, 0)] }),
      2,
    ],
  ])('%s', (_, closed, offered) => {
    const counts = countsOf(world({ load: [loadOf({ closed })] }));
    expect(counts.offered).toBe(offered);
    expect(counts.served + counts.late + counts.inFlight).toBe(offered);
  });

  test('a time-out is an answer: the user goes on, the pod works on', () => {
    const load = [
      loadOf({ closed: users(1, { think: fixed(10_000) }), client: { timeout: 40_000 } }),
    ];
    const counts = countsOf(world({ load }));
    // A request every 50 ms.
    expect(counts.offered).toBe(200);
    expect(counts.timedOut).toBeGreaterThan(190);
  });

  test('a refusal is known after a while', () => {
    const queue = { limit: 0 };
    const [service] = world({}).services;
    const services = [serviceOf({ ...service, queue })];
    const closed = users(2, { refusal: 30_000 });
    const counts = countsOf(world({ load: [loadOf({ closed })], services }));
    // While one is served for 100 ms the other is refused every 30 ms, three or four times.
    expect(counts.rejected / counts.served).toBeGreaterThan(3);
    expect(counts.rejected / counts.served).toBeLessThan(4);
  });
});

function at(second: number, count: number) {
  return [{ at: second * SECOND, users: count }];
}

test('users of one load go to two services in turn, by its route', () => {
  const services = ['app', 'web'].map((name) =>
    serviceOf({ name, time: fixed(20_000), cpuPerRequest: 5000 }),
  );
  const load = [loadOf({ closed: users(1), route: { app: 0.25, web: 0.75 } })];
  const { outcome } = runCell(world({ load, services }), 'pods', 0);
  expect(outcome.counts.offered).toBe(500);
  expect(outcome.services.web.counts.offered / 500).toBeCloseTo(0.75, 1);
});

test('an open load meets the same requests whether users share its service or not', () => {
  const open = loadOf({ name: 'open', rate: 20 });
  // Nobody waits: latencies are the service times that were drawn.
  const time = { dist: 'exponential', mean: 20_000 } as const;
  const services = [serviceOf({ time, cpuPerRequest: 10_000, concurrency: 50 })];
  const seen = (load: readonly Load[]) => {
    const { counts, latency } = runCell(world({ load, services }), 'pods', 0).outcome;
    return { offered: counts.offered, total: (latency.mean ?? 0) * (counts.served + counts.late) };
  };
  const once = users(1, { users: [...at(3, 1), ...at(3.000001, 0)] });
  const alone = seen([open]);
  const together = seen([loadOf({ name: 'users', closed: once }), open]);
  expect(together.offered).toBe(alone.offered + 1);
  expect(together.total - alone.total).toBeGreaterThan(0);
  expect(together.total - alone.total).toBeLessThan(100_000);
});

describe('what plans from rates', () => {
  const load = [loadOf({ closed: users(20, { think: fixed(300_000) }) })];
  const strategies = [vmPeak(), kubernetes({ name: 'hpa' }), vmGroup({ name: 'group' })];

  test.each(strategies.map(({ name }) => name))('%s works on the bound', (strategy) => {
    const scenario = world({ load, strategies });
    const cell = runCell(scenario, strategy, 0);
    expect(cell.outcome.counts.offered).toBeGreaterThan(0);
    const notes = cell.notes.map((note) => renderMessage(note, 'en', 'USD')).join('\n');
    // 20 ÷ 400 ms
    expect(notes).toContain('Load load: a closed loop of at most 20 users');
    expect(notes).toContain('50/s');
  });

  test('the reason of the general path is said', () => {
    const [{ flow }] = compile(world({ load }), 'pods', 0, { path: 'fast' }).services;
    expect(flow).toMatchObject({ path: 'general', kernel: null, reason: 'closed-clients' });
  });
});
