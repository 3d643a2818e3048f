/** Rows of `Requests`: taken by a request that waits or may time out, given back by its holders. */
import { LEVEL_WAITING, type Plane, TIMED_OUT, WAITED, WAITING } from './columns.ts';
import { growRequests } from './growth.ts';

const NONE = -1;

/** A row, held by the queue or slot of its request. */
export function takeRow(
  plane: Plane,
  pod: number,
  time: number,
  service: number,
  source: number,
): number {
  const { requests } = plane;
  if (requests.unusedCount === 0) growRequests(requests);
  const row = requests.unused[--requests.unusedCount];
  requests.arrival[row] = time;
  requests.service[row] = service;
  requests.pod[row] = pod;
  requests.source[row] = source;
  requests.state[row] = WAITING;
  requests.holders[row] = 1;
  requests.sample[row] = NONE;
  requests.next[row] = NONE;
  return row;
}

export function release(plane: Plane, row: number): void {
  const { requests } = plane;
  requests.holders[row] -= 1;
  if (requests.holders[row] === 0) requests.unused[requests.unusedCount++] = row;
}

/** Joins the pod's queue for the first time. */
export function enqueue(plane: Plane, pod: number, row: number): void {
  joinTail(plane, pod, row);
  plane.counts[WAITED] += 1;
}

export function joinTail(plane: Plane, pod: number, row: number): void {
  const { pods, requests } = plane;
  const last = pods.queueLast[pod];
  if (last === NONE) pods.queueFirst[pod] = row;
  else requests.next[last] = row;
  pods.queueLast[pod] = row;
  pods.queueLength[pod] += 1;
  plane.levels[LEVEL_WAITING] += 1;
}

/** Takes the first row off the queue, NONE if nobody waits; the row is held by the caller. */
export function dequeue(plane: Plane, pod: number): number {
  const { pods, requests } = plane;
  dropGone(plane, pod);
  const row = pods.queueFirst[pod];
  if (row === NONE) return NONE;
  pods.queueFirst[pod] = requests.next[row];
  if (pods.queueFirst[pod] === NONE) pods.queueLast[pod] = NONE;
  pods.queueLength[pod] -= 1;
  plane.levels[LEVEL_WAITING] -= 1;
  return row;
}

/** Takes rows whose client gave up off the front of the queue. */
export function dropGone(plane: Plane, pod: number): void {
  const { pods, requests } = plane;
  let row = pods.queueFirst[pod];
  while (row !== NONE && requests.state[row] === TIMED_OUT) {
    const following = requests.next[row];
    release(plane, row);
    row = following;
  }
  pods.queueFirst[pod] = row;
  if (row === NONE) pods.queueLast[pod] = NONE;
}
