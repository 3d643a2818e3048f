/**
 * The charts of a comparison, second by second, of its first replication. All of them share one
 * time axis and the same instants, so that they can be read together.
 */
import type { Comparison, SeriesName, StrategyResult } from '../../outcome.ts';
import type { Locale } from '../format.ts';
import { label } from '../messages/index.ts';
import type { ChartAxis, ChartConfig, ChartDataset, ChartSpec, ChartUnit } from './chart-spec.ts';
import { type Column, downsample, pointRows } from './downsample.ts';
import { LOAD_COLOUR, LOSS_COLOUR, strategyColours } from './palette.ts';

export type { ChartConfig, ChartDataset, ChartSpec, ChartUnit } from './chart-spec.ts';
export { formatTick, formatTimeTick } from './chart-spec.ts';
export { strategyColours } from './palette.ts';

export function comparisonCharts(comparison: Comparison, locale: Locale): readonly ChartSpec[] {
  const { strategies, baseline } = comparison;
  const colours = strategyColours(
    strategies.map(({ name }) => name),
    baseline,
  );
  const scene: Scene = {
    comparison,
    locale,
    colourOf: ({ name }) => colours.get(name) ?? LOAD_COLOUR,
  };
  return [
    ...loadCharts(scene),
    replicasChart(scene),
    perStrategy(scene, 'machines', 'count', (column) => column, { stepped: true }),
    perStrategy(scene, 'waiting', 'count', (column) => column),
    perStrategy(scene, 'utilization', 'percent', (column) => scaled(column, 100)),
    perStrategy(scene, 'latency', 'milliseconds', (column) => scaled(column, 0.001)),
    perStrategy(scene, 'cost', 'money', (column) => scaled(column, 0.000_001)),
    lostChart(scene),
  ];
}

interface Scene {
  readonly comparison: Comparison;
  readonly locale: Locale;
  readonly colourOf: (strategy: StrategyResult) => string;
}

/** The baseline lies under the alternatives: it is the ground to compare with (lower = on top). */
function layerOf({ comparison }: Scene, { name }: StrategyResult): number {
  return name === comparison.baseline ? 2 : 1;
}

/**
 * One chart per strategy on one scale: what comes, what is completed, what could be carried. The
 * red between the first two is what is lost.
 */
function loadCharts(scene: Scene): readonly ChartSpec[] {
  const { comparison, locale } = scene;
  const columnsOf = ({ series }: StrategyResult) => series.columns;
  const highest = (name: SeriesName) =>
    Math.max(1, ...comparison.strategies.map((strategy) => peak(columnsOf(strategy)[name])));
  // Idle capacity far above the load would flatten the load: it may leave the chart at the top.
  const max = Math.min(highest('capacity'), 1.6 * highest('offered')) * 1.05;
  return comparison.strategies.map((strategy, i) => {
    const { offered, completed, capacity } = columnsOf(strategy);
    const colour = scene.colourOf(strategy);
    return spec(scene, {
      id: `load-${i}`,
      title: label('chart.load', locale, { strategy: strategy.title[locale] }),
      unit: 'rate',
      max: niceCeiling(Math.max(max, highest('offered') * 1.05)),
      datasets: [
        line(label('series.offered', locale), offered, LOSS_COLOUR, { fill: '+1', order: 3 }),
        line(label('series.completed', locale), completed, colour, { fill: true, order: 2 }),
        line(label('series.capacity', locale), capacity, colour, { dash: [5, 4], order: 1 }),
      ],
    });
  });
}

function replicasChart(scene: Scene): ChartSpec {
  const { comparison, locale } = scene;
  return spec(scene, {
    id: 'replicas',
    title: label(replicasTitle(comparison), locale),
    unit: 'count',
    datasets: comparison.strategies.flatMap((strategy) => {
      const { ready, desired } = strategy.series.columns;
      const colour = scene.colourOf(strategy);
      const title = strategy.title[locale];
      const name = (key: string) => `${title}, ${label(key, locale)}`;
      // Where nothing scales, the second line would only hide the first.
      const scales = desired.some((value, row) => value !== ready[row]);
      const style = { stepped: true, order: layerOf(scene, strategy) };
      return [
        line(scales ? name('series.ready') : title, ready, colour, style),
        ...(scales
          ? [line(name('series.desired'), desired, colour, { ...style, dash: [4, 4] })]
          : []),
      ];
    }),
  });
}

/** What is counted: pods, VMs, or both. */
function replicasTitle({ strategies }: Comparison): string {
  const pods = strategies.filter(({ kind }) => kind === 'kubernetes').length;
  if (pods === strategies.length) return 'chart.replicas';
  return pods === 0 ? 'chart.replicas-vms' : 'chart.replicas-mixed';
}

const COLUMN_OF = {
  machines: 'machines',
  waiting: 'waiting',
  utilization: 'utilization',
  latency: 'latencyP99',
  cost: 'cost',
} as const satisfies Record<string, SeriesName>;

function perStrategy(
  scene: Scene,
  id: keyof typeof COLUMN_OF,
  unit: ChartUnit,
  convert: (column: Column) => Column,
  style: LineStyle = {},
): ChartSpec {
  const { comparison, locale } = scene;
  return spec(scene, {
    id,
    title: label(`chart.${id}`, locale),
    unit,
    datasets: comparison.strategies.map((strategy) =>
      line(
        strategy.title[locale],
        convert(strategy.series.columns[COLUMN_OF[id]]),
        scene.colourOf(strategy),
        { ...style, order: layerOf(scene, strategy) },
      ),
    ),
  });
}

function lostChart(scene: Scene): ChartSpec {
  const { comparison, locale } = scene;
  return spec(scene, {
    id: 'lost',
    title: label('chart.lost', locale),
    unit: 'rate',
    datasets: comparison.strategies.map((strategy) => {
      const { timedOut, rejected, failed } = strategy.series.columns;
      const lost = timedOut.map(
        (value, row) => (value ?? 0) + (rejected[row] ?? 0) + (failed[row] ?? 0),
      );
      const style = { fill: true, order: layerOf(scene, strategy) };
      return line(strategy.title[locale], lost, scene.colourOf(strategy), style);
    }),
  });
}

interface ChartParts {
  readonly id: string;
  readonly title: string;
  readonly unit: ChartUnit;
  readonly max?: number;
  readonly datasets: ChartDataset[];
}

const GRID = 'rgba(128, 138, 155, 0.22)';

function spec(scene: Scene, parts: ChartParts): ChartSpec {
  const { comparison, locale } = scene;
  const { clock, currency } = comparison.scenario;
  const { step, columns } = comparison.strategies[0].series;
  const config: ChartConfig = {
    type: 'line',
    data: {
      labels: pointRows(columns.offered.length).map((row) => (row * step) / 1_000_000),
      datasets: parts.datasets,
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      plugins: { legend: { display: parts.datasets.length > 1 } },
      scales: {
        x: {
          type: 'linear',
          min: 0,
          max: clock.duration / 1_000_000,
          title: { display: false, text: label('axis.time', locale) },
          grid: { color: GRID },
          ticks: timeTicks(clock.duration / 1_000_000),
        },
        y: yAxis(parts, label(`axis.${parts.unit}`, locale, { currency })),
      },
    },
  };
  return { id: parts.id, title: parts.title, unit: parts.unit, config };
}

function yAxis({ unit, max }: ChartParts, text: string): ChartAxis {
  const axis = {
    // A tick that carries its unit needs no title.
    title: { display: unit !== 'count' && unit !== 'percent', text },
    grid: { color: GRID },
    ticks: { maxTicksLimit: 6, maxRotation: 0 },
  };
  if (unit === 'milliseconds') return { type: 'logarithmic', ...axis };
  const suggested = unit === 'percent' ? { suggestedMax: 100 } : {};
  return { type: 'linear', min: 0, ...(max === undefined ? suggested : { max }), ...axis };
}

const TIME_STEPS = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

/** Ticks on round times of the clock face, about six of them. */
function timeTicks(duration: number): ChartAxis['ticks'] {
  const days = 86_400 * Math.ceil(duration / 6 / 86_400);
  const stepSize = TIME_STEPS.find((step) => duration / step <= 7) ?? days;
  return { maxTicksLimit: 8, maxRotation: 0, stepSize };
}

interface LineStyle {
  readonly stepped?: boolean;
  readonly fill?: boolean | string;
  readonly dash?: number[];
  readonly order?: number;
}

function line(name: string, column: Column, colour: string, style: LineStyle = {}): ChartDataset {
  return {
    label: name,
    data: downsample(column).map((value) => (value === null ? null : rounded(value))),
    borderColor: colour,
    backgroundColor:
      style.fill === undefined ? colour : `${colour}${style.fill === true ? '2e' : '66'}`,
    borderWidth: style.dash === undefined ? 2 : 1.5,
    pointRadius: 0,
    pointHitRadius: 6,
    tension: 0,
    ...(style.dash === undefined ? {} : { borderDash: style.dash }),
    ...(style.stepped === undefined ? {} : { stepped: style.stepped }),
    ...(style.fill === undefined ? {} : { fill: style.fill }),
    ...(style.order === undefined ? {} : { order: style.order }),
  };
}

/** Five digits are more than a chart shows, and halve the size of a report. */
function rounded(value: number): number {
  return Number(value.toPrecision(5));
}

function scaled(column: Column, factor: number): Column {
  return column.map((value) => (value === null ? null : value * factor));
}

function peak(column: Column): number {
  let highest = 0;
  for (const value of column) if (value !== null && value > highest) highest = value;
  return highest;
}

/** The next 1, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 × a power of ten: the axis ends on a round number. */
function niceCeiling(value: number): number {
  let unit = 1;
  while (unit * 10 <= value) unit *= 10;
  const factor = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((f) => f * unit >= value) ?? 10;
  return factor * unit;
}
