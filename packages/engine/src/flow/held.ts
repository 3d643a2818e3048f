/** Requests in a service's own queue (hold.ts): how they come, and who takes them. */
import type { Arrivals } from './arrival-columns.ts';
import { leastLoaded } from './balancers/least-loaded.ts';
import {
  LEVEL_IN_SYSTEM,
  LEVEL_WAITING,
  type Plane,
  REJECTED,
  TIMED_OUT,
  WAITED,
} from './columns.ts';
import { watchPatience, watchTimeout } from './deadlines.ts';
import { REFUSED } from './fates.ts';
import { growHold, type Hold } from './hold.ts';
import { release, takeRow } from './rows.ts';

const NONE = -1;

/** Whether an arrival goes to the queue. */
export function isHeld(plane: Plane, hold: Hold): boolean {
  return hold.length > 0 || !hasTakers(plane) || (hold.inPath && !hasRoom(plane, hold));
}

/** Arrival i waits, or is refused; returns its row. */
export function arriveAtHold(plane: Plane, hold: Hold, arrivals: Arrivals, i: number): number {
  if (hold.length >= hold.limit) {
    plane.counts[REJECTED] += 1;
    return REFUSED;
  }
  const { requests, levels } = plane;
  const row = takeRow(plane, NONE, arrivals.time[i], arrivals.service[i], arrivals.source[i]);
  if (row >= hold.draw.length) growHold(hold, requests.capacity);
  hold.draw[row] = arrivals.draws[2 * i];
  levels[LEVEL_IN_SYSTEM] += 1;
  levels[LEVEL_WAITING] += 1;
  plane.counts[WAITED] += 1;
  watchTimeout(plane, row);
  watchPatience(plane, row, arrivals.patience[i]);
  if (hold.last === NONE) hold.first = row;
  else requests.next[hold.last] = row;
  hold.last = row;
  hold.length += 1;
  return row;
}

/** The pod that takes the first of the queue, NONE if nobody waits or no pod has room. */
export function takerOfHeld(plane: Plane, hold: Hold): number {
  if (hold.length === 0 || !hasTakers(plane) || !hasRoom(plane, hold)) return NONE;
  return leastLoaded(plane.pods, hold.draw[hold.first], 0);
}

/** Takes the first row off the queue, in which somebody waits; the row is held by the caller. */
export function takeHeld(plane: Plane, hold: Hold): number {
  const row = hold.first;
  hold.first = plane.requests.next[row];
  hold.length -= 1;
  plane.levels[LEVEL_WAITING] -= 1;
  plane.requests.next[row] = NONE;
  dropGoneHeld(plane, hold);
  return row;
}

/** Takes rows whose client gave up off the front of the queue. */
export function dropGoneHeld(plane: Plane, hold: Hold): void {
  const { requests } = plane;
  let row = hold.first;
  while (row !== NONE && requests.state[row] === TIMED_OUT) {
    const following = requests.next[row];
    release(plane, row);
    row = following;
  }
  hold.first = row;
  if (row === NONE) hold.last = NONE;
}

/** Arrival of the first that waits, µs; Infinity = nobody does. */
export function firstHeld({ requests }: Plane, hold: Hold): number {
  return hold.first === NONE ? Number.POSITIVE_INFINITY : requests.arrival[hold.first];
}

/** Some pod is ready and its port open: those are the ones that are ranked. */
function hasTakers({ pods }: Plane): boolean {
  return pods.readyCount > pods.closedCount;
}

function hasRoom({ pods }: Plane, { perPod }: Hold): boolean {
  const least = (pods.ranking as NonNullable<typeof pods.ranking>).order[0];
  return pods.busy[least] + pods.queueLength[least] < perPod;
}
