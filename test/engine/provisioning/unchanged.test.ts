/** What a loop remembers of the cluster saves work, and changes nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ClusterAutoscalerConfig,
  type ClusterAutoscalerMemory,
  clusterAutoscaler,
} from '../../../packages/engine/src/provisioning/cluster-autoscaler.ts';
import type {
  GroupView,
  LaunchFailure,
  NodeView,
} from '../../../packages/engine/src/provisioning/provisioner.ts';
import { group, nodeOf, observationOf, podOf, SECOND } from './scenes.ts';

const MINUTE = 60 * SECOND;

const CONFIG: ClusterAutoscalerConfig = {
  loop: 'frequent',
  scanInterval: 10 * SECOND,
  loopRun: { median: SECOND, sigma: 0.5 },
  expander: 'least-waste',
  maxProvisionTime: 2 * MINUTE,
  backoff: { initial: MINUTE, max: 3 * MINUTE, reset: 10 * MINUTE },
  unneededTime: MINUTE,
  delayAfterAdd: 30 * SECOND,
  utilizationThreshold: 0.5,
};

/** A node by its state and the cores of the pods on it; those on their way have none. */
const nodeShape = fc.record({
  state: fc.constantFrom<NodeView['state']>('usable', 'usable', 'usable', 'upcoming', 'leaving'),
  cores: fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 2 }),
});

const pendingShape = fc.record({
  cores: fc.constantFrom(1, 2, 20),
  priority: fc.constantFrom(-20, -10, 0),
  owner: fc.constantFrom('app', 'other'),
  age: fc.integer({ min: 0, max: 5 }),
});

/** A cluster, and after how many seconds each of the loops that see it comes. */
const stretch = fc.record({
  nodes: fc.array(nodeShape, { maxLength: 6 }),
  pending: fc.array(pendingShape, { maxLength: 8 }),
  loops: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 }),
  /** The loop that is told of a launch that failed. */
  fails: fc.integer({ min: 0, max: 10 }),
});

const failureOf = ({ name, offerings }: GroupView, at: number): LaunchFailure => {
  const [offering] = offerings;
  return { at, node: 99, group: name, claim: null, offering, reason: 'stock-out' };
};

const forgetful = (memory: ClusterAutoscalerMemory): ClusterAutoscalerMemory => ({
  ...memory,
  seen: null,
  unneeded: { ...memory.unneeded, version: null },
});

test('the Cluster Autoscaler decides the same with and without its memory of the cluster', () => {
  fc.assert(
    fc.property(fc.array(stretch, { minLength: 1, maxLength: 6 }), (stretches) => {
      let now = 0;
      let ids = 100;
      let memory = clusterAutoscaler.initial;
      let fresh = clusterAutoscaler.initial;
      for (const { nodes, pending, loops, fails } of stretches) {
        const began = now;
        const groups = [group('a', { max: 8 })];
        const seen = observationOf({
          groups,
          nodes: nodes.map(({ state, cores }, id) =>
            state === 'upcoming'
              ? nodeOf(id, { state, requested: began, usable: null })
              : nodeOf(id, { state, pods: cores.map((c) => podOf(ids++, { cpu: 1000 * c })) }),
          ),
          pending: pending
            .map(({ cores, priority, owner, age }) => {
              const since = began - age * SECOND;
              return podOf(ids++, { cpu: 1000 * cores, priority, owner, since });
            })
            .sort((a, b) => a.since - b.since),
        });
        for (const [loop, seconds] of loops.entries()) {
          now += seconds * SECOND;
          const failures = loop === fails ? [failureOf(groups[0], now)] : [];
          const view = { ...seen, now, failures };
          const { memory: after, ...decided } = clusterAutoscaler.decide(CONFIG, view, memory);
          const { memory: plain, ...expected } = clusterAutoscaler.decide(
            CONFIG,
            view,
            forgetful(fresh),
          );
          expect(decided).toEqual(expected);
          expect(after.unneeded.scaleDown).toEqual(plain.unneeded.scaleDown);
          expect(after).toMatchObject({
            backoff: plain.backoff,
            awaited: plain.awaited,
            leaving: plain.leaving,
          });
          memory = after;
          fresh = plain;
        }
      }
    }),
    { numRuns: 100 },
  );
});
