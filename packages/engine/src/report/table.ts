/**
 * The table strategies × measures, formatted: the one source of the terminal's, the web page's and
 * every report's table. A difference is marked only as what its interval allows: `significant` is
 * false while the interval includes 0, and unknown (null) with a single replication.
 */

import { meetsSlo } from '../compare/criteria.ts';
import { MEASURES, type Measure, type MeasureName } from '../measures.ts';
import type { Comparison, Interval, StrategyResult } from '../outcome.ts';
import {
  formatBounds,
  formatMeasure,
  formatNumber,
  type Locale,
  type NumberContext,
} from './format.ts';
import { label } from './messages/index.ts';

export interface TableColumn {
  readonly strategy: string;
  readonly title: string;
  readonly baseline: boolean;
  readonly recommended: boolean;
  readonly meetsSlo: boolean;
}

/** `changed` = different, and neither better nor worse in itself. */
export type Mark = 'better' | 'worse' | 'changed' | 'same';

export interface TableCell {
  /** Mean in its unit, or why there is none. */
  readonly value: string;
  readonly defined: boolean;
  /** "[low, high]"; null = single replication, or reads the same as the mean. */
  readonly bounds: string | null;
  /** To the baseline: "−44.3 %", "+0.8 pp", "×53"; null = is the baseline, or undefined. */
  readonly difference: string | null;
  readonly mark: Mark | null;
  readonly significant: boolean | null;
}

export interface TableRow {
  readonly measure: MeasureName;
  readonly label: string;
  readonly about: string;
  /** Belongs to the short list for narrow places. */
  readonly essential: boolean;
  readonly cells: readonly TableCell[];
}

export interface ComparisonTable {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

/** What decides comes first, then its reasons, then sizes. */
const ORDER = [
  'cost',
  'sloAttainment',
  'lostShare',
  'latencyP99',
  'utilization',
  'timeToCapacity',
  'shortfall',
  'latencyP50',
  'latencyP95',
  'latencyP999',
  'offered',
  'late',
  'timedOut',
  'rejected',
  'failed',
  'costPerThousand',
  'replicasMax',
  'machinesMax',
  'cpuPaid',
] as const satisfies readonly MeasureName[];

const ESSENTIAL = 6;

export function comparisonTable(comparison: Comparison, locale: Locale): ComparisonTable {
  const context = { locale, currency: comparison.scenario.currency };
  const baseline = comparison.strategies.find(({ name }) => name === comparison.baseline);
  return {
    columns: comparison.strategies.map((strategy) => ({
      strategy: strategy.name,
      title: strategy.title[locale],
      baseline: strategy.name === comparison.baseline,
      recommended: strategy.name === comparison.verdict.recommended,
      meetsSlo: meetsSlo(strategy),
    })),
    rows: ORDER.map((measure, i) => ({
      measure,
      label: label(`measure.${measure}.label`, locale),
      about: label(`measure.${measure}.about`, locale),
      essential: i < ESSENTIAL,
      cells: comparison.strategies.map((strategy) =>
        cell(strategy, measure, baseline?.summary[measure], context),
      ),
    })),
  };
}

function cell(
  strategy: StrategyResult,
  name: MeasureName,
  baseline: Interval | undefined,
  context: NumberContext,
): TableCell {
  const measure: Measure = MEASURES[name];
  const value = strategy.summary[name];
  if (value === undefined) {
    const key = name === 'timeToCapacity' ? 'report.not-reached' : 'report.undefined';
    const text = label(key, context.locale);
    return { ...EMPTY, value: text, defined: false };
  }
  const format = (number: number) => formatMeasure(number, measure.unit, context);
  const shown = {
    value: format(value.mean),
    defined: true,
    bounds: value.n > 1 ? formatBounds(value, format) : null,
  };
  const difference = strategy.differences[name];
  if (difference === undefined || baseline === undefined) return { ...EMPTY, ...shown };
  return {
    ...shown,
    difference: formatDifference(difference.mean, baseline.mean, measure, context),
    mark: markOf(difference.mean, measure),
    significant: difference.n > 1 ? difference.low > 0 || difference.high < 0 : null,
  };
}

const EMPTY = { bounds: null, difference: null, mark: null, significant: null } as const;

function markOf(difference: number, { better }: Measure): Mark {
  if (difference === 0) return 'same';
  if (better === 'none') return 'changed';
  return difference > 0 === (better === 'higher') ? 'better' : 'worse';
}

const NO_DIFFERENCE = '±0';

/** Shares in percentage points, the rest relative to the baseline; absolute where that is 0. */
function formatDifference(
  difference: number,
  baseline: number,
  { unit }: Measure,
  context: NumberContext,
): string {
  if (difference === 0) return NO_DIFFERENCE;
  const zh = context.locale === 'zh-CN';
  if (unit === 'share') {
    return signed(difference * 100, pointDecimals(difference), zh ? ' 个百分点' : ' pp');
  }
  if (baseline === 0) {
    return `${difference > 0 ? '+' : ''}${formatMeasure(difference, unit, context)}`;
  }
  const ratio = (baseline + difference) / baseline;
  if (ratio >= 10) return `×${formatNumber(ratio, ratio < 100 ? 1 : 0)}`;
  return signed((ratio - 1) * 100, 1, zh ? '%' : ' %');
}

function pointDecimals(share: number): number {
  const points = Math.abs(share) * 100;
  return points >= 1 ? 1 : points >= 0.01 ? 2 : 4;
}

/** With its sign; what rounds to nothing reads as no difference. */
function signed(value: number, decimals: number, unit: string): string {
  const text = formatNumber(value, decimals);
  if (!/[1-9]/.test(text)) return NO_DIFFERENCE;
  return `${value > 0 ? '+' : ''}${text}${unit}`;
}
