/** Scenario fields of the data plane: patience, shared CPU, balancing, calls, fixed size. */
import { describe, expect, test } from 'vitest';
import { briefly, diagnosticsOf, SMALL, scenarioOf, small } from './scenarios.ts';

const withClient = (text: string) =>
  SMALL.replace('- rate: 100/s', `- { rate: 100/s, client: { ${text} } }`);
const web = (text: string) => small({ add: `    ${text}\n` });
const other = (name: string, text = '') =>
  `  ${name}: { time: { mean: 5ms }, cpuPerRequest: 1ms${text === '' ? '' : `, ${text}`} }\n`;
const refused = async (text: string) => briefly(await diagnosticsOf(text)).map(withoutPlace);
const withoutPlace = (line: string) => line.replace(/ \S+$/, '');

describe('patience', () => {
  test('is a time that does not vary unless a law is named', async () => {
    const { load } = await scenarioOf(withClient('patience: { mean: 2s }'));
    expect(load[0].client.patience).toEqual({ dist: 'deterministic', mean: 2_000_000 });
    const drawn = await scenarioOf(withClient('patience: { dist: exponential, mean: 2s }'));
    expect(drawn.load[0].client.patience).toEqual({ dist: 'exponential', mean: 2_000_000 });
    expect((await scenarioOf(SMALL)).load[0].client).not.toHaveProperty('patience');
  });

  test('takes what its law takes', async () => {
    const text = withClient('patience: { dist: exponential, mean: 2s, cv: 2 }');
    expect(await refused(text)).toEqual(['E_CONFLICT load[0].client.patience.cv']);
  });

  test('time-outs may be as long as a scenario', async () => {
    expect(await refused(withClient('timeout: 366d'))).toEqual([]);
    expect(await refused(withClient('timeout: 367d'))).toEqual(['E_RANGE load[0].client.timeout']);
  });
});

describe('shared CPU and balancing', () => {
  test('concurrency above the CPU limit is refused for slots alone', async () => {
    expect(await refused(web('concurrency: 500'))).toEqual([
      'E_CPU_OVERCOMMIT services.web.concurrency',
    ]);
    expect(await refused(web('concurrency: 500\n    sharing: processor'))).toEqual([]);
  });

  test.each([
    ['throttling: cfs', 'throttling'],
    ['choices: 3', 'choices'],
    ['weights: [1, 2]', 'weights'],
    ['sticky: { connections: 5 }', 'sticky'],
  ])('%s belongs to another field', async (text, key) => {
    expect(await refused(web(text))).toEqual([`E_CONFLICT services.web.${key}`]);
  });

  test('each with what it belongs to', async () => {
    const text = web(
      'sharing: processor\n    throttling: cfs\n    balancer: power-of-two\n    choices: 3',
    );
    const [service] = (await scenarioOf(text)).services;
    expect(service).toMatchObject({ sharing: 'processor', throttling: 'cfs', choices: 3 });
    expect(await refused(web('balancer: weighted\n    weights: [1, 2]'))).toEqual([]);
    expect(await refused(web('balancer: sticky'))).toEqual(['E_REQUIRED services.web.balancer']);
    expect(await refused(web('balancer: weighted'))).toEqual(['E_REQUIRED services.web.balancer']);
    expect(await refused(web('balancer: weighted\n    weights: [1, 0]'))).toEqual([
      'E_RANGE services.web.weights[1]',
    ]);
  });
});

describe('new pods', () => {
  test('warm up and start slowly, with the figures of real systems', async () => {
    const [plain] = (await scenarioOf(SMALL)).services;
    expect(plain).not.toHaveProperty('warmUp');
    expect(plain).not.toHaveProperty('slowStart');
    const text = web('warmUp: {}\n    slowStart: { duration: 1m }');
    const [service] = (await scenarioOf(text)).services;
    expect(service.warmUp).toEqual({
      ...{ work: 20_000_000, factor: 2.4, firstRequests: 20, firstFactor: 8, floor: 0.05 },
    });
    expect(service.slowStart).toEqual({ duration: 60_000_000, aggression: 1, minShare: 0.1 });
  });

  test.each([
    ['warmUp: { factor: 0.5 }', 'E_RANGE services.web.warmUp.factor'],
    ['warmUp: { backlog: 20s }', 'E_UNKNOWN_KEY services.web.warmUp.backlog'],
    ['slowStart: { minShare: 0 }', 'E_RANGE services.web.slowStart.minShare'],
    ['balancer: least-loaded\n    slowStart: {}', 'E_CONFLICT services.web.slowStart'],
    [
      'balancer: sticky\n    sticky: { connections: 5 }\n    slowStart: {}',
      'E_CONFLICT services.web.slowStart',
    ],
    ['fixed: {}\n    warmUp: {}', 'E_CONFLICT services.web.warmUp'],
  ])('%s is refused', async (text, diagnostic) => {
    expect(await refused(web(text))).toEqual([diagnostic]);
  });

  test('are needed: a fleet that stands from the start has none', async () => {
    const standing = `${web('warmUp: {}')}strategies:\n  - { name: vm, kind: vm-peak }\n`;
    expect(await refused(standing)).toContain('E_CONFLICT services.web.warmUp');
  });
});

describe('calls', () => {
  const calls = (text: string, rest = other('db')) => web(`calls: [${text}]`) + rest;

  test('one after another, or at once', async () => {
    const text = calls(
      '{ to: db, timeout: 1s, connections: 5 }, { parallel: [{ to: db }, { to: log, async: true, probability: 10% }] }',
      other('db') + other('log'),
    );
    const { services, load } = await scenarioOf(text);
    expect(services[0].calls).toEqual([
      [{ to: 'db', isAsync: false, probability: 1, timeout: 1_000_000, connections: 5 }],
      [
        { to: 'db', isAsync: false, probability: 1 },
        { to: 'log', isAsync: true, probability: 0.1 },
      ],
    ]);
    // No load goes to what is called, unless a route says so.
    expect(load[0].route).toEqual({ web: 1 });
    expect(services[1]).not.toHaveProperty('calls');
  });

  test.each([
    ['{ to: bd }', 'E_REF services.web.calls[0].to'],
    ['{ probability: 50% }', 'E_REQUIRED services.web.calls[0]'],
    ['{ to: db, parallel: [{ to: db }] }', 'E_CONFLICT services.web.calls[0].to'],
    ['{ to: db, async: true, timeout: 1s }', 'E_CONFLICT services.web.calls[0].timeout'],
    ['{ to: db, probability: 2 }', 'E_RANGE services.web.calls[0].probability'],
    ['{ to: web }', 'E_CYCLE services.web.calls'],
  ])('%s is refused', async (text, expected) => {
    expect(await refused(calls(text))).toEqual([expected]);
  });

  test('what means nothing for an async call is to be removed', async () => {
    const text = calls('{ to: db, async: true, timeout: 1s, connections: 3 }');
    const [{ hint }] = await diagnosticsOf(text);
    expect(hint).toBe('remove timeout and connections, or async');
  });

  test('no way leads back to a caller', async () => {
    const text = calls(
      '{ to: db }',
      other('db', 'calls: [{ to: log }]') +
        other('log', 'calls: [{ parallel: [{ to: web, async: true }] }]'),
    );
    const [diagnostic] = await diagnosticsOf(text);
    expect([diagnostic.code, diagnostic.got]).toEqual(['E_CYCLE', 'web → db → log → web']);
  });

  test('the budget counts the requests that calls bring about', async () => {
    const sixteen = (to: string) => `{ parallel: [${Array(16).fill(`{ to: ${to} }`).join(', ')}] }`;
    const steps = (to: string) => `calls: [${Array(20).fill(sixteen(to)).join(', ')}]`;
    const text = web(steps('b')) + other('b', steps('c')) + other('c', steps('d')) + other('d');
    const [found] = await diagnosticsOf(text);
    // 100/s for 30 min, each 1 + 320 + 320² + 320³.
    expect(found).toMatchObject({
      code: 'E_BUDGET',
      got: '5.9e12 requests × 2 strategies × 5 replications = 5.9e13',
    });
    expect(await refused(web(steps('b')) + other('b'))).toEqual([]);
  });

  test('a diamond is no circle', async () => {
    const rest = other('db', 'calls: [{ to: log }]') + other('log');
    expect(await refused(calls('{ to: db }, { to: log }', rest))).toEqual([]);
  });
});

test('a service of fixed size', async () => {
  const { services } = await scenarioOf(
    SMALL + other('db', 'fixed: { replicas: 3 }, concurrency: 50'),
  );
  expect(services[1]).toMatchObject({ fixed: { replicas: 3, cpu: 4000 }, concurrency: 50 });
});

describe('what would scale a service of fixed size is refused', () => {
  const withDb = SMALL + other('db', 'fixed: { replicas: 3 }');
  const object = (kind: string, version: string, spec: string) =>
    `kubernetes:\n  objects:\n    - { apiVersion: ${version}, kind: ${kind}, metadata: { name: db }, spec: ${spec} }\n`;

  test.each([
    [
      'an HPA',
      object(
        'HorizontalPodAutoscaler',
        'autoscaling/v2',
        '{ scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: db }, maxReplicas: 9 }',
      ),
    ],
    [
      'a Deployment',
      object(
        'Deployment',
        'apps/v1',
        '{ selector: { matchLabels: { app: db } }, template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db, image: db, resources: { requests: { cpu: 1, memory: 1Gi } } }] } } }',
      ),
    ],
  ])('%s', async (kind, text) => {
    const found = await diagnosticsOf(withDb + text);
    expect(found.map(({ code, problem }) => [code, problem])).toEqual([
      ['E_CONFLICT', `db has a fixed size, and ${kind}`],
    ]);
  });

  test('a schedule for it alone', async () => {
    const strategies = (service: string) =>
      `strategies: [{ name: k, kind: kubernetes, schedule: [{ at: +5s, minReplicas: 7${service} }] }]\n`;
    expect(await refused(withDb + strategies(', service: db'))).toEqual([
      'E_CONFLICT strategies[0].schedule[0].service',
    ]);
    expect(await refused(withDb + strategies(''))).toEqual([]);
  });
});
