/** The contract of every node autoscaler, over random observations. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PROVISIONERS } from '../../../packages/engine/src/provisioning/index.ts';
import type {
  NodeView,
  PendingPod,
  ProvisionerObservation,
} from '../../../packages/engine/src/provisioning/provisioner.ts';

const seconds = (max: number) => fc.integer({ min: 0, max }).map((s) => s * 1e6);

const pending: fc.Arbitrary<PendingPod[]> = fc.array(
  fc.record({
    cpu: fc.integer({ min: 0, max: 20_000 }),
    memory: fc.integer({ min: 0, max: 40 }),
    since: seconds(1000),
  }),
  { maxLength: 40 },
);

const nodes: fc.Arbitrary<NodeView[]> = fc
  .array(
    fc.record({
      state: fc.constantFrom('upcoming' as const, 'usable' as const),
      cpu: fc.integer({ min: 0, max: 16_000 }),
      memory: fc.integer({ min: 0, max: 32 }),
      pods: fc.integer({ min: 0, max: 110 }),
      emptySince: fc.option(seconds(1000)),
    }),
    { maxLength: 12 },
  )
  .map((list) => list.map((node, id) => ({ ...node, id })));

const observations: fc.Arbitrary<ProvisionerObservation> = fc.record({
  now: seconds(1000).map((s) => s + 1e9),
  pending,
  nodes,
  lastAdded: fc.oneof(seconds(1000), fc.constant(Number.NEGATIVE_INFINITY)),
  template: fc.constant({ cpu: 16_000, memory: 32, pods: 110 }),
  min: fc.integer({ min: 0, max: 4 }),
  max: fc.integer({ min: 4, max: 14 }),
  unneededTime: seconds(600),
  delayAfterAdd: seconds(600),
});

test.each(Object.entries(PROVISIONERS))(
  '%s keeps the pool within its limits and removes only empty nodes',
  (_name, provision) => {
    fc.assert(
      fc.property(observations, (observation) => {
        const { add, remove } = provision(observation);
        const count = observation.nodes.length;
        expect(Number.isInteger(add) && add >= 0).toBe(true);
        if (add > 0) expect(count + add).toBeLessThanOrEqual(observation.max);
        if (remove.length > 0)
          expect(count - remove.length).toBeGreaterThanOrEqual(observation.min);
        expect(add > 0 && remove.length > 0).toBe(false);
        expect(new Set(remove).size).toBe(remove.length);
        for (const id of remove) {
          const node = observation.nodes.find((candidate) => candidate.id === id);
          expect(node).toMatchObject({ state: 'usable', emptySince: expect.any(Number) });
        }
      }),
    );
  },
);

test.each(Object.entries(PROVISIONERS))('%s is pure', (_name, provision) => {
  fc.assert(
    fc.property(observations, (observation) => {
      const before = JSON.stringify(observation);
      expect(provision(observation)).toEqual(provision(observation));
      expect(JSON.stringify(observation)).toBe(before);
    }),
  );
});

test('a fixed pool stays as it is', () => {
  fc.assert(
    fc.property(observations, (observation) => {
      expect(PROVISIONERS.fixed(observation)).toEqual({ add: 0, remove: [] });
    }),
  );
});
