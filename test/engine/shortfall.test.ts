import { expect, test } from 'vitest';
import type { Model, ServiceModel } from '../../packages/engine/src/model.ts';
import { runCell } from '../../packages/engine/src/run-cell.ts';
import { createShortfall, watchShortfall } from '../../packages/engine/src/shortfall.ts';
import { rateCurve } from '../../packages/engine/src/traffic/rate.ts';
import fc from '../fixtures/fast-check.ts';
import { fixedPods, loadOf, scenarioOf } from '../fixtures/scenario.ts';

/** One pod carries 88 requests/s. */
const capacity = (seconds: number, rate: number) => {
  const load = [loadOf({ rate })];
  const scenario = scenarioOf({ seconds, load, strategies: [fixedPods('pods', 1)] });
  return runCell(scenario, 'pods', 0).outcome.capacity;
};

test('a shortfall lasts no longer than the scenario, whose last second may be a part of one', () => {
  expect(capacity(10, 300)).toEqual({ timeToCapacity: null, shortfall: 10e6 });
  expect(capacity(10.5, 300)).toEqual({ timeToCapacity: null, shortfall: 10.5e6 });
});

test('enough slots all the time: none', () => {
  expect(capacity(10.5, 50)).toEqual({ timeToCapacity: 0, shortfall: 0 });
});

const SECOND = 1e6;
const SECONDS = 12;

/** Services with a load of some segments, holding a slot for 100 ms; so many slots are ready. */
const services = fc.array(
  fc.record({
    rates: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 3 }),
    slots: fc.integer({ min: 1, max: 5 }),
  }),
  { minLength: 1, maxLength: 2 },
);

function modelOf(parts: readonly { rates: readonly number[]; slots: number }[]): Model {
  const horizon = SECONDS * SECOND;
  const made = parts.map(({ rates, slots }) => {
    const segments = rates.map((rate) => ({ duration: 3 * SECOND, rate, endRate: rate }));
    const curves = [rateCurve(segments, horizon)];
    return { plane: { readyCount: () => 1 }, slots, holdTime: 100_000, curves };
  });
  return { services: made as unknown as readonly ServiceModel[], horizon } as unknown as Model;
}

test('a long stretch at once comes to the same as second by second', () => {
  fc.assert(
    fc.property(services, fc.nat({ max: SECONDS }), services, (before, cut, after) => {
      const parts = after.slice(0, before.length);
      while (parts.length < before.length) parts.push(before[parts.length]);
      const stretches = [
        { model: modelOf(before), from: 0, to: cut },
        { model: modelOf(parts), from: cut, to: SECONDS },
      ];
      const whole = createShortfall(before.length);
      const single = createShortfall(before.length);
      for (const { model, from, to } of stretches) {
        watchShortfall(whole, model, from * SECOND, to * SECOND);
        for (let now = from; now < to; now++) {
          watchShortfall(single, model, now * SECOND, (now + 1) * SECOND);
        }
      }
      expect(whole).toEqual(single);
    }),
  );
});
