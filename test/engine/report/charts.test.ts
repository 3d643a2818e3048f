import { describe, expect, test } from 'vitest';
import { downsample, pointRows } from '../../../packages/engine/src/report/charts/downsample.ts';
import {
  comparisonCharts,
  formatTick,
  formatTimeTick,
  strategyColours,
} from '../../../packages/engine/src/report/charts/index.ts';
import { sampleComparison } from '../../fixtures/comparison.ts';

describe('comparisonCharts', () => {
  const charts = comparisonCharts(sampleComparison(), 'en');

  test('are plain JSON', () => {
    expect(JSON.parse(JSON.stringify(charts))).toEqual(charts);
  });

  test('cover load per strategy and what follows from it', () => {
    expect(charts.map(({ id }) => id)).toEqual([
      'load-0',
      'load-1',
      'load-2',
      'replicas',
      'machines',
      'waiting',
      'utilization',
      'latency',
      'cost',
      'lost',
    ]);
    expect(charts.map(({ title }) => title)).toContain('Load and capacity: Reactive HPA');
  });

  test('share one time axis of at most 1,000 points', () => {
    const [first] = charts;
    const { labels } = first?.config.data ?? { labels: [] };
    expect(labels.length).toBeGreaterThan(500);
    expect(labels.length).toBeLessThanOrEqual(1000);
    for (const { config } of charts) {
      expect(config.data.labels).toEqual(labels);
      for (const { data } of config.data.datasets) expect(data).toHaveLength(labels.length);
      expect(config.options.scales.x).toMatchObject({ min: 0, max: 1800, type: 'linear' });
    }
  });

  test('load charts share one scale, latency is logarithmic', () => {
    const loads = charts.filter(({ id }) => id.startsWith('load'));
    expect(new Set(loads.map(({ config }) => config.options.scales.y.max)).size).toBe(1);
    const latency = charts.find(({ id }) => id === 'latency');
    expect(latency?.config.options.scales.y.type).toBe('logarithmic');
  });

  test('speak the reader’s language', () => {
    const zh = comparisonCharts(sampleComparison(), 'zh-CN');
    expect(zh[1]?.title).toBe('负载与容量：响应式 HPA');
    expect(zh.map(({ unit }) => unit)).toEqual(charts.map(({ unit }) => unit));
  });
});

describe('downsampling', () => {
  const rows = Array.from({ length: 7200 }, (_, row) =>
    row === 4321 ? 99 : row % 7 === 0 ? -1 : 1,
  );

  test('keeps short series as they are', () => {
    expect(downsample([1, null, 3])).toEqual([1, null, 3]);
    expect(pointRows(3)).toEqual([0, 1, 2]);
  });

  test('keeps every extreme, within a bucket of where it was', () => {
    const values = downsample(rows);
    const points = pointRows(rows.length);
    expect(values).toHaveLength(points.length);
    expect(values.length).toBeLessThanOrEqual(1000);
    const peak = values.indexOf(99);
    expect(Math.abs((points[peak] ?? 0) - 4321)).toBeLessThan(15);
    expect(Math.min(...values.map((value) => value ?? 0))).toBe(-1);
  });

  test.each([1, 999, 1000, 1001, 1500, 1999, 86_400])('%i rows', (count) => {
    const column = Array.from({ length: count }, (_, row) => row);
    const points = pointRows(count);
    const values = downsample(column);
    expect(values).toHaveLength(points.length);
    expect(values.length).toBeLessThanOrEqual(1000);
    expect(values[0]).toBe(0);
    expect(Math.max(...values.map((value) => value ?? 0))).toBe(count - 1);
    expect(points.toSorted((a, b) => a - b)).toEqual(points);
  });

  test('a bucket without a value stays a gap', () => {
    const column = Array.from({ length: 2000 }, (_, row) => (row < 1000 ? null : row));
    const values = downsample(column);
    expect(values[0]).toBeNull();
    expect(values.at(-1)).not.toBeNull();
  });
});

test('ticks are texts in the unit of the axis', () => {
  const context = { locale: 'en', currency: 'USD' } as const;
  expect(formatTick(12_000, 'rate', context)).toBe('12,000');
  expect(formatTick(50, 'percent', context)).toBe('50 %');
  expect(formatTick(1500, 'milliseconds', context)).toBe('1.5 s');
  expect(formatTick(2.5, 'money', context)).toBe('$2.50');
  const clock = { start: 0, utcOffset: 480 };
  expect(formatTimeTick(60, clock)).toBe('08:01');
  expect(formatTimeTick(75, clock)).toBe('08:01:15');
});

/** Relative luminance and contrast of WCAG 2.2. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r, g, blue] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

test('strategy colours are told from white and from the dark page, and differ', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const colours = strategyColours(names, 'c');
  expect(new Set(colours.values()).size).toBe(7);
  for (const colour of colours.values()) {
    expect(contrast(colour, '#ffffff')).toBeGreaterThanOrEqual(3);
    expect(contrast(colour, '#171b23')).toBeGreaterThanOrEqual(3);
  }
  expect(strategyColours(['x', 'c'], 'c').get('c')).toBe(colours.get('c'));
});
