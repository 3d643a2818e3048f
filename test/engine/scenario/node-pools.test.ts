/** Pools, zones and failures of nodes in a scenario file. */
import { expect, test } from 'vitest';
import { nodePools } from '../../../packages/engine/src/compile/node-pools.ts';
import type { KubernetesStrategy } from '../../../packages/engine/src/scenario/scenario.ts';
import { diagnosticsOf, scenarioOf, small } from './scenarios.ts';

const withNodes = (nodes: string, more = '') =>
  small({
    add: `kubernetes: { nodes: { ${nodes} } }\nstrategies: [{ kind: kubernetes }]\n${more}`,
  });

async function poolsOf(nodes: string, more = '') {
  const scenario = await scenarioOf(withNodes(nodes, more));
  return nodePools(scenario, scenario.strategies[0] as KubernetesStrategy);
}

const problems = async (nodes: string) =>
  (await diagnosticsOf(withNodes(nodes))).map(({ code, path }) => `${code} ${path}`);

test('without pools there is one, of the fields of nodes', async () => {
  const [pool, ...others] = await poolsOf('min: 2, max: 7');
  expect(others).toEqual([]);
  expect(pool).toMatchObject({ min: 2, max: 7, offerings: [{ type: 'c7i.4xlarge', zone: '' }] });
  // 16 cores and 32 GiB, less what is reserved.
  expect(pool.offerings[0].allocatable).toEqual({ cpu: 15_800, memory: 30 * 2 ** 30, pods: 110 });
});

test('pools take over what they do not say', async () => {
  const prices = 'prices: { overrides: { c7i.2xlarge: { spot: 0.1 } } }\n';
  const [base, burst] = await poolsOf(
    'max: 9, zones: [a, b], pools: [{ name: base, min: 1, zone: b }, { name: burst, type: c7i.2xlarge, max: 3, billing: spot, weight: 5 }]',
    prices,
  );
  expect(base).toMatchObject({ name: 'base', min: 1, max: 9, priority: 0 });
  expect(base.offerings.map(({ type, zone, plan }) => [type, zone, plan])).toEqual([
    ['c7i.4xlarge', 'b', 'on-demand'],
  ]);
  expect(burst).toMatchObject({ min: 0, max: 3, priority: 5 });
  expect(burst.offerings.map(({ zone, plan, perHour }) => [zone, plan, perHour])).toEqual([
    ['a', 'spot', 100_000],
    ['b', 'spot', 100_000],
  ]);
});

const POOLS = 'pools: [{ name: a, zone: x }, { name: b }]';

test.each([
  ['pools: [{ name: a }, { name: a }]', 'E_DUP_NAME strategies[0].nodes.pools[1].name'],
  ['pools: [{ name: a, min: 3, max: 2 }]', 'E_MIN_MAX strategies[0].nodes.pools[0].min'],
  ['max: 2, pools: [{ name: a, min: 3 }]', 'E_MIN_MAX strategies[0].nodes.pools[0].min'],
  ['min: 1, pools: [{ name: a }]', 'E_CONFLICT strategies[0].nodes.min'],
  ['pools: [{ name: a, type: c7i.42 }]', 'E_PRICE strategies[0].nodes.pools[0].type'],
  ['pools: [{ name: a, billing: spot }]', 'E_PRICE strategies[0].nodes.pools[0].billing'],
  ['pools: [{ name: a, types: [c7i.large] }]', 'E_CONFLICT strategies[0].nodes.pools[0].types'],
  ['min: 3, quota: { nodes: 2 }', 'E_MIN_MAX strategies[0].nodes.quota.nodes'],
  [
    `${POOLS}, failures: { stockOuts: [{ from: "+1m", pool: c }] }`,
    'E_REF strategies[0].nodes.failures.stockOuts[0].pool',
  ],
  [
    `${POOLS}, failures: { stockOuts: [{ from: "+2m", until: "+1m" }] }`,
    'E_MIN_MAX strategies[0].nodes.failures.stockOuts[0].until',
  ],
  [
    `${POOLS}, failures: { zoneOutages: [{ zone: y, at: "+1m" }] }`,
    'E_REF strategies[0].nodes.failures.zoneOutages[0].zone',
  ],
  [
    `${POOLS}, failures: { zoneOutages: [{ zone: x, at: "07:40" }] }`,
    'E_RANGE strategies[0].nodes.failures.zoneOutages[0].at',
  ],
  ['loop: often', 'E_ENUM kubernetes.nodes.loop'],
  ['expander: price', 'E_ENUM kubernetes.nodes.expander'],
])('%s', async (nodes, expected) => {
  expect(await problems(nodes)).toEqual([expected]);
});

test('a pod has to fit on a node of one of the pools, the default type need not be there', async () => {
  const objects = `[{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: a/b, resources: { requests: { cpu: "10" } } }] } } } }]`;
  const text = (pools: string) =>
    small({
      add: `kubernetes: { objects: ${objects}, nodes: { pools: [${pools}] } }\nstrategies: [{ kind: kubernetes }]\n`,
    });
  const codes = async (pools: string) => (await diagnosticsOf(text(pools))).map(({ code }) => code);
  expect(await codes('{ name: a, type: c7i.2xlarge }')).toEqual(['E_UNSCHEDULABLE']);
  expect(await codes('{ name: a, type: c7i.2xlarge }, { name: b }')).toEqual([]);
});
