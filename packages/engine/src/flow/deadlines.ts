/**
 * When requests give up: the client's time-out, which counts from the arrival until the answer, and
 * patience, which counts while a request waits. A source whose requests all have the same limit
 * keeps them in a ring, in order of arrival; drawn patience has a heap (patience-queue.ts).
 *
 * A request that is over leaves the front of its rings at once, so that a ring holds what came
 * since the oldest request that is not over, however long the time-out is.
 *
 * At one instant the order is that of the sources, then of arrival.
 */
import type { DeadlineRing, Plane } from './columns.ts';
import { growRing } from './growth.ts';
import { joinPatience, leavePatience } from './patience-queue.ts';
import { release } from './rows.ts';

const NONE = -1;

/** The request will be visited when its client's time-out is over. */
export function watchTimeout(plane: Plane, row: number): void {
  const ring = plane.deadlines.timeoutRing[plane.requests.source[row]];
  if (ring !== NONE) push(plane, ring, row);
}

/** The request, which waits, will be visited when its patience is over. */
export function watchPatience(plane: Plane, row: number, patience: number): void {
  const { deadlines, requests } = plane;
  const source = requests.source[row];
  const ring = deadlines.patienceRing[source];
  if (ring !== NONE) push(plane, ring, row);
  const { drawn } = deadlines;
  if (drawn === null || !(patience < deadlines.timeout[source])) return;
  const instant = requests.arrival[row] + patience;
  joinPatience(drawn, row, instant, source);
  if (drawn.rows[0] === row) findNext(plane);
}

/** The request waits no more: its patience means nothing. */
export function forgetPatience(plane: Plane, row: number): void {
  const { deadlines, requests } = plane;
  const { drawn } = deadlines;
  if (drawn !== null) {
    const wasFirst = drawn.length > 0 && drawn.rows[0] === row;
    leavePatience(drawn, row);
    if (wasFirst) findNext(plane);
  }
  const ring = deadlines.patienceRing[requests.source[row]];
  if (ring !== NONE) sweepFrom(plane, ring, row);
}

/** The request is over: no deadline means anything. */
export function forgetTimeout(plane: Plane, row: number): void {
  const ring = plane.deadlines.timeoutRing[plane.requests.source[row]];
  if (ring !== NONE) sweepFrom(plane, ring, row);
}

/**
 * Takes the request whose deadline is next and returns its row, which the caller holds; the caller
 * has to give it a state in which the deadline is past, then to call `findNext`.
 */
export function takeDue(plane: Plane): number {
  const { deadlines, requests } = plane;
  const { rings, drawn } = deadlines;
  if (deadlines.nextRing < rings.length) {
    const ring = rings[deadlines.nextRing];
    const row = ring.rows[ring.head & (ring.rows.length - 1)];
    ring.head++;
    sweep(plane, ring);
    return row;
  }
  const row = (drawn as NonNullable<typeof drawn>).rows[0];
  leavePatience(drawn as NonNullable<typeof drawn>, row);
  requests.holders[row] += 1;
  return row;
}

function push(plane: Plane, index: number, row: number): void {
  const { deadlines, requests } = plane;
  const ring = deadlines.rings[index];
  if (ring.tail - ring.head === ring.rows.length) growRing(ring);
  ring.rows[ring.tail & (ring.rows.length - 1)] = row;
  ring.tail++;
  requests.holders[row] += 1;
  if (ring.tail - ring.head > 1) return;
  const instant = requests.arrival[row] + ring.delay;
  if (instant < deadlines.next) {
    deadlines.next = instant;
    deadlines.nextRing = index;
  } else if (instant === deadlines.next) findNext(plane);
}

/** If the row is the first of the ring, it leaves it, with all behind it that are past. */
function sweepFrom(plane: Plane, index: number, row: number): void {
  const ring = plane.deadlines.rings[index];
  if (ring.head === ring.tail || ring.rows[ring.head & (ring.rows.length - 1)] !== row) return;
  sweep(plane, ring);
  if (index === plane.deadlines.nextRing) findNext(plane);
}

function sweep(plane: Plane, ring: DeadlineRing): void {
  const { state } = plane.requests;
  const { rows, mootFrom, tail } = ring;
  const mask = rows.length - 1;
  let head = ring.head;
  while (head !== tail) {
    const row = rows[head & mask];
    if (state[row] < mootFrom) break;
    head++;
    release(plane, row);
  }
  ring.head = head;
}

/** Finds the earliest deadline; the first of every ring is one that is not past. */
export function findNext(plane: Plane): void {
  const { deadlines, requests } = plane;
  const { rings, drawn } = deadlines;
  let next = Number.POSITIVE_INFINITY;
  let nextRing = 0;
  for (let index = 0; index < rings.length; index++) {
    const ring = rings[index];
    if (ring.head === ring.tail) continue;
    const row = ring.rows[ring.head & (ring.rows.length - 1)];
    const instant = requests.arrival[row] + ring.delay;
    if (instant < next) {
      next = instant;
      nextRing = index;
    }
  }
  if (drawn !== null && drawn.length > 0) {
    const row = drawn.rows[0];
    const instant = drawn.instant[row];
    const tie = instant === next && drawn.source[row] < rings[nextRing].source;
    if (instant < next || tie) {
      next = instant;
      nextRing = rings.length;
    }
  }
  deadlines.next = next;
  deadlines.nextRing = nextRing;
}
