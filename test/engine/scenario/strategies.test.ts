import { describe, expect, test } from 'vitest';
import { briefly, diagnosticsOf, SMALL, scenarioOf } from './scenarios.ts';

const withStrategies = (yaml: string) => `${SMALL}${yaml}`;
const refused = async (yaml: string) => briefly(await diagnosticsOf(withStrategies(yaml)));

describe('strategies', () => {
  test('without any, VMs for the peak and Kubernetes are compared', async () => {
    const { strategies, baseline } = await scenarioOf(SMALL);
    expect(strategies.map(({ name, kind }) => [name, kind])).toEqual([
      ['vm-peak', 'vm-peak'],
      ['kubernetes', 'kubernetes'],
    ]);
    expect(baseline).toBe('vm-peak');
    expect(strategies[1]).toMatchObject({
      startup: { app: { median: 20e6 } },
      nodes: { type: 'c7i.4xlarge', min: 1 },
      schedule: [],
    });
  });

  test('extends takes over fields, deeply, but neither name nor title', async () => {
    const { strategies } = await scenarioOf(
      withStrategies(`strategies:
  - { name: a, title: A, kind: kubernetes, replicas: 3, nodes: { min: 2, max: 9 }, startup: { app: { median: 1s } } }
  - { name: b, extends: a, nodes: { max: 5 } }
  - { name: c, extends: b, startup: { app: { sigma: 0 } } }
`),
    );
    expect(strategies[1]).toMatchObject({
      name: 'b',
      kind: 'kubernetes',
      replicas: 3,
      nodes: { min: 2, max: 5 },
    });
    expect(strategies[1]).not.toHaveProperty('title');
    expect(strategies[1]).not.toHaveProperty('extends');
    expect(strategies[2]).toMatchObject({
      nodes: { max: 5 },
      startup: { app: { median: 1e6, sigma: 0 } },
    });
  });

  test('lie over the cluster before defaults are filled in', async () => {
    const { strategies } = await scenarioOf(
      withStrategies(`kubernetes: { nodes: { min: 4 }, startup: { app: { median: 9s } } }
strategies:
  - { name: a, kind: kubernetes, nodes: { max: 8 } }
  - { name: b, kind: kubernetes, nodes: { min: 1 }, startup: { image: { baked: true } } }
`),
    );
    expect(strategies[0]).toMatchObject({
      nodes: { min: 4, max: 8 },
      startup: { app: { median: 9e6 } },
    });
    expect(strategies[1]).toMatchObject({
      nodes: { min: 1, max: 1000 },
      startup: { app: { median: 9e6, sigma: 0.05 }, image: { baked: true, cached: true } },
    });
  });

  test('an error in the cluster is reported once', async () => {
    expect(
      await refused(`kubernetes: { nodes: { min: many } }
strategies: [{ name: a, kind: kubernetes }, { name: b, kind: kubernetes }]
`),
    ).toEqual(['E_TYPE kubernetes.nodes.min 10:29']);
  });

  test('names and references', async () => {
    expect(await refused('strategies: [{ kind: vm-peak }, { kind: vm-peak }]\n')).toEqual([
      'E_DUP_NAME strategies[1].name 10:41',
    ]);
    expect(
      await refused('strategies: [{ name: a, kind: vm-peak }, { name: b, extends: aa }]\n'),
    ).toEqual(['E_REF strategies[1].extends 10:62']);
    expect(
      await refused('strategies: [{ name: a, extends: b }, { name: b, kind: vm-peak }]\n'),
    ).toEqual(['E_REF strategies[0].extends 10:34']);
    expect(
      await refused(
        'strategies: [{ name: a, kind: vm-peak }, { name: b, kind: kubernetes, extends: a }]\n',
      ),
    ).toEqual(['E_CONFLICT strategies[1].extends 10:80']);
    expect(await refused('strategies: [{ name: a, kind: vm-peak }, { extends: a }]\n')).toEqual([
      'E_REQUIRED strategies[1].name 10:42',
    ]);
    expect(await refused('baseline: vm-peek\n')).toEqual(['E_REF baseline 10:11']);
  });

  test('bounds of nodes, fixed schedules, sizing twice', async () => {
    expect(
      await refused('strategies: [{ kind: kubernetes, nodes: { min: 9, max: 3 } }]\n'),
    ).toEqual(['E_MIN_MAX strategies[0].nodes.min 10:48']);
    expect(
      await refused(
        'strategies: [{ kind: kubernetes, autoscaler: fixed, schedule: [{ at: "+1m", minReplicas: 3 }] }]\n',
      ),
    ).toEqual(['E_CONFLICT strategies[0].schedule 10:63']);
    expect(await refused('strategies: [{ kind: vm-peak, peak: 10/s, count: 3 }]\n')).toEqual([
      'E_CONFLICT strategies[0].count 10:50',
    ]);
  });

  test('the schedule: services, order, end, maximum of the HPA', async () => {
    const schedule = (item: string) =>
      refused(`strategies: [{ kind: kubernetes, schedule: [${item}] }]\n`);
    expect(await schedule('{ at: "+1m", minReplicas: 3, service: wob }')).toEqual([
      'E_REF strategies[0].schedule[0].service 10:83',
    ]);
    expect(await schedule('{ at: "08:00", until: "07:50", minReplicas: 3 }')).toEqual([
      'E_MIN_MAX strategies[0].schedule[0].until 10:67',
    ]);
    expect(await schedule('{ at: "+31m", minReplicas: 3 }')).toEqual([
      'E_RANGE strategies[0].schedule[0].at 10:51',
    ]);
    expect(await schedule('{ at: "+1m", minReplicas: 201 }')).toEqual([
      'E_MIN_MAX strategies[0].schedule[0].minReplicas 10:71',
    ]);
  });

  test('a floor may begin before the scenario', async () => {
    const { strategies } = await scenarioOf(
      withStrategies(
        'strategies: [{ kind: kubernetes, schedule: [{ at: "07:30", minReplicas: 3 }] }]\n',
      ),
    );
    expect(strategies[0]).toMatchObject({ schedule: [{ at: -15 * 60e6, minReplicas: 3 }] });
  });
});

describe('prices', () => {
  test('types and plans must be in the book', async () => {
    expect(await refused('strategies: [{ kind: vm-peak, vm: { type: c7i.2xlrge } }]\n')).toEqual([
      'E_PRICE strategies[0].vm.type 10:43',
    ]);
    expect(await refused('strategies: [{ kind: vm-peak, billing: reserved-1y }]\n')).toEqual([
      'E_PRICE strategies[0].billing 10:40',
    ]);
    expect(await refused('kubernetes: { nodes: { type: m9.huge } }\n')).toEqual([
      'E_PRICE strategies[1].nodes.type 10:30',
    ]);
    expect(await refused('prices: { overrides: { c7i.2xlrge: { spot: 1 } } }\n')).toEqual([
      'E_PRICE prices.overrides["c7i.2xlrge"] 10:36',
    ]);
    expect(await refused('prices: { overrides: { c7i.2xlarge: { spt: 1 } } }\n')).toEqual([
      'E_ENUM prices.overrides["c7i.2xlarge"].spt 10:44',
    ]);
    expect(await refused('prices: { book: "builtin:aws" }\n')).toEqual([
      'E_FILE_MISSING prices.book 10:17',
    ]);
    expect(await refused('prices: { book: "builtin:../x" }\n')).toEqual([
      'E_FILE_MISSING prices.book 10:17',
    ]);
  });

  test('an override makes a plan available and says where it comes from', async () => {
    const { prices } = await scenarioOf(
      withStrategies(`prices: { overrides: { c7i.2xlarge: { reserved-1y: 0.25 } } }
strategies: [{ kind: vm-peak, billing: reserved-1y }]
`),
    );
    expect(prices.types['c7i.2xlarge']).toMatchObject({
      perHour: { 'on-demand': 357_000, 'reserved-1y': 250_000 },
      sources: { 'reserved-1y': 'prices.overrides of the scenario' },
    });
  });

  test('the bundled books are complete and sourced', async () => {
    const books = {
      'aws-us-east-1': 'c7i.4xlarge',
      'aliyun-cn-hangzhou': 'ecs.c7.4xlarge',
      'gcp-us-central1': 'c3-standard-8',
    };
    for (const [book, type] of Object.entries(books)) {
      const { prices } = await scenarioOf(
        withStrategies(`prices: { book: "builtin:${book}" }
kubernetes: { nodes: { type: ${type} } }
strategies: [{ kind: kubernetes }]
`),
      );
      expect(prices.name).toBe(book);
      expect(prices.source.length).toBeGreaterThan(20);
      expect(prices.controlPlane?.perHour).toBeGreaterThan(0);
      for (const machine of Object.values(prices.types)) {
        expect(machine.cpu).toBeGreaterThanOrEqual(1000);
        expect(machine.memory).toBeGreaterThanOrEqual(2 ** 30);
        expect(machine.perHour['on-demand']).toBeGreaterThan(0);
        const reserved = machine.perHour['reserved-3y'];
        if (reserved !== undefined)
          expect(reserved).toBeLessThan(machine.perHour['on-demand'] ?? 0);
      }
    }
  });

  test('spot nodes are paid at the spot prices of a bundled book', async () => {
    const { prices } = await scenarioOf(
      withStrategies(`prices: { book: "builtin:gcp-us-central1" }
kubernetes: { nodes: { type: c3-standard-8, spot: { interruptionsPerHour: 1 } } }
strategies: [{ kind: kubernetes, billing: spot }]
`),
    );
    expect(prices.types['c3-standard-8'].perHour).toEqual({ 'on-demand': 403_216, spot: 98_800 });
  });
});

describe('thresholds and objectives', () => {
  const threshold = (text: string) => scenarioOf(`${SMALL}thresholds: [${text}]\n`);

  test.each([
    ['{ measure: latencyP99, is: "<= 800ms" }', { operator: '<=', value: 800_000 }],
    ['{ measure: sloAttainment, is: ">= 99%" }', { operator: '>=', value: 0.99 }],
    ['{ measure: sloAttainment, is: ">0.995" }', { operator: '>', value: 0.995 }],
    ['{ measure: cost, is: "< 12.5" }', { operator: '<', value: 12_500_000 }],
    ['{ measure: machinesMax, is: "<= 30" }', { operator: '<=', value: 30 }],
    [
      '{ measure: cost, is: "< 50% of vm-peak" }',
      { operator: '<', value: 0.5, relativeTo: 'vm-peak' },
    ],
  ])('%s', async (text, expected) => {
    expect((await threshold(text)).thresholds[0]).toMatchObject({ level: 'error', ...expected });
  });

  test.each([
    ['{ measure: latencyP98, is: "<= 800ms" }', 'E_ENUM thresholds[0].measure'],
    ['{ measure: latencyP99, is: "800ms" }', 'E_THRESHOLD thresholds[0].is'],
    ['{ measure: latencyP99, is: "<= 800" }', 'E_DURATION thresholds[0].is'],
    ['{ measure: cost, is: "< 12,5" }', 'E_TYPE thresholds[0].is'],
    ['{ measure: cost, is: "< 50%" }', 'E_THRESHOLD thresholds[0].is'],
    ['{ measure: cost, is: "< 50% of vm-peek" }', 'E_REF thresholds[0].is'],
    ['{ measure: cost, is: "< 5", strategy: hpa }', 'E_REF thresholds[0].strategy'],
    ['{ measure: cost, is: "< 5", level: fatal }', 'E_ENUM thresholds[0].level'],
    ['{ measure: __proto__, is: "< 5" }', 'E_ENUM thresholds[0].measure'],
  ])('%s is refused', async (text, expected) => {
    const found = briefly(await diagnosticsOf(`${SMALL}thresholds: [${text}]\n`));
    expect(found.map((line) => line.replace(/ \S+$/, ''))).toEqual([expected]);
  });
});
