import { describe, expect, test } from 'vitest';
import { compareCells, completeReplications } from '../../../packages/engine/src/compare.ts';
import { ENGINE_MODEL } from '../../../packages/engine/src/provenance.ts';
import { sampleCells, sampleComparison, sampleScenario } from '../../fixtures/comparison.ts';

const provenance = {
  engineVersion: '0.1.0',
  engineModel: ENGINE_MODEL,
  scenarioHash: 'abc',
} as const;

describe('compareCells', () => {
  test('keeps the order of the scenario, whatever the order of the cells', () => {
    const scenario = sampleScenario();
    const cells = sampleCells(5);
    const forwards = compareCells({ scenario, warnings: [], cells, provenance });
    const backwards = compareCells({
      scenario,
      warnings: [],
      cells: cells.toReversed(),
      provenance,
    });
    expect(forwards.strategies.map(({ name }) => name)).toEqual(['vm-peak', 'hpa', 'hpa-prescale']);
    expect(backwards).toEqual(forwards);
    expect(forwards.complete).toBe(true);
    expect(forwards.provenance).toMatchObject({ seed: '20260101', replications: 5 });
  });

  test('shows requests, series and decisions of the first complete replication', () => {
    const cells = sampleCells(2).map((cell) =>
      cell.outcome.replication === 0 ? cell : { ...cell, requests: {}, decisions: [] },
    );
    for (const [i, strategy] of sampleComparison({ cells }).strategies.entries()) {
      const first = cells.find(
        ({ outcome }) => outcome.strategy === strategy.name && outcome.replication === 0,
      );
      expect(strategy.requests, `${i}`).toBe(first?.requests);
      expect(strategy.requests.shop?.length).toBeGreaterThan(0);
      expect(strategy.decisions).toBe(first?.decisions);
    }
  });

  test('uses only replications that every strategy has completed', () => {
    const scenario = sampleScenario();
    const cells = sampleCells(5).filter(
      ({ outcome }) =>
        !(outcome.strategy === 'hpa' && outcome.replication === 1) && outcome.replication !== 4,
    );
    expect(completeReplications(scenario, cells)).toEqual([0, 2, 3]);
    const comparison = compareCells({ scenario, warnings: [], cells, provenance });
    expect(comparison.complete).toBe(false);
    expect(comparison.provenance.replications).toBe(3);
    for (const { outcomes, summary } of comparison.strategies) {
      expect(outcomes.map(({ replication }) => replication)).toEqual([0, 2, 3]);
      expect(summary.cost?.n).toBe(3);
    }
    expect(comparison.verdict.findings[0]).toEqual({
      key: 'finding.interrupted',
      params: { done: 3, asked: 5 },
    });
  });

  test('without a complete replication there is nothing to compare', () => {
    const scenario = sampleScenario();
    const cells = sampleCells(1).filter(({ outcome }) => outcome.strategy !== 'hpa');
    expect(completeReplications(scenario, cells)).toEqual([]);
    expect(() => compareCells({ scenario, warnings: [], cells, provenance })).toThrow(/complete/);
  });

  test('pairs differences by replication: this − baseline', () => {
    const [baseline, hpa] = sampleComparison().strategies;
    const costs = hpa?.outcomes.map(
      ({ cost }, i) => cost.total - (baseline?.outcomes[i]?.cost.total ?? Number.NaN),
    );
    const mean = (costs ?? []).reduce((sum, value) => sum + value, 0) / 5;
    expect(hpa?.differences.cost?.mean).toBeCloseTo(mean, 6);
    expect(baseline?.differences).toEqual({});
    // Replications move both in the same way: the difference is narrower than either.
    const width = (i?: { low: number; high: number }) => (i?.high ?? 0) - (i?.low ?? 0);
    expect(width(hpa?.differences.offered)).toBe(0);
    expect(width(hpa?.summary.offered)).toBeGreaterThan(0);
  });

  test('leaves a measure out that is undefined in some replication', () => {
    const cells = sampleCells(5).map((cell) =>
      cell.outcome.strategy === 'hpa' && cell.outcome.replication === 2
        ? {
            ...cell,
            outcome: {
              ...cell.outcome,
              capacity: { ...cell.outcome.capacity, timeToCapacity: null },
            },
          }
        : cell,
    );
    const comparison = sampleComparison({ cells });
    const hpa = comparison.strategies.find(({ name }) => name === 'hpa');
    expect(hpa?.summary.timeToCapacity).toBeUndefined();
    expect(hpa?.differences.timeToCapacity).toBeUndefined();
    expect(hpa?.summary.shortfall).toBeDefined();
    expect(comparison.verdict.findings).toContainEqual({
      key: 'finding.capacity-never-reached',
      params: { strategy: 'hpa', count: 1, replications: 5 },
    });
  });

  test('cuts an interval off where its measure ends', () => {
    const cells = sampleCells(2).map((cell) => ({
      ...cell,
      outcome: {
        ...cell.outcome,
        slo: { attainment: cell.outcome.replication === 0 ? 1 : 0.9, met: false },
        capacity: { timeToCapacity: cell.outcome.replication, shortfall: 0 },
      },
    }));
    const [first] = sampleComparison({ scenario: { replications: 2 }, cells }).strategies;
    // Student's would be 0.95 ± 0.64 and 0.5 ± 6.4.
    expect(first?.summary.sloAttainment).toMatchObject({ high: 1, mean: 0.95 });
    expect(first?.summary.sloAttainment?.low).toBeCloseTo(0.95 - 12.7062 * 0.05, 4);
    expect(first?.summary.timeToCapacity).toMatchObject({ low: 0, mean: 0.5 });
  });
});
