/** Instants for people: the time of day, with the date where the run lasts longer than a day. */
import { formatClock, formatInstant, type WallClock } from '../format.ts';

export interface Moments extends WallClock {
  /** µs */
  readonly duration: number;
}

const DAY = 86_400_000_000;

/** With milliseconds: 08:00:03.120. */
export function preciseMomentText(at: number, clock: Moments): string {
  const instant = clock.start + at;
  const ofSecond = Math.floor(instant / 1000) - Math.floor(instant / 1_000_000) * 1000;
  return `${momentText(at, clock)}.${String(ofSecond).padStart(3, '0')}`;
}

export function momentText(at: number, clock: Moments): string {
  if (clock.duration <= DAY) return formatClock(at, clock);
  // Without the UTC offset, which is the same for all of them.
  return formatInstant(at, clock).split(' ').slice(0, 2).join(' ');
}
