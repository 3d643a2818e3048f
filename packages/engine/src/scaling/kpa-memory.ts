/** What the KPA remembers of a revision between decisions. A value: a decision returns another. */

import { type PeakWindow, peakWindow } from './kpa-peak-window.ts';
import { KPA_TICK, type KpaSpec } from './kpa-spec.ts';

export interface KpaMemory {
  /** When the load was last over the panic threshold, µs; null = no panic. */
  readonly panicSince: number | null;
  /** The most that was wanted since the panic began: it never scales down. */
  readonly maxPanicPods: number;
  /** What was wanted lately; null = scale-down is not delayed. */
  readonly delay: PeakWindow | null;
}

/**
 * Of a revision that the autoscaler meets at `now` with `readyPods`; null = they cannot be counted.
 * With more than one it starts in panic: it has no history, and would scale down for that.
 */
export function kpaMemory(spec: KpaSpec, readyPods: number | null, now: number): KpaMemory {
  const pods = readyPods ?? 0;
  return {
    panicSince: pods > 1 ? now : null,
    maxPanicPods: pods,
    delay: spec.scaleDownDelay > 0 ? peakWindow(spec.scaleDownDelay, KPA_TICK) : null,
  };
}
