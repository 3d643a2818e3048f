/** Nodes that do not come, and nodes that are lost: in whole runs, from the ledger. */
import { describe, expect, test } from 'vitest';
import { drainNode, lookAtDrain } from '../../../packages/engine/src/cluster/node-drain.ts';
import { dieNode } from '../../../packages/engine/src/cluster/node-loss.ts';
import { compile } from '../../../packages/engine/src/compile.ts';
import type { Ledger, NodeLife } from '../../../packages/engine/src/ledger/ledger.ts';
import { nodeCounts } from '../../../packages/engine/src/ledger/node-counts.ts';
import type { NodesSpec } from '../../../packages/engine/src/scenario/schema.ts';
import { simulate } from '../../../packages/engine/src/simulate.ts';
import { kubernetes, loadOf, SECOND, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';
import { addNode, worldOf } from './world.ts';

const MINUTE = 60 * SECOND;
const QUICK = { median: 5 * SECOND, sigma: 0 };

interface Case {
  readonly nodes?: Partial<NodesSpec>;
  readonly minutes?: number;
  /** Pods from the first minute on; a node holds one. */
  readonly pods?: number;
  readonly billing?: string;
  /** Pods at the start. */
  readonly standing?: number;
}

function run({
  nodes = {},
  minutes = 10,
  pods = 4,
  billing = 'on-demand',
  standing = 1,
}: Case): Ledger {
  const { workload } = serviceOf();
  const service = serviceOf({
    concurrency: 5,
    workload: { ...workload, replicas: 1, cpuRequest: 3000, cpuLimit: null },
    hpa: { minReplicas: 1, maxReplicas: 100 },
  });
  const strategy = kubernetes({
    replicas: standing,
    billing,
    schedule: [{ at: MINUTE, minReplicas: pods }],
    nodes: { min: 1, max: 20, request: QUICK, join: QUICK, stop: QUICK, ...nodes },
  });
  const scenario = scenarioOf({
    seconds: minutes * 60,
    load: [loadOf({ rate: 1 })],
    services: [service],
    strategies: [strategy],
  });
  return simulate(compile(scenario, strategy.name, 0)).ledger;
}

const ordered = (nodes: readonly NodeLife[]) => nodes.filter(({ stood }) => stood !== true);
const reasons = ({ nodeDecisions }: Ledger) => nodeDecisions.map(({ reason }) => reason.key);
const routed = ({ pods }: Ledger) => pods.filter((pod) => pod.routed !== undefined).length;

describe('launches that fail', () => {
  test('without stock the pool is left alone for 5 minutes, then tried again', () => {
    const stockOuts = [{ from: 0, until: 4 * MINUTE }];
    const ledger = run({
      nodes: { failures: { stockOut: 0, noJoin: 0, deathsPerHour: 0, stockOuts } },
    });
    const tries = ordered(ledger.nodes);
    expect(nodeCounts(ledger.nodes)).toMatchObject({ launched: 6, refused: 3 });
    const times = [...new Set(tries.map(({ requested }) => requested))];
    expect(times).toHaveLength(2);
    expect(times[1] - times[0]).toBeGreaterThan(5 * MINUTE);
    expect(times[1] - times[0]).toBeLessThan(5.6 * MINUTE);
    expect(reasons(ledger)).toEqual([
      'nodes.scale-up',
      'nodes.stock-out',
      'nodes.backed-off',
      'nodes.scale-up',
    ]);
    // Nothing is paid for what was refused.
    expect(ledger.leases).toHaveLength(4);
  });

  test('another pool takes over', () => {
    const stockOuts = [{ from: 0, pool: 'a' }];
    const pools = ['a', 'b'].map((name) => ({ name, min: name === 'a' ? 1 : 0, weight: 0 }));
    const ledger = run({
      nodes: { pools, failures: { stockOut: 0, noJoin: 0, deathsPerHour: 0, stockOuts } },
    });
    const came = ordered(ledger.nodes).filter(({ usable }) => usable !== undefined);
    expect(new Set(came.map(({ pool }) => pool))).toEqual(new Set(['b']));
    expect(came).toHaveLength(3);
  });

  test('all launches, or about half of them', () => {
    const refused = (stockOut: number) => {
      const nodes = { failures: { stockOut, noJoin: 0, deathsPerHour: 0 } };
      return nodeCounts(run({ nodes, pods: 19, minutes: 3 }).nodes);
    };
    expect(refused(1)).toMatchObject({ launched: 18, refused: 18 });
    const half = refused(0.5).refused;
    // Binomial(18, 0.5), four standard deviations.
    expect(Math.abs(half - 9)).toBeLessThanOrEqual(8);
    expect(half).toBeGreaterThan(0);
  });

  test('beyond the quota', () => {
    const ledger = run({ nodes: { quota: { nodes: 3 } }, minutes: 3 });
    expect(nodeCounts(ledger.nodes)).toMatchObject({ launched: 3, refused: 1 });
    expect(reasons(ledger)).toContain('nodes.quota');
    // Nodes of 4 cores.
    expect(nodeCounts(run({ nodes: { quota: { cpu: 8000 } }, minutes: 3 }).nodes).refused).toBe(2);
  });

  test('a node that never joins is paid for until it is given up', () => {
    const failures = { stockOut: 0, noJoin: 1, deathsPerHour: 0 };
    const ledger = run({ nodes: { failures, maxProvisionTime: 3 * MINUTE }, minutes: 8, pods: 2 });
    const [first] = ordered(ledger.nodes);
    expect(first).toMatchObject({ end: 'not-joined' });
    expect(first.usable).toBeUndefined();
    const lease = ledger.leases[1];
    expect(lease.from).toBe(first.running);
    const paid = ((lease.to ?? 0) - first.requested) / MINUTE;
    expect(paid).toBeGreaterThan(3);
    expect(paid).toBeLessThan(3.6);
    expect(reasons(ledger)).toContain('nodes.not-joined');
  });
});

describe('nodes that are lost', () => {
  test('dead ones take their pods along; group and ReplicaSet replace both', () => {
    const failures = { stockOut: 0, noJoin: 0, deathsPerHour: 20 };
    const ledger = run({ nodes: { failures }, minutes: 30 });
    const { died } = nodeCounts(ledger.nodes);
    // Four nodes for 29 minutes at one death per 3: about 38, Poisson.
    expect(died).toBeGreaterThan(14);
    expect(died).toBeLessThan(62);
    const dead = ledger.nodes.filter(({ end }) => end === 'died');
    const replaced = ledger.nodeDecisions.filter(({ reason }) => reason.key === 'nodes.replaced');
    expect(replaced.length).toBeGreaterThan(0);
    for (const { gone = 0 } of dead) {
      const next = ledger.nodes.some(({ requested }) => requested === gone);
      expect(next, `a node for the one that died at ${gone}`).toBe(true);
    }
    expect(routed(ledger)).toBeGreaterThan(4);
  });

  test('a fixed pool does not come back', () => {
    const failures = { stockOut: 0, noJoin: 0, deathsPerHour: 60 };
    const nodes = { provisioner: 'fixed' as const, min: 3, max: 3, failures };
    const ledger = run({ nodes, minutes: 30, pods: 3 });
    expect(nodeCounts(ledger.nodes)).toMatchObject({ launched: 0, died: 3 });
  });

  test('spot nodes are drained on notice and end with it; others are not touched', () => {
    const spot = { interruptionsPerHour: 20, notice: 2 * MINUTE };
    const ledger = run({ nodes: { spot }, minutes: 30, billing: 'spot' });
    const ended = ledger.nodes.filter(({ end }) => end === 'interrupted');
    expect(ended.length).toBeGreaterThan(10);
    for (const { removing = 0, gone = 0 } of ended) expect(gone - removing).toBe(2 * MINUTE);
    expect(reasons(ledger)).toContain('nodes.notice');
    const owned = run({ nodes: { spot }, minutes: 30, billing: 'on-demand' });
    expect(nodeCounts(owned.nodes).interrupted).toBe(0);
  });

  test('a zone that fails takes its nodes, and gives none until it is back', () => {
    const zoneOutages = [{ zone: 'x', at: 4 * MINUTE, until: 7 * MINUTE }];
    const failures = { stockOut: 0, noJoin: 0, deathsPerHour: 0, zoneOutages };
    const ledger = run({ nodes: { zones: ['x', 'y'], failures }, pods: 6 });
    const dead = ledger.nodes.filter(({ end }) => end === 'died');
    expect(dead).toHaveLength(3);
    expect(dead.every(({ zone, gone }) => zone === 'x' && gone === 4 * MINUTE)).toBe(true);
    const during = ledger.nodes.filter(
      ({ requested }) => requested >= 4 * MINUTE && requested < 7 * MINUTE,
    );
    expect(during.length).toBeGreaterThan(0);
    const [came] = [during.filter(({ usable }) => usable !== undefined)];
    expect(came.every(({ zone }) => zone === 'y')).toBe(true);
    expect(came).toHaveLength(3);
  });
});

describe('zones and pools', () => {
  test('nodes are spread over the zones', () => {
    const { nodes } = run({ nodes: { zones: ['x', 'y', 'z'] }, pods: 9, minutes: 4 });
    const count = (zone: string) => nodes.filter((node) => node.zone === zone).length;
    expect(['x', 'y', 'z'].map(count)).toEqual([3, 3, 3]);
  });

  test('the pool with the higher weight grows first under expander priority', () => {
    const pools = [
      { name: 'dear', min: 1, max: 9, weight: 0 },
      { name: 'cheap', min: 0, max: 2, weight: 10, billing: 'spot' as const },
    ];
    const ledger = run({ nodes: { pools, expander: 'priority' }, pods: 5 });
    const came = ordered(ledger.nodes).map(({ pool }) => pool);
    expect(came.filter((pool) => pool === 'cheap')).toHaveLength(2);
    expect(came.slice(0, 2)).toEqual(['cheap', 'cheap']);
    expect(came.filter((pool) => pool === 'dear')).toHaveLength(2);
    expect(new Set(ledger.leases.map(({ plan }) => plan))).toEqual(new Set(['on-demand', 'spot']));
  });

  test('the same luck for the same node, whatever else may fail', () => {
    const plain = ordered(run({}).nodes).map(({ usable }) => usable);
    const risky = run({ nodes: { failures: { stockOut: 0, noJoin: 0, deathsPerHour: 0.001 } } });
    expect(ordered(risky.nodes).map(({ usable }) => usable)).toEqual(plain);
  });
});

describe('nodes that have not joined yet', () => {
  test('take no pods any more once the cloud wants them back', () => {
    const spot = { interruptionsPerHour: 40, notice: 2 * MINUTE };
    const join = { median: 3 * MINUTE, sigma: 0 };
    const ledger = run({ nodes: { spot, join }, billing: 'spot', minutes: 30 });
    const early = ledger.nodes.filter(
      ({ running = 0, removing = 0, end, stood }) =>
        stood !== true && end === 'interrupted' && removing - running < join.median,
    );
    expect(early.length).toBeGreaterThan(2);
    for (const { removing = 0, gone, usable } of early) {
      expect(gone).toBe(removing + spot.notice);
      expect(usable).toBeUndefined();
    }
  });
});

test('a pool more changes nothing about the nodes of another', () => {
  const failures = { stockOut: 0, noJoin: 0, deathsPerHour: 10 };
  const pools = ['more', 'own'].map((name) => ({ name, min: 5, weight: 0 }));
  const deaths = (names: readonly string[]) => {
    const some = pools.filter(({ name }) => names.includes(name));
    const { nodes } = run({ nodes: { provisioner: 'fixed', failures, pools: some }, minutes: 20 });
    return nodes.filter(({ pool }) => pool === 'own').map(({ gone }) => gone);
  };
  const alone = deaths(['own']);
  expect(alone.filter((gone) => gone !== undefined).length).toBeGreaterThan(1);
  expect(deaths(['more', 'own'])).toEqual(alone);
});

describe('what stands at the start', () => {
  test('is within the quota and the limit of all pools', () => {
    const stood = (nodes: Partial<NodesSpec>) =>
      run({ nodes, minutes: 1, standing: 6 }).nodes.filter((node) => node.stood === true).length;
    expect(stood({})).toBe(6);
    expect(stood({ quota: { nodes: 3 } })).toBe(3);
    expect(stood({ quota: { cpu: 8000 } })).toBe(2);
    expect(stood({ maxNodesTotal: 4 })).toBe(4);
  });
});

test('a node that was given up already did not die', () => {
  const world = worldOf();
  const node = addNode(world);
  drainNode(world, node, 0);
  lookAtDrain(world, node, 5 * SECOND);
  dieNode(world, node, 6 * SECOND);
  expect(node.life).toMatchObject({ gone: 6 * SECOND, end: 'removed' });
});
