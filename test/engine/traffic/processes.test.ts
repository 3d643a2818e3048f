import { expect, test } from 'vitest';
import { createStream } from '../../../packages/engine/src/kernel/random.ts';
import {
  dispersion,
  loadCurve,
  PROCESSES,
  type ProcessName,
} from '../../../packages/engine/src/traffic/index.ts';
import type { ProcessSpec } from '../../../packages/engine/src/traffic/process.ts';
import { drain, expectOrder } from '../../fixtures/point-process.ts';

const SPECS: Record<ProcessName, { spec: ProcessSpec; index: number }> = {
  poisson: { spec: { kind: 'poisson' }, index: 1 },
  gamma: { spec: { kind: 'gamma', cv: 0.5 }, index: 0.25 },
  deterministic: { spec: { kind: 'deterministic' }, index: 0 },
  hyperexponential: { spec: { kind: 'hyperexponential', cv: 3 }, index: 9 },
  // 1 + 2λv/r: λ = 10, v = 1/4 · 1.6², r = 4.
  mmpp: { spec: { kind: 'mmpp', factors: [1, 9], sojourns: [5e5, 5e5] }, index: 4.2 },
  batch: { spec: { kind: 'batch', meanSize: 4 }, index: 7 },
};

test.each(Object.entries(SPECS))('%s states its index of dispersion', (_kind, { spec, index }) => {
  const window = Number.POSITIVE_INFINITY;
  expect(dispersion(spec, { rate: 10, window })).toBeCloseTo(index, 12);
});

test.each(Object.entries(SPECS))('%s keeps the contract of the family', (kind, { spec }) => {
  const entry = PROCESSES[kind as ProcessName];
  expectOrder(entry, spec);
  const fields = Object.keys(spec).filter((field) => field !== 'kind');
  expect(entry.forms.some((form) => form.every((field) => fields.includes(field)))).toBe(true);
});

test.each(Object.entries(SPECS))('%s replays a trace', (kind, { spec }) => {
  const trace = { binWidth: 60e6, counts: [3000, 0, 6000] };
  const curve = loadCurve({ trace }, 180e6);
  const stream = createStream('trace', 0, kind);
  const times = drain(PROCESSES[kind as ProcessName].create(spec, curve, stream));
  const bins = [0, 1, 2].map((b) => times.filter((t) => Math.floor(t / 60e6) === b).length);
  expect(bins[1]).toBe(0);
  const index = dispersion(spec, { rate: 100, window: 60e6 });
  [3000, 6000].forEach((count, i) => {
    expect(Math.abs(bins[2 * i] - count)).toBeLessThanOrEqual(5 * Math.sqrt(index * count) + 1);
  });
});
