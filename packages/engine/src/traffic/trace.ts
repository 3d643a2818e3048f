/** A replayed trace: the rate of a bin is its count over its width, constant within the bin. */
import type { RateSegment } from './rate.ts';

export interface Trace {
  /** µs */
  readonly binWidth: number;
  readonly counts: readonly number[];
}

export function traceSegments(trace: Trace): RateSegment[] {
  const perSecond = 1e6 / trace.binWidth;
  return trace.counts.map((count) => ({
    duration: trace.binWidth,
    rate: count * perSecond,
    endRate: count * perSecond,
  }));
}
