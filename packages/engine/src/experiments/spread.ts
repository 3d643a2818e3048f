/** From simulated numbers to a quantity with its verdict. */
import { quantileSorted } from 'simple-statistics';
import { assert } from '../kernel/assert.ts';
import type { LocalText } from '../scenario/fields.ts';
import { interval } from '../stats/confidence.ts';
import type { Curve, Observed, Quantity, QuantityUnit, Spread, Tolerance } from './experiment.ts';

function spreadOf(values: readonly number[]): Spread {
  assert(values.length > 0, 'a prediction needs at least one run');
  const sorted = [...values].sort((a, b) => a - b);
  return {
    ...interval(values),
    p5: quantileSorted(sorted, 0.05),
    p50: quantileSorted(sorted, 0.5),
    p95: quantileSorted(sorted, 0.95),
    min: sorted[0],
    max: sorted[sorted.length - 1],
  };
}

export interface QuantitySpec {
  readonly id: string;
  readonly label: LocalText;
  readonly unit: QuantityUnit;
  readonly values: readonly number[];
  readonly observed?: Observed;
  readonly tolerance?: Tolerance;
}

export function quantity(spec: QuantitySpec): Quantity {
  const { id, label, unit, values, observed = null, tolerance = null } = spec;
  const predicted = spreadOf(values);
  const within = tolerance === null ? null : isWithin(predicted, tolerance);
  return { id, label, unit, predicted, observed, tolerance, within };
}

function isWithin(spread: Spread, { of, low, high }: Tolerance): boolean {
  if (of === 'all') return spread.min >= low && spread.max <= high;
  return spread[of] >= low && spread[of] <= high;
}

/** A few published values. */
export function published(values: readonly number[], text: LocalText): Observed {
  const { p50, min, max } = spreadOf(values);
  return { mid: p50, low: min, high: max, text };
}

/** Published quantiles. */
export function quantiles(
  [low, mid, high]: readonly [number, number, number],
  text: LocalText,
): Observed {
  return { low, mid, high, text };
}

/** The mean over the runs at each x, and where nine in ten of them lie; no value = left out. */
export function curve(
  label: LocalText,
  x: readonly number[],
  rows: readonly (readonly number[])[],
): Curve {
  const spreads = x.map((_, i) => {
    const values = rows.flatMap((row) => (Number.isFinite(row[i]) ? [row[i]] : []));
    return values.length === 0 ? undefined : spreadOf(values);
  });
  const kept = x.flatMap((at, i) => {
    const spread = spreads[i];
    return spread === undefined ? [] : [{ at, spread }];
  });
  return {
    label,
    kind: 'predicted',
    x: kept.map(({ at }) => at),
    y: kept.map(({ spread }) => spread.mean),
    band: {
      low: kept.map(({ spread }) => spread.p5),
      high: kept.map(({ spread }) => spread.p95),
    },
  };
}
