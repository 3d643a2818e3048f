/**
 * A histogram of latencies in whole µs with 128 buckets per octave: quantiles err by at most
 * 1/256 (0.4 %), values below 256 are exact, and histograms merge exactly by adding counts.
 *
 * Bucket of v: v below 128; else 128·(e − 6) + the 7 bits after the leading one, e = ⌊log2 v⌋.
 */
const SUB_BITS = 7;
const SUB_BUCKETS = 1 << SUB_BITS;
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

export function bucketOf(value: number): number {
  if (value < SUB_BUCKETS) return value;
  const exponent = 31 - Math.clz32(value);
  return ((exponent - SUB_BITS) << SUB_BITS) + (value >>> (exponent - SUB_BITS));
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

function bucketMiddle(bucket: number): number {
  if (bucket < 2 * SUB_BUCKETS) return bucket;
  const shift = (bucket >>> SUB_BITS) - 1;
  const low = (SUB_BUCKETS + (bucket & (SUB_BUCKETS - 1))) * (1 << shift);
  return low + ((1 << shift) - 1) / 2;
}
