/** Karpenter turn by turn: batches, launches, nominations, disruption over time. */
import { describe, expect, test } from 'vitest';
import {
  decide,
  karpenter,
} from '../../../../packages/engine/src/provisioning/karpenter/karpenter.ts';
import type { KarpenterMemory } from '../../../../packages/engine/src/provisioning/karpenter/memory.ts';
import {
  type KarpenterConfig,
  settingsOf,
} from '../../../../packages/engine/src/provisioning/karpenter/settings.ts';
import type {
  NodeView,
  PendingPod,
  PodView,
  ProvisionerDecision,
  ProvisionerObservation,
} from '../../../../packages/engine/src/provisioning/provisioner.ts';
import { LARGE, MEDIUM, MINUTE, SECOND, SMALL } from './cloud.ts';

const CONFIG: KarpenterConfig = {
  batch: { idle: SECOND, longest: 10 * SECOND },
  solveTime: 0,
  retryPeriod: 10 * SECOND,
  soldOutFor: 3 * MINUTE,
  registrationTimeout: 15 * MINUTE,
  pollPeriod: 10 * SECOND,
  validation: 15 * SECOND,
  disruption: {
    policy: 'WhenEmptyOrUnderutilized',
    consolidateAfter: 0,
    budgets: [{ nodes: { share: 0.1 } }],
  },
};

test('a scenario’s settings; without budgets a tenth of the nodes', () => {
  const written = {
    batchIdle: SECOND,
    batchMax: 10 * SECOND,
    solve: 0,
    soldOutFor: 3 * MINUTE,
    registrationTimeout: 15 * MINUTE,
    policy: 'WhenEmptyOrUnderutilized' as const,
    consolidateAfter: 0,
    poll: 10 * SECOND,
    validation: 15 * SECOND,
  };
  expect(settingsOf({ karpenter: written })).toEqual(CONFIG);
  expect(settingsOf({})).toBeNull();
  const budgets = [
    { nodes: 0, at: 5, until: 9 },
    { share: 0.2, reasons: ['empty' as const] },
  ];
  expect(settingsOf({ karpenter: { ...written, budgets } })?.disruption.budgets).toEqual([
    { nodes: { count: 0 }, from: 5, until: 9 },
    { nodes: { share: 0.2 }, reasons: ['empty'] },
  ]);
});

const waiting = (id: number, since: number, cpu = 1000): PendingPod => ({
  ...bound(id, cpu),
  since,
});
const bound = (id: number, cpu = 1000): PodView => ({
  id,
  owner: 'shop',
  cpu,
  memory: 0,
  priority: 0,
  evictable: true,
});

function nodeView(id: number, changes: Partial<NodeView> = {}): NodeView {
  const { type, zone, plan, allocatable } = MEDIUM;
  const pods = changes.pods ?? [];
  const used = pods.reduce((sum, { cpu }) => sum + cpu, 0);
  return {
    id,
    group: 'default',
    type,
    zone,
    plan,
    state: 'usable',
    claim: null,
    requested: -MINUTE,
    usable: changes.state === 'upcoming' ? null : 0,
    allocatable,
    free: { ...allocatable, cpu: allocatable.cpu - used, pods: allocatable.pods - pods.length },
    emptySince: pods.length === 0 && changes.state !== 'upcoming' ? 0 : null,
    pods,
    priorityMin: 0,
    ...changes,
  };
}

const observation = (changes: Partial<ProvisionerObservation>): ProvisionerObservation => ({
  now: 0,
  groups: [{ name: 'default', min: 0, max: 100, priority: 0, offerings: [SMALL, MEDIUM, LARGE] }],
  nodes: [],
  pending: [],
  failures: [],
  version: changes.now ?? 0,
  draws: { normal: 0, uniform: 0.5 },
  ...changes,
});

type Decision = ProvisionerDecision<KarpenterMemory>;
const turn = (
  changes: Partial<ProvisionerObservation>,
  before: { readonly memory: KarpenterMemory } = { memory: karpenter.initial },
  config = CONFIG,
): Decision => decide(config, observation(changes), before.memory);

describe('provisioning', () => {
  test('a single batch is ordered 1 s after its newest pod', () => {
    const first = turn({ pending: [waiting(0, 0)] });
    expect(first.launches).toEqual([]);
    expect(first.wake).toEqual({ at: SECOND, onPending: false });
    const pending = [waiting(0, 0), waiting(1, 0.5 * SECOND), waiting(2, 0.5 * SECOND)];
    const second = turn({ now: SECOND, pending }, first);
    expect(second.wake).toEqual({ at: 1.5 * SECOND, onPending: false });
    const third = turn({ now: 1.5 * SECOND, pending }, second);
    expect(third.launches).toEqual([
      {
        group: 'default',
        count: 1,
        offerings: [MEDIUM, LARGE],
        claim: 0,
        reason: { key: 'karpenter.claimed', params: { pods: 3, offerings: 2 } },
      },
    ]);
    expect(third.wake.onPending).toBe(true);
  });

  test('the solve takes up to a second, which the wake respects', () => {
    const config = { ...CONFIG, solveTime: SECOND };
    const first = turn({ pending: [waiting(0, 0)] }, undefined, config);
    const second = turn({ now: SECOND, pending: [waiting(0, 0)] }, first, config);
    expect(second.takes).toBe(0.5 * SECOND);
    expect(second.wake.at).toBeGreaterThanOrEqual(1.5 * SECOND);
  });

  test('pods whose node is on its way are solved for again, and no second node is ordered', () => {
    let decision = turn({ pending: [waiting(0, 0)] });
    decision = turn({ now: SECOND, pending: [waiting(0, 0)] }, decision);
    const nodes = [nodeView(0, { state: 'upcoming', claim: 0, requested: SECOND })];
    const again = { now: 11 * SECOND, pending: [waiting(0, 0)], nodes };
    decision = turn(again, decision);
    expect(decision.launches).toEqual([]);
    decision = turn({ ...again, now: 12 * SECOND }, decision);
    expect(decision.launches).toEqual([]);
    // Meanwhile the node is kept for the pod.
    expect(decision.memory.nominated.get(0)).toBe(32 * SECOND);
  });

  test('what is sold out is left alone for three minutes', () => {
    const failures = [
      {
        at: 0,
        node: null,
        group: 'default',
        claim: 0,
        offering: SMALL,
        reason: 'stock-out' as const,
      },
    ];
    const first = turn({ failures, pending: [waiting(0, 0)] });
    const second = turn({ now: SECOND, pending: [waiting(0, 0)] }, first);
    expect(second.launches[0].offerings).toEqual([MEDIUM, LARGE]);
    const later = 3 * MINUTE + SECOND;
    const third = turn({ now: later, pending: [waiting(1, later)] }, second);
    const fourth = turn({ now: later + SECOND, pending: [waiting(1, later)] }, third);
    expect(fourth.launches[0].offerings).toEqual([SMALL, MEDIUM, LARGE]);
  });

  test('pods that no type holds are told of', () => {
    const pending = [waiting(0, 0, 9000)];
    const decision = turn({ now: SECOND, pending }, turn({ pending }));
    expect(decision.reason).toEqual({ key: 'karpenter.no-type', params: { pods: 1 } });
  });

  test('a node that has not registered in 15 minutes is given up', () => {
    const late = nodeView(0, { state: 'upcoming', requested: 0 });
    const before = turn({ now: 15 * MINUTE - SECOND, nodes: [late] });
    expect(before.removals).toEqual([]);
    expect(before.wake.at).toBeLessThanOrEqual(15 * MINUTE);
    expect(turn({ now: 15 * MINUTE, nodes: [late] }, before).removals).toEqual([
      {
        node: 0,
        how: 'abandon',
        reason: { key: 'karpenter.not-registered', params: { after: 15 * MINUTE } },
      },
    ]);
  });
});

/** Turns at the times that Karpenter asks for, of a cluster in which nothing else happens. */
function undisturbed(nodes: readonly NodeView[], until: number, config = CONFIG) {
  const gone: { at: number; node: number }[] = [];
  let left = nodes;
  let decision = turn({ nodes: left }, undefined, config);
  for (let now = 0; now <= until; now = decision.wake.at) {
    decision = turn({ now, nodes: left }, decision, config);
    const ids = new Set(decision.removals.map(({ node }) => node));
    for (const node of ids) gone.push({ at: now, node });
    left = left.filter(({ id }) => !ids.has(id));
  }
  return gone;
}

describe('disruption', () => {
  test('empty nodes are gone after the poll and 15 s, a tenth of the pool at a time', () => {
    const busy = (id: number) => nodeView(id, { pods: [bound(id, 4000)] });
    const nodes = [nodeView(0), nodeView(1), nodeView(2), ...[3, 4, 5].map(busy)];
    // 10 % of 6 nodes, rounded up, is one: each takes a validation of its own.
    expect(undisturbed(nodes, MINUTE)).toEqual([
      { at: 15 * SECOND, node: 0 },
      { at: 30 * SECOND, node: 1 },
      { at: 45 * SECOND, node: 2 },
    ]);
  });

  test('consolidateAfter, and a budget of no nodes in a window, keep them', () => {
    const nodes = [nodeView(0)];
    const { disruption } = CONFIG;
    const patient = { ...CONFIG, disruption: { ...disruption, consolidateAfter: 10 * MINUTE } };
    expect(undisturbed(nodes, 10 * MINUTE, patient)).toEqual([]);
    expect(undisturbed(nodes, 11 * MINUTE, patient)).toEqual([
      { at: 10 * MINUTE + 15 * SECOND, node: 0 },
    ]);
    const closed = { nodes: { count: 0 }, from: 0, until: 5 * MINUTE };
    const budgets = [...disruption.budgets, closed];
    const guarded = { ...CONFIG, disruption: { ...disruption, budgets } };
    expect(undisturbed(nodes, 6 * MINUTE, guarded)).toEqual([
      { at: 5 * MINUTE + 15 * SECOND, node: 0 },
    ]);
  });

  test('a replacement is ready before the old node is drained', () => {
    const old = nodeView(0, {
      type: LARGE.type,
      allocatable: LARGE.allocatable,
      pods: [bound(0, 3000)],
    });
    const first = turn({ nodes: [old] });
    expect(first.wake.at).toBe(15 * SECOND);
    const second = turn({ now: 15 * SECOND, nodes: [old] }, first);
    expect(second.launches).toMatchObject([{ offerings: [MEDIUM], claim: 0 }]);
    expect(second.removals).toMatchObject([{ node: 0, how: 'cordon' }]);
    const fresh = { claim: 0, requested: 15 * SECOND };
    const upcoming = nodeView(1, { ...fresh, state: 'upcoming' });
    let decision = second;
    for (let now = 16; now < 55; now = decision.wake.at / SECOND) {
      decision = turn({ now: now * SECOND, nodes: [old, upcoming] }, decision);
      expect(decision.removals).toEqual([]);
      expect(decision.launches).toEqual([]);
    }
    const ready = nodeView(1, { ...fresh, usable: 55 * SECOND, emptySince: 55 * SECOND });
    const { lookAt } = decision.memory.replacing[0];
    const last = turn({ now: lookAt, nodes: [old, ready] }, decision);
    expect(last.removals).toEqual([
      { node: 0, how: 'drain', reason: { key: 'karpenter.replaced', params: { nodes: 1 } } },
    ]);
  });

  test('if the replacement cannot be had, the old node stays', () => {
    const pods = [bound(0, 3000)];
    const old = nodeView(0, { type: LARGE.type, allocatable: LARGE.allocatable, pods });
    const second = turn({ now: 15 * SECOND, nodes: [old] }, turn({ nodes: [old] }));
    const third = turn({ now: 16 * SECOND, nodes: [old] }, second);
    expect(third.memory.replacing).toEqual([]);
    expect(third.removals).toMatchObject([{ node: 0, how: 'uncordon' }]);
  });
});
