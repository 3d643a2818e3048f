/**
 * What the KPA sees: a metric of all pods, scraped into buckets of a second, averaged over a
 * window. Before a window is full the average is over what it holds so far; after a whole window
 * without data it starts anew; a shorter gap counts as zeros, and the time since the last record
 * not at all. Values of one bucket add up.
 *
 * The total is kept as a running sum, with its rounding errors, and a linear average is cut to six
 * digits: both decide when a ceiling is passed.
 *
 * @source knative/serving, pkg/autoscaler/aggregation/bucketing.go, August 2026.
 */
import { pow } from '../kernel/elementary.ts';
import { KPA_SCRAPE } from './kpa-spec.ts';

export type AverageAlgorithm = 'linear' | 'weighted-exponential';

export interface AverageWindow {
  readonly algorithm: AverageAlgorithm;
  /** µs; the window may end within a bucket. */
  readonly window: number;
  /** µs, whole seconds. */
  readonly granularity: number;
  /** A ring: the bucket of time t is at its index modulo the length. */
  readonly buckets: readonly number[];
  readonly total: number;
  /** Starts of the first and the last bucket written; null = nothing was recorded. */
  readonly written: { readonly first: number; readonly last: number } | null;
}

export function averageWindow(
  algorithm: AverageAlgorithm,
  window: number,
  granularity = KPA_SCRAPE,
): AverageWindow {
  const buckets = new Array<number>(Math.ceil(window / granularity)).fill(0);
  return { algorithm, window, granularity, buckets, total: 0, written: null };
}

/** What is as old as the window, or older, changes nothing. */
export function withRecord(state: AverageWindow, now: number, value: number): AverageWindow {
  const { window, granularity, written } = state;
  const index = Math.floor(now / granularity);
  const start = index * granularity;
  const length = state.buckets.length;
  if (written !== null && start + window <= written.last) return state;
  let { first, last } = written ?? { first: start, last: start };
  let total = state.total;
  let buckets = state.buckets.slice();
  if (first > start) first = start;
  if (start > last) {
    if (start - last >= window) {
      first = start;
      total = 0;
      buckets = buckets.fill(0);
    } else {
      for (let i = last / granularity + 1; i <= index; i++) {
        total -= buckets[i % length];
        buckets[i % length] = 0;
      }
    }
    last = start;
  }
  buckets[index % length] += value;
  return { ...state, buckets, total: total + value, written: { first, last } };
}

/** null = empty: nothing was recorded within the window. */
export function averageOf(state: AverageWindow, now: number): number | null {
  const { algorithm, window, granularity, written } = state;
  if (written === null) return null;
  const start = Math.floor(now / granularity) * granularity;
  if (start - written.last > window) return null;
  return algorithm === 'linear' ? linear(state, written, start) : weighted(state, written, start);
}

function linear(
  { window, granularity, buckets, total }: AverageWindow,
  { first, last }: NonNullable<AverageWindow['written']>,
  start: number,
): number {
  // A window ago is not empty yet, but holds nothing any more.
  if (start - last >= window) return 0;
  const length = buckets.length;
  const end = last / granularity;
  const passed = Math.max(0, start / granularity - end);
  let sum = total;
  for (let i = 1; i <= passed; i++) sum -= buckets[(end + i) % length];
  const held = Math.min((last - first) / granularity + 1, length - passed);
  return Math.floor((sum / held) * 1e6) / 1e6;
}

/** The newest bucket weighs c, each older one (1 − c) times the one after it. */
function weighted(
  { granularity, buckets }: AverageWindow,
  { last }: NonNullable<AverageWindow['written']>,
  start: number,
): number {
  const length = buckets.length;
  const share = newestShare(length);
  const end = last / granularity;
  const passed = Math.max(0, start / granularity - end);
  let weight = share * pow(1 - share, passed);
  let sum = 0;
  for (let i = 0; i < length - passed; i++) {
    sum += buckets[(end + length - i) % length] * weight;
    weight *= 1 - share;
  }
  return sum;
}

/** So that all buckets together weigh 0.9999; in long windows more, so that old ones fade. */
function newestShare(buckets: number): number {
  return Math.max(1 - pow(1 - 0.9999, 1 / buckets), 0.2);
}
