import { describe, expect, test } from 'vitest';
import type { MeasureName } from '../../../packages/engine/src/measures.ts';
import type { Comparison } from '../../../packages/engine/src/outcome.ts';
import { comparisonTable } from '../../../packages/engine/src/report/table.ts';
import { MEASURE_NAMES } from '../../../packages/engine/src/summarize.ts';
import { sampleCells, sampleComparison } from '../../fixtures/comparison.ts';

const cellOf = (comparison: Comparison, measure: MeasureName, strategy: string) => {
  const table = comparisonTable(comparison, 'en');
  const column = table.columns.findIndex((candidate) => candidate.strategy === strategy);
  return table.rows.find((row) => row.measure === measure)?.cells[column];
};

/** The fixture with one measure of one strategy replaced, replication by replication. */
function withCosts(strategy: string, costs: readonly number[]) {
  const cells = sampleCells(costs.length).map((cell) => {
    const { outcome } = cell;
    const total = costs[outcome.replication] ?? Number.NaN;
    return outcome.strategy === strategy
      ? { ...cell, outcome: { ...outcome, cost: { ...outcome.cost, total } } }
      : cell;
  });
  return sampleComparison({ scenario: { replications: costs.length }, cells });
}

describe('comparisonTable', () => {
  test('has a row per measure and a column per strategy', () => {
    const table = comparisonTable(sampleComparison(), 'en');
    expect(table.rows.map(({ measure }) => measure).toSorted()).toEqual(MEASURE_NAMES.toSorted());
    expect(table.rows.filter(({ essential }) => essential)).toHaveLength(6);
    expect(table.rows[0]?.measure).toBe('cost');
    expect(
      table.columns.map(({ baseline, recommended, meetsSlo }) => [baseline, recommended, meetsSlo]),
    ).toEqual([
      [true, false, true],
      [false, false, false],
      [false, true, true],
    ]);
  });

  test('marks better and worse by what a planner wants', () => {
    const comparison = sampleComparison();
    expect(cellOf(comparison, 'cost', 'hpa')).toMatchObject({ mark: 'better', significant: true });
    expect(cellOf(comparison, 'sloAttainment', 'hpa')).toMatchObject({ mark: 'worse' });
    expect(cellOf(comparison, 'replicasMax', 'hpa')).toMatchObject({ mark: 'changed' });
    expect(cellOf(comparison, 'latencyP50', 'hpa')).toMatchObject({
      mark: 'same',
      difference: '±0',
    });
    expect(cellOf(comparison, 'cost', 'vm-peak')).toMatchObject({ mark: null, difference: null });
  });

  test('a difference within its interval is not significant', () => {
    const base = sampleComparison().strategies[0]?.outcomes.map(({ cost }) => cost.total) ?? [];
    const shifts = [900_000, -800_000, 700_000, -600_000, 100_000];
    const comparison = withCosts(
      'hpa',
      base.map((cost, i) => cost + (shifts[i] ?? 0)),
    );
    expect(cellOf(comparison, 'cost', 'hpa')).toMatchObject({ mark: 'worse', significant: false });
  });

  test('with one replication significance is unknown and there are no bounds', () => {
    const cell = cellOf(sampleComparison({ scenario: { replications: 1 } }), 'cost', 'hpa');
    expect(cell).toMatchObject({ significant: null, bounds: null, mark: 'better' });
  });

  test('relative differences, multiples, points, and absolute ones where the baseline is 0', () => {
    const comparison = sampleComparison();
    const difference = (measure: MeasureName) => cellOf(comparison, measure, 'hpa')?.difference;
    expect(difference('cost')).toMatch(/^−\d\d\.\d %$/);
    expect(difference('latencyP99')).toMatch(/^×1\d\.\d$/);
    expect(difference('sloAttainment')).toMatch(/^−\d\d\.\d pp$/);
    expect(difference('timeToCapacity')).toBe('+1 min 9 s');
  });

  test('says that capacity was not reached', () => {
    const cells = sampleCells(5).map((cell) =>
      cell.outcome.strategy === 'hpa'
        ? {
            ...cell,
            outcome: { ...cell.outcome, capacity: { timeToCapacity: null, shortfall: 1 } },
          }
        : cell,
    );
    const cell = cellOf(sampleComparison({ cells }), 'timeToCapacity', 'hpa');
    expect(cell).toMatchObject({ value: 'not reached', defined: false, difference: null });
  });

  test('a difference too small to read is ±0', () => {
    const base = sampleComparison().strategies[0]?.outcomes.map(({ cost }) => cost.total) ?? [];
    const comparison = withCosts(
      'hpa',
      base.map((cost) => cost + 1),
    );
    expect(cellOf(comparison, 'cost', 'hpa')).toMatchObject({ difference: '±0', mark: 'worse' });
  });
});
