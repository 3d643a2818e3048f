/** Canonical units: time is an integer number of microseconds since the start of the scenario. */
export const MICROSECONDS_PER_SECOND = 1_000_000;
export const MICROSECONDS_PER_HOUR = 3_600_000_000;

/** The nearest µs, at least 1: a draw never takes no time, so that causes precede effects. */
export function roundDelay(microseconds: number): number {
  return Math.max(1, Math.round(microseconds));
}
