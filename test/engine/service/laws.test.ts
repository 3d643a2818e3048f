/** The registry as a whole; what each law draws: the file of its name. */
import { expect, test } from 'vitest';
import { createLaw, LAWS, type LawName } from '../../../packages/engine/src/service/index.ts';
import type { LawSpec } from '../../../packages/engine/src/service/law.ts';
import { drawsOf } from './law-contract.ts';

/** Laws of which many times, or all, are below half a µs. */
const TINY: Readonly<Record<LawName, LawSpec>> = {
  lognormal: { mean: 1, cv: 3 },
  exponential: { mean: 0.5 },
  deterministic: { mean: 0.1 },
  uniform: { low: 0, high: 2 },
  gamma: { mean: 1, cv: 20 },
  erlang: { mean: 0.4, k: 3 },
  hyperexponential: { mean: 1, cv: 5 },
  weibull: { mean: 1, cv: 20 },
  pareto: { alpha: 1.5, xm: 0.2 },
  empirical: { histogram: [{ from: 0, to: 4, count: 3 }] },
  mixture: { parts: [{ weight: 1, dist: 'exponential', mean: 0.5 }] },
};

const NAMES = Object.keys(LAWS) as LawName[];

test.each(NAMES)('%s never takes less than 1 µs', (dist) => {
  const values = drawsOf(createLaw({ dist, ...TINY[dist] }), dist, 20_000);
  expect(values.every((x) => Number.isInteger(x) && x >= 1)).toBe(true);
  expect(values).toContain(1);
});

test.each(NAMES)('%s: equal specifications and streams give equal times', (dist) => {
  const spec = structuredClone({ dist, ...TINY[dist] });
  const once = drawsOf(createLaw(spec), dist, 5000);
  expect(drawsOf(createLaw(structuredClone(spec)), dist, 5000)).toEqual(once);
  if (dist === 'deterministic') return;
  expect(drawsOf(createLaw({ ...spec }), `${dist}, another stream`, 5000)).not.toEqual(once);
});
