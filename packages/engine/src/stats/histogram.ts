/**
 * A histogram of latencies in whole µs with 128 buckets per octave: quantiles err by at most
 * 1/256 (0.4 %), values below 256 are exact, and histograms merge exactly by adding counts.
 */
import { bucketMiddle, bucketOf } from './buckets.ts';

export const LARGEST = 2 ** 31 - 1;
export const HISTOGRAM_BUCKETS = bucketOf(LARGEST) + 1;

export interface Histogram {
  /** @shape Float64Array[HISTOGRAM_BUCKETS], exact integers. */
  readonly counts: Float64Array;
  /** [number of values, their sum, the largest]: one array keeps the hot path monomorphic. */
  readonly totals: Float64Array;
}

export function createHistogram(): Histogram {
  return { counts: new Float64Array(HISTOGRAM_BUCKETS), totals: new Float64Array(3) };
}

/** Records a value in µs; values above 2^31 − 1 (36 minutes) count as that. */
export function recordValue(histogram: Histogram, value: number): void {
  const { counts, totals } = histogram;
  const clipped = Math.min(value, LARGEST);
  counts[bucketOf(clipped)] += 1;
  totals[0] += 1;
  totals[1] += value;
  if (value > totals[2]) totals[2] = value;
}

/** Adds `source` to `target`. */
export function mergeHistogram(target: Histogram, source: Histogram): void {
  const last = lastBucket(source);
  for (let bucket = 0; bucket <= last; bucket++) target.counts[bucket] += source.counts[bucket];
  target.totals[0] += source.totals[0];
  target.totals[1] += source.totals[1];
  if (source.totals[2] > target.totals[2]) target.totals[2] = source.totals[2];
}

export function clearHistogram(histogram: Histogram): void {
  histogram.counts.fill(0, 0, lastBucket(histogram) + 1);
  histogram.totals.fill(0);
}

/** Of the largest value: above it all counts are 0. */
function lastBucket({ totals }: Histogram): number {
  return totals[0] === 0 ? -1 : bucketOf(Math.min(totals[2], LARGEST));
}

/** The middle of the bucket in which the q-quantile lies (never above the largest value), µs. */
export function histogramQuantile(histogram: Histogram, q: number): number | null {
  const total = histogram.totals[0];
  if (total === 0) return null;
  const rank = q * total;
  let seen = 0;
  for (let bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) {
    seen += histogram.counts[bucket];
    if (seen >= rank && seen > 0) return Math.min(bucketMiddle(bucket), histogram.totals[2]);
  }
  return histogram.totals[2];
}

/** Quantiles of a row of the series. */
export const ROW_QUANTILES: readonly number[] = [0.5, 0.99];

/** NaN = the row is empty. */
export function writeRowQuantiles(window: Histogram, quantiles: Float64Array): void {
  for (let i = 0; i < ROW_QUANTILES.length; i++) {
    quantiles[i] = histogramQuantile(window, ROW_QUANTILES[i]) ?? Number.NaN;
  }
}

/** Ends a row: its quantiles to `quantiles`, its values to those of the `whole` run. */
export function endWindow(
  window: Histogram,
  whole: Histogram,
  quantiles: Float64Array | null,
): void {
  if (quantiles !== null) writeRowQuantiles(window, quantiles);
  mergeHistogram(whole, window);
  clearHistogram(window);
}
