/** What a loop remembers of the cluster saves work, and changes nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ClusterAutoscalerConfig,
  type ClusterAutoscalerMemory,
  clusterAutoscaler,
} from '../../../packages/engine/src/provisioning/cluster-autoscaler.ts';
import type { NodeView } from '../../../packages/engine/src/provisioning/provisioner.ts';
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
});

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
      for (const { nodes, pending, loops } of stretches) {
        const began = now;
        const seen = observationOf({
          groups: [group('a', { max: 8 })],
          nodes: nodes.map(({ state, cores }, id) =>
            state === 'upcoming'
              ? nodeOf(id, { state, requested: began, usable: null })
              : nodeOf(id, { state, pods: cores.map((c) => podOf(ids++, { cpu: 1000 * c })) }),
          ),
          pending: pending.map(({ cores, priority, owner, age }) => {
            const since = began - age * SECOND;
            return podOf(ids++, { cpu: 1000 * cores, priority, owner, since });
          }),
        });
        for (const seconds of loops) {
          now += seconds * SECOND;
          const { memory: after, ...decided } = clusterAutoscaler.decide(
            CONFIG,
            { ...seen, now },
            memory,
          );
          const { memory: plain, ...expected } = clusterAutoscaler.decide(
            CONFIG,
            { ...seen, now },
            forgetful(fresh),
          );
          expect(decided).toEqual(expected);
          expect(after.unneeded.scaleDown).toEqual(plain.unneeded.scaleDown);
          memory = after;
          fresh = plain;
        }
      }
    }),
    { numRuns: 100 },
  );
});
