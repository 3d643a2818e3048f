import { describe, expect, test } from 'vitest';
import { briefly, diagnosticsOf, SMALL, scenarioOf, small } from './scenarios.ts';

const load = (text: string) => SMALL.replace('- rate: 100/s', `- ${text}`);
const time = (text: string) => SMALL.replace('{ mean: 50ms }', text);
const refused = async (text: string) => briefly(await diagnosticsOf(text));
const lines = async (text: string) =>
  (await refused(text)).map((line) => line.replace(/ \S+$/, ''));

describe('loads', () => {
  test('exactly one description of the arrivals', async () => {
    expect(await refused(load('name: a'))).toEqual(['E_REQUIRED load[0] 5:5']);
    expect(await refused(load('{ rate: 1/s, flashSale: { base: 1/s, peak: 2/s } }'))).toEqual([
      'E_CONFLICT load[0].flashSale 5:29',
    ]);
    expect(await refused(load('{ rate: 1/s, startRate: 1/s }'))).toEqual([
      'E_CONFLICT load[0].startRate 5:29',
    ]);
  });

  test('flash sales open within the scenario and rise', async () => {
    expect(await lines(load('flashSale: { base: 1/s, peak: 2/s, at: "+31m" }'))).toEqual([
      'E_RANGE load[0].flashSale.at',
    ]);
    expect(await lines(load('flashSale: { base: 1/s, peak: 2/s, at: "07:30" }'))).toEqual([
      'E_RANGE load[0].flashSale.at',
    ]);
    expect(await lines(load('flashSale: { base: 3/s, peak: 2/s }'))).toEqual([
      'E_MIN_MAX load[0].flashSale.base',
    ]);
  });

  test('routes', async () => {
    const two = small({ add: '  api: { time: { mean: 50ms }, cpuPerRequest: 20ms }\n' });
    expect((await scenarioOf(two)).load[0]?.route).toEqual({ web: 0.5, api: 0.5 });
    const routed = two.replace('rate: 100/s', '{ rate: 100/s, route: { web: 1, api: 3 } }');
    expect((await scenarioOf(routed)).load[0]?.route).toEqual({ web: 0.25, api: 0.75 });
    expect(await lines(routed.replace('api: 3', 'apl: 3'))).toEqual(['E_REF load[0].route.apl']);
    expect(await lines(routed.replace('web: 1, api: 3', 'web: 0'))).toEqual([
      'E_RANGE load[0].route',
    ]);
    expect(await lines(routed.replace('api: 3', 'api: -3'))).toEqual(['E_RANGE load[0].route.api']);
  });

  test('names are unique, and one load is on', async () => {
    expect(await lines(load('rate: 1/s\n  - rate: 2/s'))).toEqual(['E_DUP_NAME load[1].name']);
    expect(await lines(load('{ rate: 1/s, enabled: false }'))).toEqual(['E_REQUIRED load']);
    const { load: loads } = await scenarioOf(
      load('rate: 1/s\n  - { name: b, rate: 2/s, enabled: false }'),
    );
    expect(loads.map(({ name }) => name)).toEqual(['load']);
  });

  test('a load that is off reads no trace', async () => {
    const text = load('rate: 1/s\n  - { name: old, trace: { file: gone.csv }, enabled: false }');
    expect(await refused(text)).toEqual([]);
  });

  test('the budget counts strategies and replications', async () => {
    expect(await diagnosticsOf(load('rate: 1e6/s'))).toEqual([]);
    const [found] = await diagnosticsOf(`${load('rate: 1e6/s')}replications: 6\n`);
    expect(found).toMatchObject({
      code: 'E_BUDGET',
      got: '1.8e9 requests × 2 strategies × 6 replications = 2.2e10',
      allowed: '2.0e10',
    });
  });
});

describe('processes', () => {
  const process = (text: string) => load(`{ rate: 100/s, process: ${text} }`);
  const cycle = { factors: [50, 500], sojourns: [20e6, 20e6] };

  test.each([
    ['{ kind: gamma, cv: 0.5 }', { kind: 'gamma', cv: 0.5 }],
    ['{ kind: deterministic }', { kind: 'deterministic' }],
    ['{ kind: hyperexponential, cv: 2 }', { kind: 'hyperexponential', cv: 2 }],
    [
      '{ kind: hyperexponential, p: 0.9, mean1: 1, mean2: 20 }',
      { kind: 'hyperexponential', p: 0.9, mean1: 1, mean2: 20 },
    ],
    ['{ kind: mmpp, factors: [50, 500], sojourns: [20s, 20s] }', { kind: 'mmpp', ...cycle }],
    ['{ kind: batch, meanSize: 2.5 }', { kind: 'batch', meanSize: 2.5 }],
    ['{ kind: batch, meanSize: 8, sizes: fixed }', { kind: 'batch', meanSize: 8, sizes: 'fixed' }],
  ])('%s', async (text, expected) => {
    expect((await scenarioOf(process(text))).load[0]?.process).toEqual(expected);
  });

  test('Poisson is the default, and the same whether it is written or not', async () => {
    const silent = await scenarioOf(load('rate: 100/s'));
    expect(silent.load[0]).not.toHaveProperty('process');
    expect(await scenarioOf(process('{ kind: poisson }'))).toEqual(silent);
  });

  test.each([
    ['{ kind: cox }', 'E_ENUM load[0].process.kind'],
    ['{ cv: 2 }', 'E_CONFLICT load[0].process.cv'],
    ['{ kind: gamma }', 'E_REQUIRED load[0].process'],
    ['{ kind: gamma, cv: 0 }', 'E_RANGE load[0].process.cv'],
    ['{ kind: gamma, cv: 2, meanSize: 3 }', 'E_CONFLICT load[0].process.meanSize'],
    ['{ kind: deterministic, cv: 1 }', 'E_CONFLICT load[0].process.cv'],
    ['{ kind: hyperexponential, cv: 0.5 }', 'E_RANGE load[0].process.cv'],
    ['{ kind: hyperexponential, cv: 2, p: 0.5 }', 'E_CONFLICT load[0].process.p'],
    ['{ kind: hyperexponential, p: 0.5, mean1: 2 }', 'E_REQUIRED load[0].process'],
    ['{ kind: mmpp, factors: [1, 2] }', 'E_REQUIRED load[0].process'],
    ['{ kind: mmpp, factors: [1], sojourns: [1s, 1s] }', 'E_RANGE load[0].process.factors'],
    ['{ kind: mmpp, factors: [0, 0], sojourns: [1s, 1s] }', 'E_RANGE load[0].process.factors'],
    ['{ kind: mmpp, factors: [1, x], sojourns: [1s, 1s] }', 'E_TYPE load[0].process.factors[1]'],
    [
      '{ kind: mmpp, factors: [1, 2, 3], sojourns: [1s, 1s] }',
      'E_CONFLICT load[0].process.sojourns',
    ],
    ['{ kind: batch }', 'E_REQUIRED load[0].process'],
    ['{ kind: batch, meanSize: 2.5, sizes: fixed }', 'E_RANGE load[0].process.meanSize'],
    ['{ kind: batch, meanSize: 0.5 }', 'E_RANGE load[0].process.meanSize'],
  ])('%s is refused once', async (text, expected) => {
    expect(await lines(process(text))).toEqual([expected]);
  });

  test('the message says what the kind takes', async () => {
    const [found] = await diagnosticsOf(process('{ kind: hyperexponential, meanSize: 3 }'));
    expect(found).toMatchObject({
      problem: 'meanSize cannot describe the process hyperexponential',
      hint: 'hyperexponential takes cv, or p and mean1 and mean2',
    });
  });
});

describe('service times', () => {
  test.each([
    ['{ mean: 50ms }', { dist: 'lognormal', mean: 50_000 }],
    ['{ mean: 50ms, cv: 2 }', { dist: 'lognormal', mean: 50_000, cv: 2 }],
    ['{ p50: 45ms, p99: 220ms }', { p50: 45_000, p99: 220_000 }],
    ['{ dist: exponential, mean: 50ms }', { dist: 'exponential' }],
    ['{ dist: deterministic, mean: 50ms }', { dist: 'deterministic' }],
  ])('%s', async (text, expected) => {
    expect((await scenarioOf(time(text))).services[0]?.time).toMatchObject(expected);
  });

  test.each([
    ['{}', 'E_REQUIRED services.web.time'],
    ['{ cv: 2 }', 'E_REQUIRED services.web.time'],
    ['{ p50: 45ms }', 'E_REQUIRED services.web.time'],
    ['{ mean: 50ms, p50: 45ms, p99: 90ms }', 'E_CONFLICT services.web.time.p50'],
    ['{ p50: 45ms, p99: 90ms, cv: 1 }', 'E_CONFLICT services.web.time.p50'],
    ['{ p50: 95ms, p99: 90ms }', 'E_MIN_MAX services.web.time.p50'],
    ['{ dist: exponential, mean: 50ms, cv: 2 }', 'E_CONFLICT services.web.time.cv'],
    ['{ dist: deterministic, p50: 50ms, p99: 60ms }', 'E_CONFLICT services.web.time.p50'],
    ['{ dist: empirical, mean: 50ms }', 'E_CONFLICT services.web.time.mean'],
    ['{ dist: empirical }', 'E_REQUIRED services.web.time'],
    ['{ mean: 50ms, file: a.csv }', 'E_CONFLICT services.web.time.file'],
    ['{ dist: normal, mean: 50ms }', 'E_ENUM services.web.time.dist'],
  ])('%s is refused', async (text, expected) => {
    expect(await lines(time(text))).toEqual([expected]);
  });
});

describe('CPU of the slots', () => {
  const slots = (n: number) => small({ add: `    concurrency: ${n}\n` });

  test('up to the limit of the pod: 1 core carries 2.5 slots of 0.4', async () => {
    expect(await refused(slots(2))).toEqual([]);
    const [found] = await diagnosticsOf(slots(3));
    expect(found).toMatchObject({
      code: 'E_CPU_OVERCOMMIT',
      path: 'services.web.concurrency',
      got: '3 × 400m = 1200m, limit 1000m',
      allowed: 'concurrency up to 2',
    });
  });

  test('a single request may need too much', async () => {
    expect(await lines(SMALL.replace('cpuPerRequest: 20ms', 'cpuPerRequest: 60ms'))).toEqual([
      'E_CPU_OVERCOMMIT services.web.cpuPerRequest',
    ]);
  });

  test('VMs alone take their slots from the machine', async () => {
    expect(await refused(`${slots(3)}strategies: [{ kind: vm-peak }]\n`)).toEqual([]);
  });

  test('the mean of p50 and p99 is that of the lognormal', async () => {
    const text = time('{ p50: 40ms, p99: 200ms }');
    // σ = ln(5)/2.3263, mean = 40·exp(σ²/2) = 50.82 ms: 2 slots of 0.394 core, not 3.
    expect(await refused(`${text}    concurrency: 2\n`)).toEqual([]);
    const [found] = await diagnosticsOf(`${text}    concurrency: 3\n`);
    expect(found?.got).toBe('3 × 394m = 1181m, limit 1000m');
  });
});

test('nodes that cannot hold a pod', async () => {
  const [found] = await diagnosticsOf(
    `${SMALL}kubernetes: { nodes: { type: c7i.large, reservedCpu: 1100m } }\n`,
  );
  expect(found).toMatchObject({
    code: 'E_UNSCHEDULABLE',
    got: 'a request of 1000m CPU',
    allowed: '900m allocatable on c7i.large (2000m − 1100m reserved)',
  });
  const memory = `${SMALL}kubernetes: { nodes: { type: c7i.large, reservedMemory: 3.5Gi } }\n`;
  expect((await diagnosticsOf(memory))[0]).toMatchObject({
    code: 'E_UNSCHEDULABLE',
    got: 'a request of 1024Mi memory',
  });
});
