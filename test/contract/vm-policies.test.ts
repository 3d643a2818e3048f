/** The contract of every scaling policy of VM groups, over random observations. */
import { expect, test } from 'vitest';
import { CATALOGUE } from '../../packages/engine/src/report/messages/index.ts';
import { VM_POLICIES, type VmPolicySpec } from '../../packages/engine/src/scaling/vm/index.ts';
import type { VmObservation } from '../../packages/engine/src/scaling/vm/policy.ts';
import fc from '../fixtures/fast-check.ts';

const MINUTE = 60e6;

const specs: fc.Arbitrary<VmPolicySpec> = fc.record({
  alarms: fc.record({
    outPoints: fc.integer({ min: 1, max: 4 }),
    inPoints: fc.integer({ min: 1, max: 6 }),
  }),
  tracking: fc.record({
    metric: fc.constantFrom('cpu' as const, 'requests' as const),
    target: fc.integer({ min: 1, max: 90 }),
    margin: fc.constantFrom(0, 0.1, 0.5),
    scaleIn: fc.boolean(),
  }),
  steps: fc.record({
    metric: fc.constantFrom('cpu' as const, 'requests' as const),
    adjustment: fc.constantFrom('change' as const, 'percent' as const),
    out: fc.array(
      fc.record({ at: fc.integer({ min: 50, max: 100 }), change: fc.integer({ min: 1, max: 40 }) }),
      { minLength: 1, maxLength: 3 },
    ),
    in: fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 49 }), change: fc.integer({ min: 1, max: 40 }) }),
      { minLength: 1, maxLength: 3 },
    ),
    cooldown: fc.integer({ min: 0, max: 10 }).map((minutes) => minutes * MINUTE),
  }),
});

const observations: fc.Arbitrary<VmObservation> = fc
  .record({
    now: fc.constant(1000 * MINUTE),
    min: fc.integer({ min: 0, max: 10 }),
    range: fc.integer({ min: 0, max: 40 }),
    place: fc.double({ min: 0, max: 1, noNaN: true }),
    warmth: fc.double({ min: 0, max: 1, noNaN: true }),
    leaving: fc.integer({ min: 0, max: 10 }),
    isActive: fc.boolean(),
    ago: fc.integer({ min: 0, max: 20 }),
    values: fc.array(fc.option(fc.double({ min: 0, max: 100, noNaN: true })), { maxLength: 8 }),
  })
  .map(({ now, min, range, place, warmth, leaving, isActive, ago, values }) => {
    const desired = min + Math.round(place * range);
    const warm = Math.round(warmth * desired);
    return {
      now,
      min,
      max: Math.max(1, min + range),
      desired,
      warm,
      launching: desired - warm,
      leaving,
      isActive,
      lastActivity: now - ago * MINUTE,
      points: values.map((value, i) => ({
        end: now + (i - values.length) * MINUTE,
        value,
        vms: warm,
      })),
    };
  });

test.each(Object.entries(VM_POLICIES))('%s keeps the group within its bounds', (_name, create) => {
  fc.assert(
    fc.property(specs, observations, (spec, observation) => {
      const { desired } = create(spec)(observation);
      expect(Number.isInteger(desired)).toBe(true);
      expect(desired).toBeGreaterThanOrEqual(observation.min);
      expect(desired).toBeLessThanOrEqual(observation.max);
    }),
    { numRuns: 100 },
  );
});

test.each(Object.entries(VM_POLICIES))(
  '%s decides again the same, once its decision is the desired capacity',
  (name, create) => {
    // Simple scaling repeats its step; what holds it is its own activity.
    const after = name === 'simple' ? { isActive: true } : {};
    fc.assert(
      fc.property(specs, observations, (spec, observation) => {
        const policy = create(spec);
        const first = policy(observation);
        const launching = Math.max(0, first.desired - observation.warm);
        const leaving = observation.leaving + Math.max(0, observation.desired - first.desired);
        const warm = Math.min(observation.warm, first.desired);
        const next = { ...observation, desired: first.desired, warm, launching, leaving, ...after };
        expect(policy(next).desired).toBe(first.desired);
      }),
      { numRuns: 100 },
    );
  },
);

test.each(Object.entries(VM_POLICIES))(
  '%s never shrinks a group that grows, nor moves without an alarm, and says why in words',
  (name, create) => {
    fc.assert(
      fc.property(specs, observations, (spec, observation) => {
        const { desired, reason } = create(spec)(observation);
        if (observation.launching > 0 && name !== 'simple') {
          expect(desired).toBeGreaterThanOrEqual(observation.desired);
        }
        if (observation.points.length === 0) expect(desired).toBe(observation.desired);
        expect(CATALOGUE.en).toHaveProperty([reason.key]);
        expect(CATALOGUE['zh-CN']).toHaveProperty([reason.key]);
      }),
      { numRuns: 100 },
    );
  },
);
