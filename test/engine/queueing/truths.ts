/** The exact results of test/conformance/queueing-truths.json, and agreement to their digits. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

export interface Truth {
  readonly id: string;
  readonly model: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly results: Readonly<Record<string, number>>;
  /** Significant digits to rely on. */
  readonly digits: number;
}

const file = new URL('../../conformance/queueing-truths.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Truth[] };

/** All cases of a model; none would make the test pass for the wrong reason. */
export function truthsOf(model: string): readonly Truth[] {
  const found = cases.filter((truth) => truth.model === model);
  if (found.length === 0) throw new Error(`no truth of the model ${model}`);
  return found;
}

export const number = (truth: Truth, name: string) => truth.params[name] as number;

/**
 * Every result named in `names` that the case has, to one unit of its last digit: parameters such
 * as the log-mean of a lognormal are rounded as well.
 */
export function expectAgreement(
  actual: Readonly<Record<string, number>>,
  truth: Truth,
  names: Readonly<Record<string, string>>,
): void {
  let compared = 0;
  for (const [name, ours] of Object.entries(names)) {
    const expected = truth.results[name];
    if (expected === undefined) continue;
    const relative = Math.abs((actual[ours] as number) - expected) / Math.abs(expected);
    expect(relative, `${truth.id} ${name}: ${actual[ours]} against ${expected}`).toBeLessThan(
      10 ** (1 - truth.digits),
    );
    compared++;
  }
  expect(compared, `${truth.id}: results compared`).toBeGreaterThan(0);
}
