import { describe, expect, test } from 'vitest';
import type { Threshold } from '../../../packages/engine/src/scenario/scenario.ts';
import { sampleComparison } from '../../fixtures/comparison.ts';

const results = (threshold: Partial<Threshold>) =>
  sampleComparison({
    scenario: {
      thresholds: [
        { measure: 'cost', is: '', level: 'error', operator: '<', value: 0, ...threshold },
      ],
    },
  }).thresholds;

const meanOf = (strategy: string, measure: string) =>
  sampleComparison().strategies.find(({ name }) => name === strategy)?.summary[measure]?.mean;

describe('evaluateThresholds', () => {
  test('without a strategy it holds for each, in order', () => {
    const rows = results({ measure: 'sloAttainment', operator: '>=', value: 0.99 });
    expect(rows.map(({ strategy, passed }) => [strategy, passed])).toEqual([
      ['vm-peak', true],
      ['hpa', false],
      ['hpa-prescale', true],
    ]);
    expect(rows[1]?.value).toBe(meanOf('hpa', 'sloAttainment'));
  });

  test('the bound itself passes <= and >=, not < and >', () => {
    const value = meanOf('hpa', 'cost') ?? 0;
    const passed = (operator: Threshold['operator']) =>
      results({ strategy: 'hpa', operator, value })[0]?.passed;
    expect(passed('<=')).toBe(true);
    expect(passed('>=')).toBe(true);
    expect(passed('<')).toBe(false);
    expect(passed('>')).toBe(false);
  });

  test('relative to another strategy’s mean', () => {
    const ratio = (meanOf('hpa-prescale', 'cost') ?? 0) / (meanOf('vm-peak', 'cost') ?? 1);
    const at = (factor: number) =>
      results({ strategy: 'hpa-prescale', relativeTo: 'vm-peak', value: factor })[0]?.passed;
    expect(at(ratio * 1.001)).toBe(true);
    expect(at(ratio * 0.999)).toBe(false);
  });

  test('relative and for all: the strategy itself is not compared with itself', () => {
    const rows = results({ operator: '<', relativeTo: 'vm-peak', value: 1 });
    expect(rows.map(({ strategy }) => strategy)).toEqual(['hpa', 'hpa-prescale']);
  });

  test('a measure without a mean passes nothing', () => {
    for (const operator of ['<', '>='] as const) {
      const [row] = results({ measure: 'no-such-measure', strategy: 'hpa', operator });
      expect(row).toMatchObject({ value: null, passed: false });
    }
  });
});
