/** What holds for any KPA, any load and any history. */
import { describe, expect, it } from 'vitest';
import { decideKpa } from '../../../packages/engine/src/scaling/kpa.ts';
import { kpaMemory } from '../../../packages/engine/src/scaling/kpa-memory.ts';
import type { KpaSpec } from '../../../packages/engine/src/scaling/kpa-spec.ts';
import fc from '../../fixtures/fast-check.ts';
import { decisionsOf, type Look, observationOf, SECOND } from './kpa-scenes.ts';

const specs: fc.Arbitrary<KpaSpec> = fc.record({
  target: fc.double({ min: 0.1, max: 100, noNaN: true }),
  total: fc.double({ min: 0.1, max: 100, noNaN: true }),
  targetBurstCapacity: fc.constantFrom(-1, 0, 50, 211),
  panicThreshold: fc.double({ min: 1.1, max: 10, noNaN: true }),
  maxScaleUpRate: fc.double({ min: 1.01, max: 1000, noNaN: true }),
  maxScaleDownRate: fc.double({ min: 1.01, max: 10, noNaN: true }),
  stableWindow: fc.integer({ min: 6, max: 120 }).map((s) => s * SECOND),
  scaleDownDelay: fc.constantFrom(0, 6 * SECOND, 61 * SECOND),
  reachable: fc.boolean(),
  activationScale: fc.constantFrom(0, 1, 3),
});

const load = fc.double({ min: 0, max: 5000, noNaN: true });
const looks: fc.Arbitrary<Look[]> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 0, max: 50 }), load, load), {
    minLength: 1,
    maxLength: 30,
  })
  .map((list) => {
    let second = 0;
    return list.map(([gap, pods, stable, panic]) => {
      second += 2 * gap;
      return [second, pods, stable, panic] as const;
    });
  });

describe('any decision', () => {
  it('is a whole number of pods, and leaves the memory it was given alone', () => {
    fc.assert(
      fc.property(specs, looks, fc.integer({ min: 0, max: 5 }), (spec, list, pods) => {
        let memory = kpaMemory(spec, pods, 0);
        for (const look of list) {
          const before = JSON.stringify(memory);
          const decision = decideKpa(spec, observationOf(look), memory);
          expect(decideKpa(spec, observationOf(look), memory)).toEqual(decision);
          expect(JSON.stringify(memory)).toBe(before);
          expect(Number.isInteger(decision.desired)).toBe(true);
          expect(decision.desired).toBeGreaterThanOrEqual(0);
          memory = decision.memory;
        }
      }),
    );
  });

  it('never goes down while a panic lasts', () => {
    fc.assert(
      fc.property(specs, looks, (spec, list) => {
        let before: number | null = null;
        for (const { facts, memory } of decisionsOf(spec, 1, list)) {
          const undelayed = facts?.undelayed ?? 0;
          if (memory.panicSince === null) before = null;
          else {
            expect(undelayed).toBeGreaterThanOrEqual(before ?? 0);
            before = undelayed;
          }
        }
      }),
    );
  });

  it('stays within the rates, outside of panic, delay and activation', () => {
    fc.assert(
      fc.property(specs, looks, (given, list) => {
        const spec = { ...given, scaleDownDelay: 0, activationScale: 0, panicThreshold: 1e9 };
        decisionsOf(spec, 1, list).forEach(({ desired }, i) => {
          const pods = Math.max(1, list[i]?.[1] ?? 0);
          const least = spec.reachable ? Math.floor(pods / spec.maxScaleDownRate) : 0;
          expect(desired).toBeGreaterThanOrEqual(least);
          expect(desired).toBeLessThanOrEqual(Math.ceil(pods * spec.maxScaleUpRate));
        });
      }),
    );
  });

  it('wants no fewer pods for more load', () => {
    fc.assert(
      fc.property(specs, looks, load, (spec, list, more) => {
        const heavier = list.map(
          ([second, pods, stable, panic]) =>
            [second, pods, (stable ?? 0) + more, (panic ?? 0) + more] as const,
        );
        const lighter = decisionsOf(spec, 1, list);
        decisionsOf(spec, 1, heavier).forEach(({ desired }, i) => {
          expect(desired).toBeGreaterThanOrEqual(lighter[i]?.desired ?? 0);
        });
      }),
    );
  });

  it('with a delay is never below the one without', () => {
    fc.assert(
      fc.property(specs, looks, (spec, list) => {
        const plain = decisionsOf({ ...spec, scaleDownDelay: 0 }, 1, list);
        decisionsOf({ ...spec, scaleDownDelay: 30 * SECOND }, 1, list).forEach(({ desired }, i) => {
          expect(desired).toBeGreaterThanOrEqual(plain[i]?.desired ?? 0);
        });
      }),
    );
  });
});
