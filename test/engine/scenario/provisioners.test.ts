/** Sections nodes.karpenter and nodes.serverless: defaults, what they say, what is refused. */
import type { Scenario } from '@peakless/engine';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import { karpenterTypes } from '../../../packages/engine/src/scenario/instance-types.ts';
import type { KubernetesStrategy } from '../../../packages/engine/src/scenario/scenario.ts';
import { briefly, diagnosticsOf, parseText, SMALL, scenarioOf } from './scenarios.ts';

const strategyWith = (nodes: string, rest = '') =>
  `${SMALL}strategies:\n  - { kind: kubernetes, ${rest}nodes: { ${nodes} } }\n`;
const read = async (nodes: string) => scenarioOf(strategyWith(nodes));
/** `CODE path` of each; all are in the line of the strategy. */
const refused = async (nodes: string, rest = '') => {
  const found = await diagnosticsOf(strategyWith(nodes, rest));
  expect(found.map(({ at }) => at.line)).toEqual(found.map(() => 11));
  return found.map(({ code, path }) => `${code} ${path}`);
};
const nodesOf = ({ strategies }: Scenario) => (strategies[0] as KubernetesStrategy).nodes;
const offeredBy = (scenario: Scenario) => {
  const { provision } = compile(scenario, scenario.strategies[0].name, 0);
  if (provision.kind !== 'cluster') throw new Error('not a cluster');
  return provision.pools.map(({ offerings }) => offerings.map(({ type }) => type));
};

describe('the section belongs to its provisioner', () => {
  test('left out, it has all defaults; of another provisioner there is none', async () => {
    const { karpenter, serverless } = nodesOf(await read('provisioner: karpenter'));
    expect(karpenter).toMatchObject({
      batchIdle: 1e6,
      batchMax: 10e6,
      ready: { median: 40e6, sigma: 0.25 },
      policy: 'WhenEmptyOrUnderutilized',
      consolidateAfter: 0,
      poll: 10e6,
      validation: 15e6,
    });
    expect(serverless).toBeUndefined();
    expect(nodesOf(await read('provisioner: serverless'))).toMatchObject({
      serverless: { start: { median: 10e6, sigma: 0.2 }, launchRate: 10, imageCache: false },
    });
    expect(nodesOf(await read('min: 1')).karpenter).toBeUndefined();
  });

  test('of the cluster, each strategy takes what is its own; written in vain, it is told', async () => {
    const shared = `${SMALL}kubernetes: { nodes: { karpenter: { poll: 20s }, join: { median: 1m } } }
strategies:
  - { name: a, kind: kubernetes, nodes: { provisioner: karpenter } }
  - { name: b, kind: kubernetes }
`;
    const { strategies } = await scenarioOf(shared);
    const [a, b] = strategies as readonly KubernetesStrategy[];
    expect(a.nodes.karpenter?.poll).toBe(20e6);
    expect(b.nodes.karpenter).toBeUndefined();
    expect(await refused('karpenter: { poll: 20s }')).toEqual([
      'E_CONFLICT strategies[0].nodes.karpenter',
    ]);
    expect(await refused('provisioner: karpenter, serverless: {}')).toEqual([
      'E_CONFLICT strategies[0].nodes.serverless',
    ]);
  });
});

describe('karpenter', () => {
  test('launches the family of nodes.type, or types and families by name; that type first', async () => {
    const family = await read('provisioner: karpenter, type: c7i.2xlarge');
    expect(offeredBy(family)).toEqual([
      ['c7i.2xlarge', 'c7i.large', 'c7i.xlarge', 'c7i.4xlarge', 'c7i.8xlarge'],
    ]);
    const named = await read(
      'provisioner: karpenter, karpenter: { instanceTypes: [c5.metal, m7i.large, c5] }',
    );
    expect(offeredBy(named)).toEqual([
      ['c5.metal', 'm7i.large', 'c5.large', 'c5.xlarge', 'c5.2xlarge', 'c5.4xlarge'],
    ]);
    const pools = await read(
      'provisioner: karpenter, pools: [{ name: a, types: [m5.large, m5.xlarge] }, { name: b, type: c5.large }]',
    );
    expect(offeredBy(pools)).toEqual([['m5.large', 'm5.xlarge'], ['c5.large']]);
  });

  test('types without a price under the plan, or with nothing left for pods, are left out', () => {
    const type = (cpu: number, perHour: Record<string, number>) => ({ cpu, memory: 100, perHour });
    const types = {
      'f.a': type(100, { spot: 1 }),
      'f.b': type(1000, { spot: 1 }),
      'f.c': type(1000, { 'on-demand': 1 }),
      'f.metal': type(9000, { spot: 1 }),
      g: type(9000, { spot: 1 }),
    };
    const book = { name: 'x', currency: 'USD', asOf: '2026-01-01', source: 'test', types };
    const wanted = { type: 'f.c', reservedCpu: 100, reservedMemory: 0 };
    expect(karpenterTypes(book, wanted, 'spot')).toEqual(['f.b']);
  });

  test('a pod that fits only on larger types of the family fits', async () => {
    const nodes = 'provisioner: karpenter, type: c5.large, reservedCpu: 1500m';
    expect(await refused(`${nodes}, pools: [{ name: a }]`)).toEqual([]);
    expect(await refused(`${nodes}, pools: [{ name: a, types: [c5.large] }]`)).toEqual([
      'E_UNSCHEDULABLE strategies[0].nodes.pools[0].types[0]',
    ]);
  });

  test('what makes no sense is refused', async () => {
    const section = (fields: string) => refused(`provisioner: karpenter, karpenter: { ${fields} }`);
    const at = 'strategies[0].nodes.karpenter';
    expect(await section('instanceTypes: [c9z]')).toEqual([`E_PRICE ${at}.instanceTypes[0]`]);
    expect(await section('batchIdle: 20s')).toEqual([`E_MIN_MAX ${at}.batchIdle`]);
    expect(await section('budgets: [{ at: 07:50 }]')).toEqual([`E_REQUIRED ${at}.budgets[0]`]);
    expect(await section('budgets: [{ nodes: 0, share: 1 }]')).toEqual([
      `E_CONFLICT ${at}.budgets[0].nodes`,
    ]);
    expect(await section('budgets: [{ nodes: 0, at: "08:00", until: "07:50" }]')).toEqual([
      `E_MIN_MAX ${at}.budgets[0].until`,
    ]);
    expect(await section('policy: Never, consolidateAfter: 1m')).toEqual([
      `E_CONFLICT ${at}.consolidateAfter`,
    ]);
    expect(await refused('provisioner: karpenter, unneededTime: 1m')).toEqual([
      'E_CONFLICT strategies[0].nodes.unneededTime',
    ]);
  });
});

describe('serverless', () => {
  test('is priced by what the pods request', async () => {
    const scenario = await read('provisioner: serverless');
    const { provision } = compile(scenario, 'kubernetes', 0);
    expect(provision.machines).toMatchObject({
      type: 'web (1 vCPU, 1 GiB)',
      perHour: 40_480 + 4445,
    });
  });

  test('a book without prices needs the scenario’s own', async () => {
    const own = 'prices: { pods: { cpuPerHour: 0.05, memoryPerHour: 0.005, source: mine } }\n';
    const scenario = await scenarioOf(`${strategyWith('provisioner: serverless')}${own}`);
    expect(scenario.prices.pods).toEqual({
      cpuPerHour: 50_000,
      memoryPerHour: 5000,
      minimum: 0,
      source: 'mine',
    });
    expect(await refused('provisioner: serverless', 'billing: reserved-3y, ')).toEqual([
      'E_PRICE strategies[0].billing',
    ]);
  });

  test('what makes no sense is refused', async () => {
    expect(await refused('provisioner: serverless, min: 3')).toEqual([
      'E_CONFLICT strategies[0].nodes.min',
    ]);
    expect(await refused('provisioner: serverless, serverless: { quota: 500m }')).toEqual([
      'E_RANGE strategies[0].nodes.serverless.quota',
    ]);
    const spare = 'overprovisioning: { replicas: 1, cpu: 1, memory: 1Gi }, ';
    expect(await refused('provisioner: serverless', spare)).toEqual([
      'E_CONFLICT strategies[0].overprovisioning',
    ]);
    const blind = `${strategyWith('provisioner: serverless', 'autoscaler: fixed, ')}kubernetes:
  objects:
    - apiVersion: apps/v1
      kind: Deployment
      metadata: { name: web }
      spec: { selector: {}, template: { spec: { containers: [{ name: web }] } } }
`;
    expect(briefly(await diagnosticsOf(blind))).toEqual(['E_REQUIRED services.web 8:5']);
  });
});

describe('what nothing reads is refused', () => {
  const at = 'strategies[0].nodes';

  test('in a fixed pool: how nodes come and go', async () => {
    const fixed = (fields: string) => refused(`provisioner: fixed, ${fields}`);
    expect(await fixed('scanInterval: 20s, join: { median: 1m }, quota: { nodes: 9 }')).toEqual([
      `E_CONFLICT ${at}.scanInterval`,
      `E_CONFLICT ${at}.join`,
      `E_CONFLICT ${at}.quota`,
    ]);
    expect(await fixed('failures: { stockOut: 10%, noJoin: 1%, deathsPerHour: 1 }')).toEqual([
      `E_CONFLICT ${at}.failures.stockOut`,
      `E_CONFLICT ${at}.failures.noJoin`,
    ]);
    expect(await fixed('min: 3, max: 3, failures: { stockOut: 0, deathsPerHour: 1 }')).toEqual([]);
  });

  test('where there are no nodes: how large they are and how they go', async () => {
    expect(await refused('provisioner: serverless, reservedCpu: 1m, stop: { median: 1m }')).toEqual(
      [`E_CONFLICT ${at}.reservedCpu`, `E_CONFLICT ${at}.stop`],
    );
  });

  test('beside pools that all say it themselves', async () => {
    const pool = 'name: a, type: c5.large, max: 3, zone: x';
    expect(await refused(`type: m5.large, max: 9, zones: [x], pools: [{ ${pool} }]`)).toEqual([
      `E_CONFLICT ${at}.type`,
      `E_CONFLICT ${at}.max`,
      `E_CONFLICT ${at}.zones`,
    ]);
    const both = `type: m5.large, max: 9, zones: [x], pools: [{ ${pool} }, { name: b }]`;
    expect(await refused(both)).toEqual([]);
    const types = 'pools: [{ name: a, types: [c5.large] }]';
    expect(
      await refused(`provisioner: karpenter, karpenter: { instanceTypes: [m5] }, ${types}`),
    ).toEqual([`E_CONFLICT ${at}.karpenter.instanceTypes`]);
  });

  test('interruptions without spot nodes; a total that the minimum exceeds', async () => {
    expect(await refused('spot: { notice: 1m }')).toEqual([`E_CONFLICT ${at}.spot`]);
    expect(await refused('min: 5, maxNodesTotal: 4')).toEqual([`E_MIN_MAX ${at}.maxNodesTotal`]);
  });

  test('but not in the resolved file, which says everything', async () => {
    for (const provisioner of ['fixed', 'karpenter', 'serverless']) {
      const text = strategyWith(`provisioner: ${provisioner}`);
      const failures = '{ failures: { deathsPerHour: 1 } }';
      const shared = `${SMALL}kubernetes: { nodes: ${failures} }\n${text.slice(SMALL.length)}`;
      for (const written of [text, shared]) {
        const first = await parseText(written);
        if (!first.ok) throw new Error(JSON.stringify(first.diagnostics));
        expect(await diagnosticsOf(first.resolved)).toEqual([]);
      }
    }
  });
});
