/**
 * Samples of one series, and what a query over a window makes of them, as Prometheus does: `rate`
 * of a counter, with its extrapolation to the window's edges, or the mean of a gauge.
 *
 * A counter that began within the window is not scaled up to the whole of it: a young pod shows
 * less than it does. That is how the real query reads.
 *
 * @source prometheus/prometheus promql/functions.go, extrapolatedRate; a range takes the samples
 * after its start up to its end.
 */

const SECOND = 1e6;

/** In the order of time; columns of equal length. */
export interface Series {
  /** µs */
  readonly times: number[];
  readonly values: number[];
}

export function noSeries(): Series {
  return { times: [], values: [] };
}

/** Adds a sample and forgets those up to `before`. */
export function record({ times, values }: Series, time: number, value: number, before: number) {
  times.push(time);
  values.push(value);
  let old = 0;
  while (times[old] <= before) old++;
  times.splice(0, old);
  values.splice(0, old);
}

/** The window (start, end] of a query, µs. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What a query found: its value, and when its newest sample was taken. */
export interface Found {
  readonly value: number;
  readonly newest: number;
}

/** Increase per second; null = fewer than two samples. */
export function counterRate(series: Series, { start, end }: Range): Found | null {
  const [first, past] = within(series, { start, end });
  if (past - first < 2) return null;
  const { times, values } = series;
  const [begins, ends] = [times[first], times[past - 1]];
  const increase = values[past - 1] - values[first];
  const sampled = ends - begins;
  const apart = sampled / (past - first - 1);
  let before = edge(begins - start, apart);
  // A counter cannot have been below zero: it began where the line through it meets zero.
  if (increase > 0 && values[first] >= 0) {
    before = Math.min(before, sampled * (values[first] / increase));
  }
  const after = edge(end - ends, apart);
  const factor = (sampled + before + after) / sampled;
  return { value: (increase * factor * SECOND) / (end - start), newest: ends };
}

/** Extrapolated to the edge if a sample more would not fit, else by half the usual distance. */
function edge(distance: number, apart: number): number {
  return distance >= apart * 1.1 ? apart / 2 : distance;
}

/** The mean of the samples; null = none. */
export function gaugeMean(series: Series, range: Range): Found | null {
  const [first, past] = within(series, range);
  if (past === first) return null;
  let sum = 0;
  for (let i = first; i < past; i++) sum += series.values[i];
  return { value: sum / (past - first), newest: series.times[past - 1] };
}

/** The first sample in the range, and the first one after it. */
function within({ times }: Series, { start, end }: Range): readonly [number, number] {
  let first = 0;
  while (first < times.length && times[first] <= start) first++;
  let past = first;
  while (past < times.length && times[past] <= end) past++;
  return [first, past];
}
