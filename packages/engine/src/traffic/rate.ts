/**
 * An arrival rate over time as a piecewise linear curve, the common form into which every arrival
 * description is compiled: exact to invert, cheap to evaluate.
 */
export interface RateCurve {
  /** @shape Float64Array[segments + 1], µs, increasing; the last is the end. */
  readonly start: Float64Array;
  /** @shape Float64Array[segments], requests/µs at the start of each segment. */
  readonly rate: Float64Array;
  /** @shape Float64Array[segments], requests/µs². */
  readonly slope: Float64Array;
}

/** A segment as written down: from `rate` to `endRate` (requests/s) within `duration` µs. */
export interface RateSegment {
  readonly duration: number;
  readonly rate: number;
  readonly endRate: number;
}

/** Joins segments, cuts them at the horizon and fills a rest of the horizon with the last rate. */
export function rateCurve(segments: readonly RateSegment[], horizon: number): RateCurve {
  const cut: RateSegment[] = [];
  let time = 0;
  for (const segment of segments) {
    if (time >= horizon) break;
    if (segment.duration <= 0) continue;
    const duration = Math.min(segment.duration, horizon - time);
    const share = duration / segment.duration;
    const endRate = segment.rate + (segment.endRate - segment.rate) * share;
    cut.push({ duration, rate: segment.rate, endRate });
    time += duration;
  }
  if (time < horizon) {
    const rate = segments.length === 0 ? 0 : segments[segments.length - 1].endRate;
    cut.push({ duration: horizon - time, rate, endRate: rate });
  }
  return columns(cut);
}

function columns(segments: readonly RateSegment[]): RateCurve {
  const start = new Float64Array(segments.length + 1);
  const rate = new Float64Array(segments.length);
  const slope = new Float64Array(segments.length);
  segments.forEach((segment, i) => {
    start[i + 1] = start[i] + segment.duration;
    rate[i] = segment.rate * 1e-6;
    slope[i] = ((segment.endRate - segment.rate) * 1e-6) / segment.duration;
  });
  return { start, rate, slope };
}

/** The same curve times a share of the traffic. */
export function scaleCurve(curve: RateCurve, factor: number): RateCurve {
  return {
    start: curve.start,
    rate: curve.rate.map((x) => x * factor),
    slope: curve.slope.map((x) => x * factor),
  };
}

/** Arrival rate at `time`, requests/s. */
export function rateAt(curve: RateCurve, time: number): number {
  let low = 0;
  let high = curve.rate.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (curve.start[middle] <= time) low = middle;
    else high = middle - 1;
  }
  return (curve.rate[low] + curve.slope[low] * (time - curve.start[low])) * 1e6;
}

/** Highest rate, requests/s: on a piecewise linear curve it lies at an end of a segment. */
export function peakRate(curve: RateCurve): number {
  let peak = 0;
  for (let i = 0; i < curve.rate.length; i++) {
    const end = curve.rate[i] + curve.slope[i] * (curve.start[i + 1] - curve.start[i]);
    peak = Math.max(peak, curve.rate[i], end);
  }
  return peak * 1e6;
}

/** Expected number of arrivals over the whole curve. */
export function expectedArrivals(curve: RateCurve): number {
  let sum = 0;
  for (let i = 0; i < curve.rate.length; i++) {
    const length = curve.start[i + 1] - curve.start[i];
    sum += (curve.rate[i] + 0.5 * curve.slope[i] * length) * length;
  }
  return sum;
}

/** Sum of several curves at `time`, requests/s. */
export function totalRateAt(curves: readonly RateCurve[], time: number): number {
  let rate = 0;
  for (const curve of curves) rate += rateAt(curve, time);
  return rate;
}

/** Highest sum of the curves within [from, to], requests/s; it lies at an end or at a joint. */
export function highestBetween(curves: readonly RateCurve[], from: number, to: number): number {
  let highest = Math.max(totalRateAt(curves, from), totalRateAt(curves, to));
  for (const { start } of curves) {
    let joint = start.findIndex((time) => time > from);
    for (; joint >= 0 && joint < start.length && start[joint] <= to; joint++) {
      // Rates may jump at a joint: look just before it as well.
      const before = Math.max(from, start[joint] - 1);
      highest = Math.max(highest, totalRateAt(curves, before), totalRateAt(curves, start[joint]));
    }
  }
  return highest;
}
