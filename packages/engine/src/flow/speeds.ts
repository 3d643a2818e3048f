/**
 * Pods that do not always work at full speed, because others on their node take CPU. What a slot
 * still has to do is counted in whole ticks of 1/65 536 µs, and a speed is a whole number of ticks
 * per µs: so a request ends on the first whole µs at which its work is done, however often the
 * speed changes on the way. (Where requests share CPU, it is their pod's clock: processor.ts.)
 */
import type { DepartureQueue } from './departure-queue.ts';

/** Ticks per µs of a pod at full speed. */
export const FULL_SPEED = 65_536;

export interface Speeds {
  /** By pod, ticks per µs. */
  speed: Float64Array;
  /** By slot: work left at `since`, ticks, µs. */
  work: Float64Array;
  since: Float64Array;
}

export function createSpeeds(pods: number, slots: number): Speeds {
  return {
    speed: new Float64Array(pods).fill(FULL_SPEED),
    work: new Float64Array(slots),
    since: new Float64Array(slots),
  };
}

/** Whole ticks per µs, at least one. */
export function speedOf(factor: number): number {
  return Math.max(1, Math.round(factor * FULL_SPEED));
}

/** The request in the slot begins its work of `service` µs; returns when it is done. */
export function beginWork(
  { speed, work, since }: Speeds,
  pod: number,
  slot: number,
  time: number,
  service: number,
): number {
  work[slot] = service * FULL_SPEED;
  since[slot] = time;
  return time + Math.ceil(work[slot] / speed[pod]);
}

/** Work of the slot that is left at `time`, µs at full speed. */
export function workLeftIn(
  { speed, work, since }: Speeds,
  pod: number,
  slot: number,
  time: number,
) {
  return Math.max(0, work[slot] - speed[pod] * (time - since[slot])) / FULL_SPEED;
}

/**
 * The pod works at `speed` from `time` on: what its slots, from `first` to `end`, have in service
 * (`arrival` ≥ 0) ends at other times.
 */
export function changeSpeed(
  speeds: Speeds,
  departures: DepartureQueue,
  { pod, first, end }: { readonly pod: number; readonly first: number; readonly end: number },
  arrival: Float64Array,
  speed: number,
  time: number,
): void {
  const { work, since } = speeds;
  for (let slot = first; slot < end; slot++) {
    // A slot whose own work is done may still be held: its request waits for calls.
    if (arrival[slot] < 0 || departures.timeOf(slot) <= time) continue;
    work[slot] = Math.max(0, work[slot] - speeds.speed[pod] * (time - since[slot]));
    since[slot] = time;
    departures.remove(slot);
    departures.insert(slot, time + Math.ceil(work[slot] / speed));
  }
  speeds.speed[pod] = speed;
}

export function growSpeeds(speeds: Speeds, pods: number, slots: number): void {
  const { speed, work, since } = speeds;
  const larger = createSpeeds(pods, slots);
  larger.speed.set(speed);
  larger.work.set(work);
  larger.since.set(since);
  speeds.speed = larger.speed;
  speeds.work = larger.work;
  speeds.since = larger.since;
}
