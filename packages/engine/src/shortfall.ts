/**
 * When the ready slots carried the offered load and when not, looked at once a second: the offered
 * load is the planned λ(t)·S, S the time for which a request holds its slot, so that the answer is
 * about capacity and not about luck.
 */
import type { Model } from './model.ts';
import { totalRateAt } from './traffic/rate.ts';

export interface Shortfall {
  /** Per service: first instant short of slots, µs; −1 = never. */
  readonly since: Float64Array;
  /** Per service: first instant after that with enough again, µs; −1 = not yet. */
  readonly until: Float64Array;
  /** Time with any service short of slots, µs. */
  total: number;
}

export function createShortfall(services: number): Shortfall {
  return {
    since: new Float64Array(services).fill(-1),
    until: new Float64Array(services).fill(-1),
    total: 0,
  };
}

/** Looks at the instant `now`, which stands for the second after it. */
export function watchShortfall(shortfall: Shortfall, model: Model, now: number): void {
  let anyShort = false;
  model.services.forEach(({ plane, holdTime, slots, curves }, i) => {
    const load = totalRateAt(curves, now) * holdTime * 1e-6;
    const short = load > plane.readyCount() * slots;
    if (short && shortfall.since[i] < 0) shortfall.since[i] = now;
    if (!short && shortfall.since[i] >= 0 && shortfall.until[i] < 0) shortfall.until[i] = now;
    anyShort ||= short;
  });
  if (anyShort) shortfall.total += Math.min(1e6, model.horizon - now);
}

/** The longest of the services’ first shortfalls, µs; 0 = none, null = one has not ended. */
export function timeToCapacity(shortfall: Shortfall): number | null {
  let longest = 0;
  for (let i = 0; i < shortfall.since.length; i++) {
    if (shortfall.since[i] < 0) continue;
    if (shortfall.until[i] < 0) return null;
    longest = Math.max(longest, shortfall.until[i] - shortfall.since[i]);
  }
  return longest;
}
