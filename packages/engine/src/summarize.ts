/**
 * Outcomes of one strategy over its replications → a mean with its interval per measure. A measure
 * that is undefined (null) in some replication has no summary: a mean over the rest would hide it.
 *
 * Student's interval knows nothing of bounds: where it passes those of a measure (none is negative,
 * no share is above 1) it is cut off there, since the true mean cannot lie beyond.
 */
import { MEASURES, type Measure, type MeasureName } from './measures.ts';
import type { Interval, Outcome } from './outcome.ts';
import { interval } from './stats/confidence.ts';

export const MEASURE_NAMES = Object.keys(MEASURES) as readonly MeasureName[];

export function summarize(outcomes: readonly Outcome[]): Readonly<Record<string, Interval>> {
  const summary: Record<string, Interval> = {};
  for (const name of MEASURE_NAMES) {
    const values = definedValues(outcomes, name);
    if (values !== null) summary[name] = withinBounds(interval(values), MEASURES[name]);
  }
  return summary;
}

function withinBounds({ mean, low, high, n }: Interval, { unit }: Measure): Interval {
  // Utilization alone may exceed 1: pods that use more than they request share a node freely.
  const most = unit === 'share' ? Math.max(1, mean) : Number.POSITIVE_INFINITY;
  return { mean, low: Math.max(low, 0), high: Math.min(high, most), n };
}

/**
 * Paired differences `outcomes` − `baseline`, replication by replication: both rows hold the same
 * replications in the same order, and common random numbers make the pairs comparable.
 */
export function differences(
  outcomes: readonly Outcome[],
  baseline: readonly Outcome[],
): Readonly<Record<string, Interval>> {
  const result: Record<string, Interval> = {};
  for (const name of MEASURE_NAMES) {
    const own = definedValues(outcomes, name);
    const other = definedValues(baseline, name);
    if (own === null || other === null) continue;
    result[name] = interval(own.map((value, i) => value - other[i]));
  }
  return result;
}

function definedValues(outcomes: readonly Outcome[], name: MeasureName): number[] | null {
  const values: number[] = [];
  for (const outcome of outcomes) {
    const value = MEASURES[name].of(outcome);
    if (value === null) return null;
    values.push(value);
  }
  return values.length === 0 ? null : values;
}
