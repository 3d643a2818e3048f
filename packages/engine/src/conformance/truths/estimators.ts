/**
 * From the values of independent replications to an estimate with its standard error, and to the
 * question whether the truth is compatible with them.
 */
import type { Compared, EstimatorName } from './truth.ts';

export interface Estimate {
  readonly estimate: number;
  readonly standardError: number;
  /** How far the estimate may lie from the truth. */
  readonly allowed: number;
  readonly agrees: boolean;
}

/** One column of values per number that `Compared.of` gives, one value per replication. */
type Estimator = (columns: readonly Float64Array[], compared: Compared) => Estimate;

/** Columns that an estimator takes. */
export const COLUMNS: Readonly<Record<EstimatorName, number>> = {
  mean: 1,
  chance: 1,
  atom: 1,
  order: 1,
  dispersion: 2,
};

const STANDARD_ERRORS = 4;

const ESTIMATORS: Readonly<Record<EstimatorName, Estimator>> = {
  mean: ([values], compared) => around(meanOf(values), errorOf(values), compared),
  chance: ([values], compared) => around(meanOf(values), chanceError(values), compared),
  atom: ([values], { share, slack }) => {
    const standardError = errorOf(values);
    const allowed = STANDARD_ERRORS * standardError + slack;
    // The share of zeros must reach the quantile's: then it is 0.
    return { estimate: 0, standardError, allowed, agrees: meanOf(values) - (1 - share) <= allowed };
  },
  order: ([values], compared) => orderStatistic(Float64Array.from(values).sort(), compared),
  dispersion: ([values, squares], compared) => {
    const whole = dispersion(meanOf(values), meanOf(squares));
    return around(whole, jackknife(values, squares), compared);
  },
};

export function estimate(columns: readonly Float64Array[], compared: Compared): Estimate {
  return ESTIMATORS[compared.estimator](columns, compared);
}

/** Without any scatter so many replications are looked at before a difference is believed. */
const SCATTER_WITHIN = 20_000;
const UNKNOWN_SHORTAGE = 4;

/**
 * How many times more than these `n` replications the wanted standard error takes; at most 1 = it
 * is reached. Equal values that are not the truth may have missed what is rare.
 */
export function shortage(
  { standardError, agrees }: Estimate,
  compared: Compared,
  n: number,
): number {
  const wanted = Math.max(compared.precision * Math.abs(compared.exact), compared.resolution);
  if (standardError > 0) return (standardError / wanted) ** 2;
  return agrees || n >= SCATTER_WITHIN ? 0 : UNKNOWN_SHORTAGE;
}

/** A truth below the resolution asked for cannot be told from 0. */
function around(value: number, standardError: number, compared: Compared): Estimate {
  const { exact, slack, resolution } = compared;
  const hidden = Math.abs(exact) < resolution ? resolution : 0;
  const allowed = STANDARD_ERRORS * standardError + slack * Math.abs(exact) + hidden;
  return {
    estimate: value,
    standardError,
    allowed,
    agrees: Math.abs(value - exact) <= allowed,
  };
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Of the mean. */
function errorOf(values: Float64Array): number {
  const mean = meanOf(values);
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** Never 0: that something has not been seen does not make it impossible (Laplace's rule). */
function chanceError(values: Float64Array): number {
  const n = values.length;
  const p = (meanOf(values) * n + 1) / (n + 2);
  return Math.sqrt((p * (1 - p)) / n);
}

/**
 * A quantile of the values themselves. Its error comes from that of the share below it, a binomial
 * one; so does the agreement, which holds for values that are whole numbers as well: the truth x
 * must have the share below it, and not have it without x.
 */
function orderStatistic(sorted: Float64Array, compared: Compared): Estimate {
  const { exact, share, slack } = compared;
  const n = sorted.length;
  const error = Math.sqrt((share * (1 - share)) / n);
  const at = (q: number) => sorted[Math.min(n - 1, Math.max(0, Math.ceil(q * n) - 1))];
  const standardError = (at(share + error) - at(share - error)) / 2;
  const below = (x: number) => countBelow(sorted, x) / n;
  const reach = STANDARD_ERRORS * error;
  const upTo = 1 - countAbove(sorted, exact * (1 + slack)) / n;
  const agrees = upTo >= share - reach && below(exact * (1 - slack)) <= share + reach;
  const middle = at(share);
  const spread = Math.max(at(share + reach) - middle, middle - at(share - reach));
  return { estimate: middle, standardError, allowed: spread + slack * exact, agrees };
}

function countBelow(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

function countAbove(sorted: Float64Array, x: number): number {
  let count = 0;
  for (let i = sorted.length - 1; i >= 0 && sorted[i] > x; i--) count++;
  return count;
}

const dispersion = (mean: number, square: number) => (square - mean * mean) / mean;

/** Standard error of the dispersion, leaving out one replication after another. */
function jackknife(values: Float64Array, squares: Float64Array): number {
  const n = values.length;
  const [sum, sumOfSquares] = [meanOf(values) * n, meanOf(squares) * n];
  const without = Float64Array.from(values, (value, i) =>
    dispersion((sum - value) / (n - 1), (sumOfSquares - squares[i]) / (n - 1)),
  );
  return errorOf(without) * (n - 1);
}
