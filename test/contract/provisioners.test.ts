/** The contract of every node autoscaler, over random clusters and several turns. */
import { expect, test } from 'vitest';
import { PROVISIONERS } from '../../packages/engine/src/provisioning/index.ts';
import type {
  GroupView,
  NodeView,
  PendingPod,
  PodView,
  Provisioner,
  ProvisionerDecision,
  ProvisionerObservation,
} from '../../packages/engine/src/provisioning/provisioner.ts';
import type { KubernetesStrategy } from '../../packages/engine/src/scenario/scenario.ts';
import type { NodesSpec } from '../../packages/engine/src/scenario/schema.ts';
import { group, nodeOf, observationOf, podOf, SECOND } from '../engine/provisioning/scenes.ts';
import { scenarioOf, small } from '../engine/scenario/scenarios.ts';
import fc from '../fixtures/fast-check.ts';

/** The nodes of a scenario file that says no more than which provisioner it wants. */
async function defaultsOf(provisioner: string): Promise<NodesSpec> {
  const add = `strategies: [{ kind: kubernetes, nodes: { provisioner: ${provisioner} } }]\n`;
  const { strategies } = await scenarioOf(small({ add }));
  return (strategies[0] as KubernetesStrategy).nodes;
}

const CONFIGS = new Map(
  await Promise.all(
    Object.keys(PROVISIONERS).map(async (name) => [name, await defaultsOf(name)] as const),
  ),
);

/** Provisioner → why its groups have no minimum. */
const NO_MINIMUM = new Map([['karpenter', 'a NodePool has none: it keeps what is needed']]);

const BY_NAME = new Map<string, Provisioner<NodesSpec, unknown>>(Object.entries(PROVISIONERS));
const ALL = [...BY_NAME.keys()];

const START = 36_000 * SECOND;

const pods = (most: number): fc.Arbitrary<PodView[]> =>
  fc
    .array(
      fc.record({
        cpu: fc.integer({ min: 1, max: 2500 }),
        memory: fc.integer({ min: 0, max: 4 }),
        priority: fc.constantFrom(0, 0, -10, -11),
      }),
      { maxLength: most },
    )
    .map((list) => list.map((changes) => podOf(0, changes)));

/** A cluster of two groups; pods and nodes have ids in their order, nodes hold what they can. */
const clusters: fc.Arbitrary<{ readonly groups: GroupView[]; readonly nodes: NodeView[] }> = fc
  .record({
    min: fc.integer({ min: 0, max: 2 }),
    max: fc.integer({ min: 4, max: 9 }),
    used: fc.array(
      fc.record({
        state: fc.constantFrom('usable' as const, 'usable' as const, 'upcoming' as const),
        name: fc.constantFrom('a', 'b'),
        pods: pods(6),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ min, max, used }) => ({
    groups: [group('a', { min, max }), group('b', { max: 4, cpu: 20_000 })],
    nodes: used
      // A group has no more nodes than it may have.
      .filter(({ name }, i) => {
        const before = used.slice(0, i).filter((other) => other.name === name).length;
        return before < (name === 'a' ? max : 4);
      })
      .map(({ state, name, pods: list }, id) =>
        nodeOf(id, {
          state,
          group: name,
          requested: START - 60 * SECOND,
          usable: state === 'usable' ? START - 30 * SECOND : null,
          pods: state === 'usable' ? list.map((pod, i) => ({ ...pod, id: id * 10 + i })) : [],
        }),
      ),
  }));

const waiting: fc.Arbitrary<PendingPod[]> = fc
  .array(
    fc.record({
      cpu: fc.integer({ min: 1, max: 21_000 }),
      age: fc.integer({ min: 0, max: 60 }),
      priority: fc.constantFrom(0, -10, -11),
    }),
    { maxLength: 30 },
  )
  .map((list) =>
    list.map(({ age, ...changes }, i) =>
      podOf(1000 + i, { ...changes, since: START - age * SECOND }),
    ),
  );

const scenes = fc.record({
  cluster: clusters,
  pending: waiting,
  turns: fc.integer({ min: 1, max: 5 }),
});

/** Turns ten minutes apart over the same cluster, the pods waiting in the last one alone. */
function turns(
  name: string,
  scene: typeof scenes extends fc.Arbitrary<infer S> ? S : never,
  shuffle: (pods: readonly PendingPod[]) => readonly PendingPod[] = (list) => list,
): { readonly seen: ProvisionerObservation; readonly decision: ProvisionerDecision<unknown> } {
  const provisioner = BY_NAME.get(name) as Provisioner<NodesSpec, unknown>;
  const config = CONFIGS.get(name) as NodesSpec;
  let memory = provisioner.initial;
  for (let turn = 1; ; turn++) {
    const isLast = turn === scene.turns;
    const seen = observationOf({
      ...scene.cluster,
      now: START + turn * 601 * SECOND,
      version: turn,
      pending: isLast ? shuffle(scene.pending) : [],
    });
    const decision = provisioner.decide(config, seen, memory);
    if (isLast) return { seen, decision };
    memory = decision.memory;
  }
}

const runs = { numRuns: 100 };

test.each(ALL)('%s keeps every group within its limits', (name) => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const { seen, decision } = turns(name, scene);
      const { launches, removals } = decision;
      for (const { name: own, min, max, offerings } of seen.groups) {
        const nodes = seen.nodes.filter(({ group: of }) => of === own);
        const added = launches.filter((launch) => launch.group === own);
        const count = added.reduce((sum, launch) => sum + launch.count, 0);
        for (const launch of added) {
          expect(Number.isInteger(launch.count) && launch.count > 0).toBe(true);
          expect(launch.offerings.length).toBeGreaterThan(0);
          for (const one of launch.offerings) expect(offerings).toContain(one);
        }
        const gone = removals.filter(({ node }) => nodes.some(({ id }) => id === node));
        const kept = gone.filter(({ how }) => how !== 'abandon').length;
        if (count > 0) expect(nodes.length - gone.length + count).toBeLessThanOrEqual(max);
        if (kept > 0 && !NO_MINIMUM.has(name))
          expect(nodes.length + count - gone.length).toBeGreaterThanOrEqual(min);
      }
    }),
    runs,
  );
});

test.each(ALL)('%s removes what is there, once, and in its state', (name) => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const { seen, decision } = turns(name, scene);
      const { removals } = decision;
      expect(new Set(removals.map(({ node }) => node)).size).toBe(removals.length);
      for (const { node, how } of removals) {
        const found = seen.nodes.find(({ id }) => id === node);
        expect(found?.state).toBe(how === 'abandon' ? 'upcoming' : 'usable');
        // Expendable pods are nobody: their node may be deleted under them.
        const held = found?.pods.filter(({ priority }) => priority >= -10) ?? [];
        if (how === 'delete') expect(held).toEqual([]);
      }
    }),
    runs,
  );
});

test.each(ALL)('%s orders nothing that nobody asks for', (name) => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const idle = { ...scene, pending: scene.pending.filter(({ priority }) => priority < -10) };
      const asked = turns(name, idle).decision.launches;
      // A replacement is asked for by the node that it replaces.
      expect(asked.filter(({ reason }) => reason.key === 'nodes.scale-up')).toEqual([]);
    }),
    runs,
  );
});

test.each(ALL)('%s decides the same for the same', (name) => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const before = JSON.stringify(scene);
      expect(turns(name, scene).decision).toEqual(turns(name, scene).decision);
      expect(JSON.stringify(scene)).toBe(before);
    }),
    runs,
  );
});

test.each(ALL)('%s does not care in which order the pods come', (name) => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const { launches, removals } = turns(name, scene).decision;
      const turned = turns(name, scene, (list) => [...list].reverse()).decision;
      expect(turned.launches).toEqual(launches);
      expect(turned.removals).toEqual(removals);
    }),
    runs,
  );
});

test.each(ALL)('%s says when it wants to be asked again, not in the past', (name) => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const { seen, decision } = turns(name, scene);
      expect(decision.takes).toBeGreaterThanOrEqual(0);
      expect(decision.wake.at).toBeGreaterThanOrEqual(seen.now + decision.takes);
    }),
    runs,
  );
});

test('a fixed pool stays as it is', () => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const { decision } = turns('fixed', scene);
      expect(decision).toMatchObject({ launches: [], removals: [] });
    }),
    runs,
  );
});
