/**
 * A chart as plain JSON: a Chart.js 4 configuration without functions. The page that draws it adds
 * what needs code: tick texts (`formatTick`, `formatTimeTick`) and theme colours.
 */
import {
  formatClock,
  formatCount,
  formatDuration,
  formatMoney,
  formatShare,
  type NumberContext,
  type WallClock,
} from '../format.ts';

/** Unit of the y values: requests/s, a number, %, ms, units of the currency. */
export type ChartUnit = 'rate' | 'count' | 'percent' | 'milliseconds' | 'money';

export interface ChartSpec {
  readonly id: string;
  readonly title: string;
  readonly unit: ChartUnit;
  readonly config: ChartConfig;
}

// Mutable arrays, as Chart.js types them.
export interface ChartConfig {
  type: 'line';
  data: { labels: number[]; datasets: ChartDataset[] };
  options: ChartOptions;
}

export interface ChartDataset {
  label: string;
  data: (number | null)[];
  borderColor: string;
  backgroundColor: string;
  borderWidth: number;
  borderDash?: number[];
  stepped?: boolean;
  /** true = down to the axis, '+1' = to the next dataset. */
  fill?: boolean | string;
  pointRadius: number;
  pointHitRadius: number;
  tension: number;
  /** Drawn later = on top is the lower order. */
  order?: number;
}

export interface ChartOptions {
  animation: false;
  responsive: true;
  maintainAspectRatio: false;
  interaction: { mode: 'index'; intersect: false };
  plugins: { legend: { display: boolean } };
  scales: { x: ChartAxis & { type: 'linear'; min: number; max: number }; y: ChartAxis };
}

export interface ChartAxis {
  type: 'linear' | 'logarithmic';
  min?: number;
  max?: number;
  suggestedMax?: number;
  title: { display: boolean; text: string };
  grid: { color: string };
  ticks: { maxTicksLimit: number; maxRotation: number; stepSize?: number };
}

/** Text of a y tick or a y value. */
export function formatTick(value: number, unit: ChartUnit, context: NumberContext): string {
  switch (unit) {
    case 'rate':
    case 'count':
      return formatCount(value);
    case 'percent':
      return formatShare(value / 100, context.locale);
    case 'milliseconds':
      return formatDuration(value * 1000, context.locale);
    case 'money':
      return formatMoney(value * 1_000_000, context.currency);
  }
}

/** Text of an x value (seconds since the start): wall clock, without seconds on whole minutes. */
export function formatTimeTick(seconds: number, clock: WallClock): string {
  const text = formatClock(seconds * 1_000_000, clock);
  return text.endsWith(':00') ? text.slice(0, -3) : text;
}
