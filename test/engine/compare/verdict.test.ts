import { describe, expect, test } from 'vitest';
import type { CellResult } from '../../../packages/engine/src/cell.ts';
import {
  renderContext,
  renderMessage,
} from '../../../packages/engine/src/report/messages/index.ts';
import { sampleCells, sampleComparison, sampleScenario } from '../../fixtures/comparison.ts';

interface Case {
  /** Cost per replication, micro-units. */
  readonly cost: readonly number[];
  readonly attainment: number;
}

const DOLLAR = 1_000_000;
const steady = (dollars: number) =>
  [dollars, dollars * 1.01, dollars * 0.99].map((d) => d * DOLLAR);

/** Three replications with the given costs and attainments (goal 99 %). */
function compare(cases: Readonly<Record<string, Case>>) {
  const cells = sampleCells(3).map((cell): CellResult => {
    const { strategy, replication } = cell.outcome;
    const given = cases[strategy];
    if (given === undefined) throw new Error(`no case for ${strategy}`);
    const total = given.cost[replication] ?? Number.NaN;
    return {
      ...cell,
      outcome: {
        ...cell.outcome,
        cost: { ...cell.outcome.cost, total },
        slo: { attainment: given.attainment, met: given.attainment >= 0.99 },
      },
    };
  });
  return sampleComparison({ scenario: { replications: 3 }, cells });
}

const headline = (comparison: ReturnType<typeof compare>) =>
  renderMessage(comparison.verdict.headline, 'en', renderContext(comparison, 'en'));

const good = 0.999;
const bad = 0.8;

describe('the headline', () => {
  test('the cheapest that meets the SLO saves against a baseline that meets it', () => {
    const comparison = compare({
      'vm-peak': { cost: steady(10), attainment: good },
      hpa: { cost: steady(3), attainment: bad },
      'hpa-prescale': { cost: steady(6), attainment: good },
    });
    expect(comparison.verdict.recommended).toBe('hpa-prescale');
    expect(comparison.verdict.headline.key).toBe('verdict.saves');
    expect(comparison.verdict.headline.params.saving).toBeCloseTo(0.4, 10);
    expect(headline(comparison)).toBe(
      '“HPA with pre-scale” is the cheapest strategy that meets the SLO (99.9 %): it costs 40 % less than “VMs for the peak” ($6.00 instead of $10.00).',
    );
  });

  test('one missed replication is enough to lose the recommendation', () => {
    const cells = sampleCells(5).map((cell) =>
      cell.outcome.strategy === 'hpa-prescale' && cell.outcome.replication === 3
        ? { ...cell, outcome: { ...cell.outcome, slo: { attainment: 0.9899, met: false } } }
        : cell,
    );
    expect(sampleComparison({ cells }).verdict.recommended).toBe('vm-peak');
  });

  test('no strategy meets the SLO: none is recommended, the closest is named', () => {
    const comparison = compare({
      'vm-peak': { cost: steady(10), attainment: 0.97 },
      hpa: { cost: steady(3), attainment: bad },
      'hpa-prescale': { cost: steady(6), attainment: 0.98 },
    });
    expect(comparison.verdict.recommended).toBeNull();
    expect(headline(comparison)).toBe(
      'None of the 3 strategies meets the SLO (99 % of all requests within 500 ms); the closest, “HPA with pre-scale”, reaches 98 % for $6.00.',
    );
  });

  test('elastic is dearer: stay with the baseline', () => {
    const comparison = compare({
      'vm-peak': { cost: steady(10), attainment: good },
      hpa: { cost: steady(13), attainment: good },
      'hpa-prescale': { cost: steady(12), attainment: good },
    });
    expect(comparison.verdict.recommended).toBe('vm-peak');
    expect(comparison.verdict.headline.key).toBe('verdict.baseline-cheapest');
    expect(headline(comparison)).toContain('“HPA with pre-scale”, costs 20 % more.');
  });

  test('the baseline is cheapest, but within the noise', () => {
    const comparison = compare({
      'vm-peak': { cost: [10, 10.5, 9.5].map((d) => d * DOLLAR), attainment: good },
      hpa: { cost: steady(13), attainment: good },
      'hpa-prescale': { cost: [10.4, 9.8, 10].map((d) => d * DOLLAR), attainment: good },
    });
    expect(comparison.verdict.headline.key).toBe('verdict.baseline-cheapest-noise');
  });

  test('only the baseline meets the SLO', () => {
    const comparison = compare({
      'vm-peak': { cost: steady(10), attainment: good },
      hpa: { cost: steady(3), attainment: bad },
      'hpa-prescale': { cost: steady(6), attainment: bad },
    });
    expect(comparison.verdict.headline.key).toBe('verdict.only-baseline-meets');
  });

  test('a saving whose interval includes 0 is called noise', () => {
    const comparison = compare({
      'vm-peak': { cost: [10, 10.5, 9.5].map((d) => d * DOLLAR), attainment: good },
      hpa: { cost: steady(13), attainment: good },
      'hpa-prescale': { cost: [9.5, 9.9, 10].map((d) => d * DOLLAR), attainment: good },
    });
    expect(comparison.verdict.recommended).toBe('hpa-prescale');
    expect(comparison.verdict.headline.key).toBe('verdict.noise');
    const { savingLow, savingHigh } = comparison.verdict.headline.params;
    expect(savingLow).toBeLessThan(0);
    expect(savingHigh).toBeGreaterThan(0);
  });

  test('as dear as a baseline that misses the SLO is no question of a saving', () => {
    const comparison = compare({
      'vm-peak': { cost: steady(6), attainment: bad },
      hpa: { cost: steady(3), attainment: bad },
      'hpa-prescale': { cost: steady(6), attainment: good },
    });
    expect(comparison.verdict.headline.key).toBe('verdict.noise-and-meets');
    expect(headline(comparison)).toContain('costs the same within the noise');
  });

  test('cheaper than a baseline that misses the SLO', () => {
    const comparison = compare({
      'vm-peak': { cost: steady(10), attainment: bad },
      hpa: { cost: steady(3), attainment: bad },
      'hpa-prescale': { cost: steady(6), attainment: good },
    });
    expect(comparison.verdict.headline.key).toBe('verdict.saves-and-meets');
    expect(headline(comparison)).toContain('which misses it (80 %)');
  });

  test('dearer than a baseline that misses the SLO', () => {
    const comparison = compare({
      'vm-peak': { cost: steady(4), attainment: bad },
      hpa: { cost: steady(3), attainment: bad },
      'hpa-prescale': { cost: steady(6), attainment: good },
    });
    expect(comparison.verdict.headline.key).toBe('verdict.costs-and-meets');
    expect(comparison.verdict.headline.params.extra).toBeCloseTo(0.5, 10);
  });

  test('a single strategy is judged by the SLO alone', () => {
    const strategies = sampleScenario().strategies.slice(0, 1);
    const cells = sampleCells(5).filter(({ outcome }) => outcome.strategy === 'vm-peak');
    const comparison = sampleComparison({ scenario: { strategies }, cells });
    expect(comparison.verdict.headline.key).toBe('verdict.single-met');
    expect(comparison.verdict.headline.params).toMatchObject({ objective: 0.99, latency: 500_000 });
    expect(comparison.verdict.headline.params.attainment).toBeGreaterThan(0.999);
  });
});

describe('the findings', () => {
  test('say what a cheaper strategy loses, and since when capacity was short', () => {
    const { findings } = sampleComparison().verdict;
    expect(findings.map(({ key }) => key)).toEqual([
      'finding.cheaper-but-misses',
      'finding.reactive-gap',
      'finding.usage-vms',
      'finding.usage',
      'finding.usage',
    ]);
    const hpa = sampleComparison().strategies.find(({ name }) => name === 'hpa');
    const lost = hpa?.outcomes.map(({ counts }) => counts.timedOut + counts.rejected) ?? [];
    const mean = lost.reduce((sum, value) => sum + value, 0) / lost.length;
    expect(findings[0]?.params).toMatchObject({ strategy: 'hpa', recommended: 'hpa-prescale' });
    expect(findings[0]?.params.lost).toBeCloseTo(mean, 6);
    expect(findings[1]?.params).toMatchObject({ gap: hpa?.summary.timeToCapacity?.mean });
  });

  test('do not blame reactive scaling for a strategy with a schedule', () => {
    const [vmPeak, hpa, prescale] = sampleScenario().strategies;
    if (vmPeak === undefined || prescale === undefined || hpa?.kind !== 'kubernetes') {
      throw new Error('the fixture has changed');
    }
    const schedule = [{ at: 0, minReplicas: 5 }];
    const comparison = sampleComparison({
      scenario: { strategies: [vmPeak, { ...hpa, schedule }, prescale] },
    });
    expect(comparison.verdict.findings.map(({ key }) => key)).not.toContain('finding.reactive-gap');
  });

  test('name the quickest of several reactive strategies, once', () => {
    const [vmPeak, hpa] = sampleScenario().strategies;
    if (vmPeak === undefined || hpa?.kind !== 'kubernetes') throw new Error('the fixture changed');
    const cells = sampleCells(5).flatMap((cell) => {
      if (cell.outcome.strategy !== 'hpa') return [cell];
      const { capacity } = cell.outcome;
      const slow = { ...capacity, timeToCapacity: (capacity.timeToCapacity ?? 0) * 2 };
      return [cell, { ...cell, outcome: { ...cell.outcome, strategy: 'slow', capacity: slow } }];
    });
    const strategies = [vmPeak, { ...hpa, name: 'slow' }, hpa];
    const { findings } = sampleComparison({ scenario: { strategies }, cells }).verdict;
    const gaps = findings.filter(({ key }) => key === 'finding.reactive-gap');
    expect(gaps.map(({ params }) => params.strategy)).toEqual(['hpa']);
  });

  test('warn of a single replication', () => {
    const comparison = sampleComparison({ scenario: { replications: 1 } });
    expect(comparison.verdict.findings[0]?.key).toBe('finding.single-replication');
  });

  test('idle CPU is what utilization leaves', () => {
    const { strategies, verdict } = sampleComparison();
    const usage = verdict.findings.find(({ params }) => params.strategy === 'vm-peak');
    const utilization = strategies[0]?.summary.utilization?.mean ?? Number.NaN;
    expect(usage?.params.idle).toBeCloseTo(1 - utilization, 12);
  });

  test('idle CPU costs its share of the machines, not of the control plane', () => {
    const { strategies, verdict } = sampleComparison();
    const hpa = strategies.find(({ name }) => name === 'hpa');
    const items = hpa?.outcomes.flatMap(({ cost }) => cost.items) ?? [];
    const nodes = items.filter(({ item }) => item === 'node');
    const mean = nodes.reduce((sum, { amount }) => sum + amount, 0) / (hpa?.outcomes.length ?? 0);
    const usage = verdict.findings.find(
      ({ key, params }) => key === 'finding.usage' && params.strategy === 'hpa',
    );
    expect(items.length).toBeGreaterThan(nodes.length);
    expect(usage?.params.idleCost).toBeCloseTo(mean * Number(usage?.params.idle), 3);
  });

  test('a strategy that never pays for a machine leaves no CPU idle', () => {
    const cells = sampleCells(5).map((cell) => {
      const { cost, ...rest } = cell.outcome;
      const items = cost.items.filter(({ item }) => item === 'control-plane');
      return cell.outcome.strategy === 'hpa'
        ? { ...cell, outcome: { ...rest, cost: { ...cost, items } } }
        : cell;
    });
    const { findings } = sampleComparison({ cells }).verdict;
    const usages = findings.filter(({ key }) => key.startsWith('finding.usage'));
    expect(usages.map(({ params }) => params.strategy)).toEqual(['vm-peak', 'hpa-prescale']);
  });

  test('a run without requests is said to be one', () => {
    const quiet = sampleCells(5).map((cell) => {
      const counts = Object.fromEntries(Object.keys(cell.outcome.counts).map((key) => [key, 0]));
      return { ...cell, outcome: { ...cell.outcome, counts } } as CellResult;
    });
    const keys = (comparison: ReturnType<typeof sampleComparison>) =>
      comparison.verdict.findings.map(({ key }) => key);
    expect(keys(sampleComparison({ cells: quiet }))).toContain('finding.no-load');
    expect(keys(sampleComparison())).not.toContain('finding.no-load');
  });
});
