/**
 * The data plane's general path: event by event, nothing simplified away. At equal times departures
 * come first, then time-outs, (control events, by the caller,) then arrivals.
 *
 * A waiting request whose client gives up leaves the queue at once; one in service is counted as
 * timed out at that instant while its slot works on to the end.
 */
import { recordValue } from '../stats/histogram.ts';
import {
  DONE,
  FAILED,
  growRequests,
  growRing,
  IN_SERVICE,
  LATE,
  LEVEL_IN_SYSTEM,
  LEVEL_TIME,
  LEVEL_WAITING,
  OFFERED,
  type Plane,
  REJECTED,
  SERVED,
  TIMED_OUT,
  TIMED_OUT_COUNT,
  WAITED,
  WAITING,
} from './columns.ts';
import { IN_QUEUE, IN_SYSTEM } from './data-plane.ts';
import { rankDown, rankIn, rankOut, rankUp } from './ranking.ts';

const NONE = -1;

/** Runs everything that happens before the control events of `until`, µs. */
export function advance(plane: Plane, until: number): void {
  const { arrivals, departures } = plane;
  for (;;) {
    if (arrivals.next === arrivals.end) arrivals.refill(arrivals);
    const arrival =
      arrivals.next < arrivals.end ? arrivals.time[arrivals.next] : Number.POSITIVE_INFINITY;
    const departure = departures.nextTime;
    const deadline = plane.deadline;
    if (departure <= deadline && departure <= arrival) {
      if (departure > until) return;
      elapse(plane, departure);
      depart(plane);
    } else if (deadline <= arrival) {
      if (deadline > until) return;
      elapse(plane, deadline);
      timeOut(plane);
    } else {
      if (arrival >= until) return;
      elapse(plane, arrival);
      arrive(plane, arrivals.next++);
    }
  }
}

/** Carries the integrals on to `time`. */
export function elapse(plane: Plane, time: number): void {
  const { levels, integrals } = plane;
  const length = time - levels[LEVEL_TIME];
  integrals[IN_QUEUE] += levels[LEVEL_WAITING] * length;
  integrals[IN_SYSTEM] += levels[LEVEL_IN_SYSTEM] * length;
  levels[LEVEL_TIME] = time;
}

function arrive(plane: Plane, i: number): void {
  const { pods, arrivals, counts } = plane;
  counts[OFFERED] += 1;
  if (pods.readyCount === 0) {
    counts[REJECTED] += 1;
    return;
  }
  const pod = plane.choose(pods, arrivals.draws[2 * i], arrivals.draws[2 * i + 1]);
  const busy = pods.busy[pod];
  const queueLength = pods.queueLength[pod];
  const time = arrivals.time[i];
  const service = arrivals.service[i];
  const source = arrivals.source[i];
  plane.levels[LEVEL_IN_SYSTEM] += 1;
  if (busy < pods.slots) {
    if (pods.ranking !== null) rankUp(pods.ranking, pod, busy + queueLength);
    const slot = plane.slots.free[pod * pods.slots + (pods.slots - busy - 1)];
    pods.busy[pod] = busy + 1;
    const willTimeOut = service > plane.rings[source].timeout;
    const row = willTimeOut ? takeRow(plane, pod, time, service, source) : NONE;
    startService(plane, slot, pod, row, time, time + service);
    pods.booked[pod] += service;
  } else if (queueLength < plane.queueLimit) {
    if (pods.ranking !== null) rankUp(pods.ranking, pod, busy + queueLength);
    enqueue(plane, pod, takeRow(plane, pod, time, service, source));
  } else {
    plane.levels[LEVEL_IN_SYSTEM] -= 1;
    counts[REJECTED] += 1;
  }
}

function startService(
  plane: Plane,
  slot: number,
  pod: number,
  row: number,
  arrival: number,
  end: number,
): void {
  plane.slots.arrival[slot] = arrival;
  plane.slots.request[slot] = row;
  if (row !== NONE) {
    plane.requests.state[row] = IN_SERVICE;
    plane.requests.pod[row] = pod;
  }
  plane.departures.insert(slot, end);
}

/** A row for a request that waits or will time out, held by its ring and its queue or slot. */
function takeRow(plane: Plane, pod: number, time: number, service: number, source: number): number {
  const { requests } = plane;
  if (requests.unusedCount === 0) growRequests(requests);
  const row = requests.unused[--requests.unusedCount];
  requests.arrival[row] = time;
  requests.service[row] = service;
  requests.pod[row] = pod;
  requests.state[row] = WAITING;
  requests.holders[row] = 2;
  requests.next[row] = NONE;
  const ring = plane.rings[source];
  if (ring.tail - ring.head === ring.rows.length) growRing(ring);
  ring.rows[ring.tail & (ring.rows.length - 1)] = row;
  ring.tail++;
  const deadline = time + ring.timeout;
  const earlier = deadline < plane.deadline;
  if (earlier || (deadline === plane.deadline && source < plane.deadlineRing)) {
    plane.deadline = deadline;
    plane.deadlineRing = source;
  }
  return row;
}

function release(plane: Plane, row: number): void {
  const { requests } = plane;
  requests.holders[row] -= 1;
  if (requests.holders[row] === 0) requests.unused[requests.unusedCount++] = row;
}

function enqueue(plane: Plane, pod: number, row: number): void {
  const { pods, requests } = plane;
  const last = pods.queueLast[pod];
  if (last === NONE) pods.queueFirst[pod] = row;
  else requests.next[last] = row;
  pods.queueLast[pod] = row;
  pods.queueLength[pod] += 1;
  plane.levels[LEVEL_WAITING] += 1;
  plane.counts[WAITED] += 1;
}

/** Takes rows whose client gave up off the front of the queue. */
function dropGone(plane: Plane, pod: number): void {
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

function depart(plane: Plane): void {
  const { pods, slots, requests, departures } = plane;
  const time = departures.nextTime;
  const slot = departures.nextSlot;
  departures.pop();
  const pod = Math.floor(slot / pods.slots);
  if (pods.ranking !== null) {
    rankDown(pods.ranking, pod, pods.busy[pod] + pods.queueLength[pod]);
  }
  const finished = slots.request[slot];
  if (finished === NONE || requests.state[finished] !== TIMED_OUT) {
    const latency = time - slots.arrival[slot];
    complete(plane, latency, finished === NONE ? 0 : latency - requests.service[finished]);
  }
  if (finished !== NONE) {
    if (requests.state[finished] !== TIMED_OUT) requests.state[finished] = DONE;
    release(plane, finished);
  }
  dropGone(plane, pod);
  const row = pods.queueFirst[pod];
  if (row === NONE) {
    slots.request[slot] = NONE;
    slots.arrival[slot] = NONE;
    pods.busy[pod] -= 1;
    slots.free[pod * pods.slots + (pods.slots - pods.busy[pod] - 1)] = slot;
    return;
  }
  pods.queueFirst[pod] = requests.next[row];
  if (pods.queueFirst[pod] === NONE) pods.queueLast[pod] = NONE;
  pods.queueLength[pod] -= 1;
  plane.levels[LEVEL_WAITING] -= 1;
  startService(plane, slot, pod, row, requests.arrival[row], time + requests.service[row]);
  pods.booked[pod] += requests.service[row];
}

function complete(plane: Plane, latency: number, wait: number): void {
  plane.counts[latency <= plane.latencyObjective ? SERVED : LATE] += 1;
  plane.levels[LEVEL_IN_SYSTEM] -= 1;
  recordValue(plane.window, latency);
  recordValue(plane.waits, wait);
}

function timeOut(plane: Plane): void {
  const { pods, requests } = plane;
  const ring = plane.rings[plane.deadlineRing];
  const row = ring.rows[ring.head & (ring.rows.length - 1)];
  ring.head++;
  const state = requests.state[row];
  if (state === WAITING) {
    const pod = requests.pod[row];
    if (pods.ranking !== null) {
      rankDown(pods.ranking, pod, pods.busy[pod] + pods.queueLength[pod]);
    }
    requests.state[row] = TIMED_OUT;
    pods.queueLength[pod] -= 1;
    dropGone(plane, pod);
    plane.levels[LEVEL_WAITING] -= 1;
    plane.levels[LEVEL_IN_SYSTEM] -= 1;
    plane.counts[TIMED_OUT_COUNT] += 1;
  } else if (state === IN_SERVICE) {
    requests.state[row] = TIMED_OUT;
    plane.levels[LEVEL_IN_SYSTEM] -= 1;
    plane.counts[TIMED_OUT_COUNT] += 1;
  }
  release(plane, row);
  findDeadline(plane);
}

function findDeadline(plane: Plane): void {
  let earliest = Number.POSITIVE_INFINITY;
  for (let source = 0; source < plane.rings.length; source++) {
    const ring = plane.rings[source];
    if (ring.head === ring.tail) continue;
    const row = ring.rows[ring.head & (ring.rows.length - 1)];
    const deadline = plane.requests.arrival[row] + ring.timeout;
    if (deadline < earliest) {
      earliest = deadline;
      plane.deadlineRing = source;
    }
  }
  plane.deadline = earliest;
}

/** Loses everything that the pod holds, at `time`: crash, kill, end of the grace period. */
export function loseWork(plane: Plane, pod: number, time: number): void {
  const { pods, slots, requests, departures } = plane;
  if (pod >= pods.capacity) return;
  elapse(plane, time);
  plane.levels[LEVEL_WAITING] -= pods.queueLength[pod];
  const first = pod * pods.slots;
  // A crashed pod that stays ready is suddenly empty.
  const ranked = pods.ranking !== null && pods.ranking.position[pod] >= 0;
  if (ranked) rankOut(pods, pod);
  for (let slot = first; slot < first + pods.slots; slot++) {
    if (slots.arrival[slot] === NONE) continue;
    pods.booked[pod] -= departures.timeOf(slot) - time;
    departures.remove(slot);
    fail(plane, slots.request[slot]);
    slots.request[slot] = NONE;
    slots.arrival[slot] = NONE;
  }
  for (let row = pods.queueFirst[pod]; row !== NONE; row = requests.next[row]) fail(plane, row);
  for (let k = 0; k < pods.slots; k++) slots.free[first + k] = first + pods.slots - 1 - k;
  pods.busy[pod] = 0;
  pods.queueLength[pod] = 0;
  pods.queueFirst[pod] = NONE;
  pods.queueLast[pod] = NONE;
  if (ranked) rankIn(pods, pod);
}

function fail(plane: Plane, row: number): void {
  if (row === NONE) {
    plane.levels[LEVEL_IN_SYSTEM] -= 1;
    plane.counts[FAILED] += 1;
    return;
  }
  if (plane.requests.state[row] !== TIMED_OUT) {
    plane.requests.state[row] = DONE;
    plane.levels[LEVEL_IN_SYSTEM] -= 1;
    plane.counts[FAILED] += 1;
  }
  release(plane, row);
}
