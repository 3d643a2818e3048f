/** Closed loads as scenarios write them: who is at work when, and what is refused. */
import { describe, expect, test } from 'vitest';
import { plannedCurve } from '../../../packages/engine/src/scenario/planned-load.ts';
import { peakRate, rateAt } from '../../../packages/engine/src/traffic/rate.ts';
import { briefly, diagnosticsOf, parseText, SMALL, scenarioOf } from './scenarios.ts';

const SECOND = 1_000_000;

const closed = (text: string, more = '') =>
  SMALL.replace('- rate: 100/s', `- { closed: { ${text} }${more} }`);
const lines = async (text: string) =>
  briefly(await diagnosticsOf(text)).map((line) => line.replace(/ \S+$/, ''));
const usersOf = async (text: string) =>
  (await scenarioOf(closed(text))).load[0]?.closed?.users.map(({ at, users }) => [
    at / SECOND,
    users,
  ]);

describe('users', () => {
  test('from start to end, who think for an exponential time unless they say otherwise', async () => {
    const [load] = (await scenarioOf(closed('users: 5, think: { mean: 2s }'))).load;
    expect(load?.closed).toEqual({
      users: [{ at: 0, users: 5 }],
      think: { dist: 'exponential', mean: 2 * SECOND },
      refusal: 10_000,
    });
    const [hasty] = (await scenarioOf(closed('users: 1'))).load;
    expect(hasty?.closed).not.toHaveProperty('think');
  });

  test('in windows that come again, and add up where they overlap', async () => {
    const probes = '{ at: +30s, length: 20s, every: 10m, users: 5 }';
    expect(await usersOf(`windows: [${probes}]`)).toEqual([
      ...[30, 630, 1230].flatMap((at) => [
        [at, 5],
        [at + 20, 0],
      ]),
    ]);
    const burst = '{ at: "07:45:40", length: 20s, users: 95 }';
    const both = await usersOf(`windows: [${probes.replace('10m', '10m, times: 1')}, ${burst}]`);
    expect(both).toEqual([
      [30, 5],
      [40, 100],
      [50, 95],
      [60, 0],
    ]);
    expect(await usersOf('windows: [{ users: 3 }]')).toEqual([[0, 3]]);
    // Windows that touch are one.
    const touching = '{ at: +10s, length: 10s, users: 2 }, { at: +20s, length: 10s, users: 2 }';
    expect(await usersOf(`windows: [${touching}]`)).toEqual([
      [10, 2],
      [30, 0],
    ]);
  });

  test('in stages: one by one, or all at once', async () => {
    const stages = '{ duration: 6s, target: 3 }, { duration: 1m, target: 5, jump: true }';
    const down = '{ duration: 10s, target: 3 }';
    expect(await usersOf(`startUsers: 1, stages: [${stages}, ${down}]`)).toEqual([
      [0, 1],
      [3, 2],
      [6, 5],
      [71, 4],
      [76, 3],
    ]);
  });

  test.each([
    ['think: { mean: 1s }', '', 'E_REQUIRED load[0].closed'],
    ['users: 5, windows: [{ users: 1 }]', '', 'E_CONFLICT load[0].closed.windows'],
    ['users: 5, startUsers: 1', '', 'E_CONFLICT load[0].closed.startUsers'],
    ['users: 5', ', rate: 1/s', 'E_CONFLICT load[0].closed'],
    ['users: 5', ', process: { kind: gamma, cv: 2 }', 'E_CONFLICT load[0].process'],
    ['users: 0', '', 'E_RANGE load[0].closed.users'],
    ['users: many', '', 'E_TYPE load[0].closed.users'],
    ['user: 5', '', 'E_UNKNOWN_KEY load[0].closed.user'],
    ['windows: [{ users: 1, times: 2 }]', '', 'E_CONFLICT load[0].closed.windows[0].times'],
    ['windows: [{ users: 1, at: +31m }]', '', 'E_RANGE load[0].closed.windows[0].at'],
    ['windows: [{ users: 1, every: 1ms }]', '', 'E_RANGE load[0].closed.windows[0].every'],
    ['windows: [{ users: 60000 }, { users: 60000 }]', '', 'E_RANGE load[0].closed'],
    ['users: 5, think: { mean: 1s, cv: 1 }', '', 'E_CONFLICT load[0].closed.think.cv'],
    ['users: 5, refusal: 0s', '', 'E_RANGE load[0].closed.refusal'],
  ])('%s%s is refused', async (text, more, expected) => {
    const found = await lines(closed(text, more));
    expect(found).toContain(expected);
  });

  test('calls in a circle are reported as such, and nothing breaks', async () => {
    const circle = 'time: { mean: 5ms }, cpuPerRequest: 1ms, calls: [{ to: b }]';
    const text = closed('users: 5', ', route: { a: 1 }').replace(
      'web:',
      `a: { ${circle} }\n  b: { ${circle.replace('to: b', 'to: a')} }\n  web:`,
    );
    expect((await lines(text)).map((line) => line.split(' ')[0])).toContain('E_CYCLE');
  });

  test('the resolved file is read as the same scenario', async () => {
    const text = closed('windows: [{ at: +1m, every: 2m, length: 1m, users: 3 }]');
    const first = await parseText(text);
    if (!first.ok) throw new Error('refused');
    const again = await parseText(first.resolved);
    expect(again).toMatchObject({ ok: true, resolved: first.resolved });
    expect(again.ok ? again.scenario : null).toEqual(first.scenario);
  });
});

test('the planned rate is that of users who never wait, with the calls of their requests', async () => {
  const stock = '  stock: { time: { mean: 150ms }, cpuPerRequest: 5ms }\n';
  const text = `${closed('windows: [{ at: +1m, length: 1m, users: 10 }], think: { mean: 300ms }', ', route: { web: 1 }')}    calls: [{ to: stock }]\n${stock}`;
  const { load, services, clock } = await scenarioOf(text);
  const [users] = load;
  if (users === undefined) throw new Error('no load');
  const curve = plannedCurve(users, services, clock.duration);
  // 10 ÷ (300 + 50 + 150 ms)
  expect(peakRate(curve)).toBeCloseTo(20, 9);
  expect([30, 90, 150].map((second) => rateAt(curve, second * SECOND))).toEqual([0, 20, 0]);
});
