import { expect, test } from 'vitest';
import { loadPreview } from '../../../packages/engine/src/report/load-preview.ts';
import { sampleScenario } from '../../fixtures/comparison.ts';

const SECOND = 1_000_000;
const route = { shop: 1 };
const client = { timeout: 3 * SECOND };
const scenarioOf = (load: readonly object[], duration: number) =>
  sampleScenario({
    clock: { start: 0, utcOffset: 0, duration: duration * SECOND },
    load: load.map((item, i) => ({ name: `load-${i}`, route, client, ...item })) as never,
  });

test('a constant rate is a flat curve', () => {
  const preview = loadPreview(scenarioOf([{ rate: 10 }], 100), 4);
  expect(preview.rates.map((rate) => Number(rate.toFixed(9)))).toEqual([10, 10, 10, 10]);
  expect(preview.peak).toBeCloseTo(10, 9);
  expect(preview.requests).toBeCloseTo(1000, 6);
});

test('a surge much shorter than a column is not lost', () => {
  const jump = { jump: true, duration: SECOND, target: 500 };
  const back = { jump: true, duration: 400 * SECOND, target: 10 };
  const stages = [{ jump: true, duration: 599 * SECOND, target: 10 }, jump, back];
  const preview = loadPreview(scenarioOf([{ startRate: 10, stages }], 1000), 10);
  expect(preview.rates[5]).toBeCloseTo(500, 6);
  expect(preview.peak).toBeCloseTo(500, 6);
  expect(preview.requests).toBeCloseTo(999 * 10 + 500, 4);
});

test('loads add up at the same instant', () => {
  const ramp = { startRate: 0, stages: [{ duration: 100 * SECOND, target: 40, jump: false }] };
  const preview = loadPreview(scenarioOf([{ rate: 10 }, ramp], 100), 2);
  expect(preview.rates[0]).toBeCloseTo(30, 3);
  expect(preview.rates[1]).toBeCloseTo(50, 3);
  expect(preview.requests).toBeCloseTo(3000, 6);
});
