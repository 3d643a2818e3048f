/**
 * The largest of what was recorded within a window, by buckets of time: what delays a scale-down.
 * Kept are the values that may still become the largest: indices ascend, values descend.
 *
 * Buckets count from the first of time, not from the first record; times are expected to ascend.
 *
 * @source knative/serving, pkg/autoscaler/aggregation/max/{window,timewindow}.go ("ascending
 *   minima"), August 2026.
 */
import { MICROSECONDS_PER_SECOND } from '../kernel/units.ts';

export interface PeakWindow {
  /** µs, whole seconds. */
  readonly granularity: number;
  /** How many buckets the window has. */
  readonly size: number;
  readonly peaks: readonly Peak[];
}

interface Peak {
  readonly index: number;
  readonly value: number;
}

export function peakWindow(duration: number, granularity: number): PeakWindow {
  return { granularity, size: Math.ceil(duration / granularity), peaks: [] };
}

export function withPeak(window: PeakWindow, now: number, value: number): PeakWindow {
  const { granularity, size } = window;
  const second = Math.floor(now / MICROSECONDS_PER_SECOND);
  const index = Math.floor(second / (granularity / MICROSECONDS_PER_SECOND));
  const peaks = [...window.peaks];
  let last = peaks.at(-1);
  // Neither larger nor newer than what comes: it can never be the largest again.
  while (last !== undefined && value >= last.value) {
    peaks.pop();
    last = peaks.at(-1);
  }
  while (peaks.length > 0 && index - peaks[0].index >= size) peaks.shift();
  // Of one bucket the largest counts, and it is there already.
  if (peaks.at(-1)?.index !== index) peaks.push({ index, value });
  return { ...window, peaks };
}

/** 0 before the first record. */
export function peakOf({ peaks }: PeakWindow): number {
  return peaks[0]?.value ?? 0;
}
