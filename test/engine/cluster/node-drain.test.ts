/** Nodes that go because nobody needs them, in whole runs: emptied, drained, and when. */
import { expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import type { NodesSpec } from '../../../packages/engine/src/scenario/schema.ts';
import { simulate } from '../../../packages/engine/src/simulate.ts';
import { kubernetes, loadOf, SECOND, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';

const MINUTE = 60 * SECOND;
const QUICK = { median: 5 * SECOND, sigma: 0 };

interface Shape {
  /** Pods at the start, which are all as old as the other; by default the least. */
  readonly replicas?: number;
  readonly least?: number;
}

/** Three pods per node; `floor` pods until minute 3, then the least. */
function run(floor: number, minutes: number, nodes: Partial<NodesSpec>, shape: Shape = {}) {
  const { least = 2, replicas = least } = shape;
  const { workload } = serviceOf();
  const service = serviceOf({
    concurrency: 5,
    workload: { ...workload, replicas, cpuRequest: 1200, cpuLimit: null },
    hpa: { minReplicas: least, maxReplicas: 100 },
  });
  const strategy = kubernetes({
    replicas,
    schedule: [{ at: 0, until: 3 * MINUTE, minReplicas: floor }],
    nodes: { min: 1, max: 20, request: QUICK, join: QUICK, stop: QUICK, ...nodes },
  });
  const scenario = scenarioOf({
    seconds: minutes * 60,
    load: [loadOf({ rate: 1 })],
    services: [service],
    strategies: [strategy],
    hpaController: { ...scenarioOf({}).hpaController, downscaleStabilization: 0 },
  });
  const { ledger } = simulate(compile(scenario, strategy.name, 0));
  return { ...ledger, removed: ledger.nodes.filter(({ end }) => end === 'removed') };
}

test('a node with few pods is drained: tainted, evicted after 5 s, deleted when they are gone', () => {
  const quick = { unneededTime: MINUTE, delayAfterAdd: 0 };
  const { removed, pods, nodeDecisions } = run(1, 8, quick, { replicas: 12, least: 4 });
  const drained = removed.filter((node) => node.drained);
  expect(drained.length).toBeGreaterThan(0);
  const [{ removing = 0, gone = 0 }] = drained;
  const evicted = pods.filter(({ draining }) => draining === removing + 5 * SECOND);
  const row = nodeDecisions.find(({ reason }) => reason.key === 'nodes.drain');
  expect(row).toMatchObject({ at: removing, reason: { params: { pods: evicted.length } } });
  expect((row?.from ?? 0) - (row?.to ?? 0)).toBe(1);
  const left = Math.max(...evicted.map((pod) => pod.gone ?? Infinity));
  const replacement = pods.filter(({ wanted }) => wanted === removing + 5 * SECOND);
  expect(replacement).toHaveLength(evicted.length);
  for (const { routed } of replacement) expect(routed).toBeDefined();
  // A look every 5 s, and the instance stops within 5 s.
  expect(gone).toBeGreaterThanOrEqual(left + 5 * SECOND);
  expect(gone).toBeLessThanOrEqual(left + 10 * SECOND);
});

test('empty nodes go together, the delay after the taint and the stop later', () => {
  const { removed } = run(18, 7, { unneededTime: MINUTE, delayAfterAdd: 0 });
  const empty = removed.filter(({ drained }) => drained !== true);
  expect(empty.length).toBeGreaterThanOrEqual(4);
  for (const { removing = 0, gone } of empty) expect(gone).toBe(removing + 10 * SECOND);
  expect(new Set(empty.map(({ removing }) => removing)).size).toBe(1);
});

test('by default the tail is 10 minutes of both clocks: unneeded, and since the last addition', () => {
  const { nodes, removed } = run(9, 20, {});
  const last = Math.max(...nodes.map(({ requested }) => requested));
  expect(last).toBeLessThan(MINUTE);
  // The pods leave after minute 3, later than the addition: their nodes' clock is the longer one.
  const times = removed.map(({ removing = 0 }) => removing / MINUTE);
  expect(Math.min(...times)).toBeGreaterThan(13);
  expect(Math.min(...times)).toBeLessThan(14);
  expect(run(9, 20, { delayAfterAdd: 15 * MINUTE }).removed[0].removing).toBeGreaterThan(
    last + 15 * MINUTE,
  );
});

test('a fixed pool keeps everything', () => {
  const { nodes } = run(6, 8, { provisioner: 'fixed', min: 2, max: 2, unneededTime: MINUTE });
  expect(nodes).toHaveLength(2);
  expect(nodes.every(({ gone }) => gone === undefined)).toBe(true);
});
