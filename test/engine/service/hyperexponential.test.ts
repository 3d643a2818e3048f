import { expect, test } from 'vitest';
import { hyperexponential } from '../../../packages/engine/src/service/hyperexponential.ts';
import { excessKurtosis, mixtureCdf } from '../../fixtures/distributions.ts';
import { exponentialCdf } from '../../fixtures/sample.ts';
import { truthsOf } from '../queueing/truths.ts';
import { describeLaw, type LawCase } from './law-contract.ts';

type Phases = { readonly p: number; readonly mean1: number; readonly mean2: number };

/** E[Xⁿ] = n! (p mean1ⁿ + (1 − p) mean2ⁿ) */
function momentsOf({ p, mean1, mean2 }: Phases): [number, number, number, number] {
  const raw = (n: number, factorial: number) => factorial * (p * mean1 ** n + (1 - p) * mean2 ** n);
  return [raw(1, 1), raw(2, 2), raw(3, 6), raw(4, 24)];
}

function caseOf(spec: LawCase['spec'], phases: Phases): LawCase {
  const { p, mean1, mean2 } = phases;
  const [m1, m2, m3, m4] = momentsOf(phases);
  return {
    spec,
    mean: m1,
    cv: Math.sqrt(m2 / (m1 * m1) - 1),
    kurtosis: excessKurtosis(m1, m2, m3, m4),
    cdf: mixtureCdf([
      [p, (x) => exponentialCdf(x / mean1)],
      [1 - p, (x) => exponentialCdf(x / mean2)],
    ]),
  };
}

/** Balanced means: each phase contributes half of the mean. */
const half = (1 + Math.sqrt(3 / 5)) / 2;
const balanced = { p: half, mean1: 5e5 / half, mean2: 5e5 / (1 - half) };
const given = { p: 0.3, mean1: 2e5, mean2: 9e5 };

describeLaw('hyperexponential', hyperexponential, [
  caseOf({ mean: 1e6, cv: 2 }, balanced),
  caseOf({ mean: 1e6, cv: 1 }, { p: 0.5, mean1: 1e6, mean2: 1e6 }),
  caseOf(given, given),
  caseOf({ p: 1, mean1: 1e6, mean2: 5e6 }, { p: 1, mean1: 1e6, mean2: 5e6 }),
]);

test('mean and cv give the phases that the queueing truths state', () => {
  const stated = truthsOf('M/G/1 FCFS').flatMap(({ params }) => {
    const service = params.service as Readonly<Record<string, number | string>>;
    return service.dist === 'hyperexponential' ? [service as Record<string, number>] : [];
  });
  expect(stated.length).toBeGreaterThan(0);
  for (const { p = 0, rate1 = 0, rate2 = 0, scv = 0 } of stated) {
    const byPhases = hyperexponential({ p, mean1: 1e6 / rate1, mean2: 1e6 / rate2 });
    const byMoments = hyperexponential({ mean: 1e6, cv: Math.sqrt(scv) });
    expect(byPhases.mean / byMoments.mean).toBeCloseTo(1, 9);
    expect(byPhases.cv / byMoments.cv).toBeCloseTo(1, 9);
  }
});
