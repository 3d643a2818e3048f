import { describe, expect, test } from 'vitest';
import { LOCALES } from '../../../packages/engine/src/report/format.ts';
import { REPORTS } from '../../../packages/engine/src/report/index.ts';
import { sampleCells, sampleComparison } from '../../fixtures/comparison.ts';

const formats = Object.entries(REPORTS);

describe.each(formats)('%s', (_, format) => {
  test.each(LOCALES)('is a function of the comparison alone (%s)', (locale) => {
    const options = { locale, chartScript: 'x' };
    expect(format.render(sampleComparison(), options)).toBe(
      format.render(structuredClone(sampleComparison()), options),
    );
  });

  test('leaves its input as it was', () => {
    const comparison = sampleComparison();
    const before = structuredClone(comparison);
    format.render(comparison, { locale: 'en', chartScript: 'x' });
    expect(comparison).toEqual(before);
  });

  test.each(LOCALES)('has no hole in its text, even where nothing was completed (%s)', (locale) => {
    const latency = {
      mean: null,
      p50: null,
      p90: null,
      p95: null,
      p99: null,
      p999: null,
      max: null,
    };
    const cells = sampleCells(1).map((cell) => ({
      ...cell,
      outcome: {
        ...cell.outcome,
        latency,
        counts: { ...cell.outcome.counts, served: 0, late: 0 },
        slo: { attainment: 0, met: false },
        cost: { total: 0, perThousand: null, items: [] },
        capacity: { timeToCapacity: null, shortfall: 0 },
      },
      series: {
        ...cell.series,
        columns: {
          ...cell.series.columns,
          latencyP99: cell.series.columns.latencyP99.map(() => null),
        },
      },
    }));
    const comparison = sampleComparison({ scenario: { replications: 1 }, cells });
    const text = format.render(comparison, { locale, chartScript: '' });
    const words = text.replace(/<script>[\s\S]*?<\/script>/g, '');
    expect(words.match(/NaN|undefined|Infinity|\[object|\{\w+\|/)?.[0]).toBeUndefined();
    expect(text.length).toBeGreaterThan(100);
  });

  test('has an extension of its own', () => {
    const extensions = formats.map(([, { extension }]) => extension);
    expect(new Set(extensions).size).toBe(formats.length);
    expect(format.extension).toMatch(/^[a-z]+$/);
  });
});
