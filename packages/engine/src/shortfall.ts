/**
 * When the ready slots carried the offered load and when not, looked at once a second: the offered
 * load is the planned λ(t)·S, S the time for which a request holds its slot, so that the answer is
 * about capacity and not about luck.
 */
import type { Model, ServiceModel } from './model.ts';
import { peakRate, totalRateAt } from './traffic/rate.ts';

const SECOND = 1e6;

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

/**
 * Looks at [from, to), in which the ready slots stay what they are; each instant stands for the
 * second after it.
 */
export function watchShortfall(shortfall: Shortfall, model: Model, from: number, to: number): void {
  const { services, horizon } = model;
  const { since, until } = shortfall;
  const ready = services.map(({ plane, slots }) => plane.readyCount() * slots);
  if (isNeverShort(services, ready, (to - from) / SECOND)) {
    for (let i = 0; i < ready.length; i++) if (since[i] >= 0 && until[i] < 0) until[i] = from;
    return;
  }
  for (let now = from; now < to; now += SECOND) {
    let anyShort = false;
    for (let i = 0; i < ready.length; i++) {
      const { curves, holdTime } = services[i];
      const short = totalRateAt(curves, now) * holdTime * 1e-6 > ready[i];
      if (short && since[i] < 0) since[i] = now;
      if (!short && since[i] >= 0 && until[i] < 0) until[i] = now;
      anyShort ||= short;
    }
    if (anyShort) shortfall.total += Math.min(SECOND, horizon - now);
  }
}

/** More than rounding can add to a rate within a segment. */
const MARGIN = 1 + 1e-9;

/** Whether no second can be short of slots, where that is seen in fewer steps than `seconds`. */
function isNeverShort(
  services: readonly ServiceModel[],
  ready: readonly number[],
  seconds: number,
): boolean {
  let segments = 0;
  for (const { curves } of services) for (const { rate } of curves) segments += rate.length;
  if (segments >= seconds) return false;
  return services.every(({ curves, holdTime }, i) => {
    const most = curves.reduce((sum, curve) => sum + peakRate(curve), 0);
    return most * holdTime * 1e-6 * MARGIN <= ready[i];
  });
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
