/**
 * The data plane's general path: event by event, nothing simplified away. At equal times departures
 * come first, by slot, then deadlines, (control events, by the caller,) then arrivals.
 *
 * A waiting request that gives up leaves the queue at once; one in service is counted as timed out
 * at that instant while its slot works on to the end.
 */
import { recordValue } from '../stats/histogram.ts';
import type { Arrivals } from './arrival-columns.ts';
import { leastLoaded } from './balancers/least-loaded.ts';
import {
  DONE,
  FAILED,
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
  WAITING,
} from './columns.ts';
import { IN_QUEUE, IN_SYSTEM } from './data-plane.ts';
import {
  findNext,
  forgetPatience,
  forgetTimeout,
  takeDue,
  watchPatience,
  watchTimeout,
} from './deadlines.ts';
import { REFUSED, UNANSWERED } from './fates.ts';
import { arriveAtHold, dropGoneHeld, isHeld, takeHeld, takerOfHeld } from './held.ts';
import type { Hold } from './hold.ts';
import { ended } from './links.ts';
import { clearProcessor, finishedSlot, joinProcessor } from './processor.ts';
import { rankDown, rankIn, rankOut, rankUp } from './ranking.ts';
import { dequeue, dropGone, enqueue, joinTail, release, takeRow } from './rows.ts';
import { arriveWatched, endSampled, startSampled } from './sampled-rows.ts';
import { beginWork, FULL_SPEED, workLeftIn } from './speeds.ts';
import { beginWarmUp, endWarmUp } from './warm-up.ts';

const NONE = -1;

/** Runs everything that happens before the control events of `until`, µs. */
export function advance(plane: Plane, until: number): void {
  const { arrivals, departures, deadlines } = plane;
  for (;;) {
    if (arrivals.next === arrivals.end) arrivals.refill(arrivals);
    const arrival =
      arrivals.next < arrivals.end ? arrivals.time[arrivals.next] : Number.POSITIVE_INFINITY;
    const departure = departures.nextTime;
    const deadline = deadlines.next;
    if (departure <= deadline && departure <= arrival) {
      if (departure > until) return;
      elapse(plane, departure);
      depart(plane);
    } else if (deadline <= arrival) {
      if (deadline > until) return;
      elapse(plane, deadline);
      giveUp(plane);
    } else {
      if (arrival >= until) return;
      elapse(plane, arrival);
      arriveWatched(plane, arrivals, arrivals.next++);
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

/**
 * Arrival i; returns its row, NONE if it needs none, one of fates.ts if nobody takes it. Here and
 * below, what happens to few requests is in a function of its own: the engine's compiler then
 * inlines the rest into the loop.
 */
export function arrive(plane: Plane, arrivals: Arrivals, i: number): number {
  const { pods, counts } = plane;
  counts[OFFERED] += 1;
  const { hold } = plane;
  if (hold !== null && isHeld(plane, hold)) return arriveAtHold(plane, hold, arrivals, i);
  if (pods.readyCount === 0) {
    counts[REJECTED] += 1;
    return REFUSED;
  }
  const choose = hold === null || !hold.inPath ? plane.choose : leastLoaded;
  const pod = choose(pods, arrivals.draws[2 * i], arrivals.draws[2 * i + 1], arrivals, i);
  if (pods.isClosed[pod] === 1) {
    counts[FAILED] += 1;
    return UNANSWERED;
  }
  const busy = pods.busy[pod];
  if (busy === pods.slots) return arriveBusy(plane, arrivals, i, pod);
  plane.levels[LEVEL_IN_SYSTEM] += 1;
  if (pods.ranking !== null) rankUp(pods.ranking, pod, busy + pods.queueLength[pod]);
  const slot = plane.slots.free[pod * pods.slots + (pods.slots - busy - 1)];
  pods.busy[pod] = busy + 1;
  const time = arrivals.time[i];
  const service = workOf(plane, pod, time, arrivals.service[i]);
  const isLong = service > plane.deadlines.rowAbove[arrivals.source[i]];
  const row = isLong ? watchedRow(plane, arrivals, i, pod) : NONE;
  plane.slots.arrival[slot] = time;
  startService(plane, pod, slot, row, time, service);
  return row;
}

/** All slots of the pod are taken: arrival i waits, or is refused. */
function arriveBusy(plane: Plane, arrivals: Arrivals, i: number, pod: number): number {
  const { pods } = plane;
  const queueLength = pods.queueLength[pod];
  if (queueLength >= plane.queueLimit) {
    plane.counts[REJECTED] += 1;
    return REFUSED;
  }
  plane.levels[LEVEL_IN_SYSTEM] += 1;
  if (pods.ranking !== null) rankUp(pods.ranking, pod, pods.busy[pod] + queueLength);
  const row = takeRow(plane, pod, arrivals.time[i], arrivals.service[i], arrivals.source[i]);
  watchTimeout(plane, row);
  watchPatience(plane, row, arrivals.patience[i]);
  enqueue(plane, pod, row);
  return row;
}

/** The row of a request that starts at once and may not end in time. */
function watchedRow(plane: Plane, arrivals: Arrivals, i: number, pod: number): number {
  const time = arrivals.time[i];
  const row = takeRow(plane, pod, time, arrivals.service[i], arrivals.source[i]);
  plane.requests.state[row] = IN_SERVICE;
  plane.requests.start[row] = time;
  watchTimeout(plane, row);
  return row;
}

/** How long a request that begins now takes on the pod, µs at full speed. */
function workOf(plane: Plane, pod: number, time: number, service: number): number {
  const { warmUp } = plane;
  if (warmUp === null) return service;
  return beginWarmUp(warmUp, pod, time, service, podSpeed(plane, pod));
}

/** Ticks per µs. */
export function podSpeed({ processor, speeds }: Plane, pod: number): number {
  if (speeds !== null) return speeds.speed[pod];
  return processor === null ? FULL_SPEED : processor.full[pod];
}

function startService(
  plane: Plane,
  pod: number,
  slot: number,
  row: number,
  time: number,
  service: number,
): void {
  plane.slots.request[slot] = row;
  plane.pods.booked[pod] += service;
  const { processor, speeds } = plane;
  if (processor !== null) joinProcessor(processor, plane.departures, slot, time, service);
  else if (speeds === null) plane.departures.insert(slot, time + service);
  else plane.departures.insert(slot, beginWork(speeds, pod, slot, time, service));
}

function depart(plane: Plane): void {
  const time = plane.departures.nextTime;
  const slot = takeDeparture(plane);
  if (slot !== NONE) finish(plane, slot, time);
}

/** Takes the next departure: the slot whose work is done, or NONE if only a CPU quota is new. */
export function takeDeparture(plane: Plane): number {
  const { departures, processor, warmUp } = plane;
  const { nextTime, nextSlot } = departures;
  departures.pop();
  const slot =
    processor === null ? nextSlot : finishedSlot(processor, departures, nextSlot, nextTime);
  if (warmUp !== null && slot !== NONE) {
    const pod = Math.floor(slot / plane.pods.slots);
    endWarmUp(warmUp, pod, nextTime, 1, podSpeed(plane, pod));
  }
  return slot;
}

/** The request in the slot is over; the slot takes the next one, or is free. */
export function finish(plane: Plane, slot: number, time: number): void {
  const { slots } = plane;
  const row = slots.request[slot];
  if (row === NONE) complete(plane, time - slots.arrival[slot], 0);
  else finishRow(plane, row, time);
  vacate(plane, slot, time);
}

function finishRow(plane: Plane, row: number, time: number): void {
  const { requests } = plane;
  if (requests.state[row] !== TIMED_OUT) {
    requests.state[row] = DONE;
    const arrival = requests.arrival[row];
    const fate = complete(plane, time - arrival, requests.start[row] - arrival);
    if (plane.links !== null) ended(plane, plane.links, row, fate);
    if (requests.sample[row] !== NONE) endSampled(plane, requests.sample[row], time, fate);
  }
  forgetTimeout(plane, row);
  release(plane, row);
}

/** Counts it; returns as what. */
function complete(plane: Plane, latency: number, wait: number): number {
  const fate = latency <= plane.latencyObjective ? SERVED : LATE;
  plane.counts[fate] += 1;
  plane.levels[LEVEL_IN_SYSTEM] -= 1;
  recordValue(plane.window, latency);
  recordValue(plane.waits, wait);
  return fate;
}

/** The slot takes the next waiting request, or is free. */
export function vacate(plane: Plane, slot: number, time: number): void {
  const { pods, slots } = plane;
  const pod = Math.floor(slot / pods.slots);
  if (pods.ranking !== null) {
    rankDown(pods.ranking, pod, pods.busy[pod] + pods.queueLength[pod]);
  }
  if (pods.queueFirst[pod] === NONE || !takeNext(plane, pod, slot, time)) {
    slots.request[slot] = NONE;
    slots.arrival[slot] = NONE;
    pods.busy[pod] -= 1;
    slots.free[pod * pods.slots + (pods.slots - pods.busy[pod] - 1)] = slot;
  }
  if (plane.hold !== null) drainHold(plane, plane.hold, time);
}

/** Pods with room take what waits in the service's own queue. */
export function drainHold(plane: Plane, hold: Hold, time: number): void {
  const { pods, requests, slots } = plane;
  for (let pod = takerOfHeld(plane, hold); pod !== NONE; pod = takerOfHeld(plane, hold)) {
    const row = takeHeld(plane, hold);
    const busy = pods.busy[pod];
    requests.pod[row] = pod;
    if (plane.sample !== null && requests.sample[row] !== NONE) {
      plane.sample.pod[requests.sample[row]] = pod;
    }
    if (pods.ranking !== null) rankUp(pods.ranking, pod, busy + pods.queueLength[pod]);
    if (busy === pods.slots) {
      joinTail(plane, pod, row);
      continue;
    }
    pods.busy[pod] = busy + 1;
    beginRow(plane, pod, slots.free[pod * pods.slots + (pods.slots - busy - 1)], row, time);
  }
}

/** The slot takes the first request that still waits; false = they have all given up. */
function takeNext(plane: Plane, pod: number, slot: number, time: number): boolean {
  const row = dequeue(plane, pod);
  if (row === NONE) return false;
  beginRow(plane, pod, slot, row, time);
  return true;
}

/** A request that waited begins. */
function beginRow(plane: Plane, pod: number, slot: number, row: number, time: number): void {
  const { requests } = plane;
  requests.state[row] = IN_SERVICE;
  requests.start[row] = time;
  forgetPatience(plane, row);
  if (requests.sample[row] !== NONE) startSampled(plane, requests.sample[row], time);
  plane.slots.arrival[slot] = requests.arrival[row];
  startService(plane, pod, slot, row, time, workOf(plane, pod, time, requests.service[row]));
}

/** The request whose deadline is next gives up. */
export function giveUp(plane: Plane): void {
  const { requests } = plane;
  const time = plane.deadlines.next;
  const row = takeDue(plane);
  const state = requests.state[row];
  requests.state[row] = TIMED_OUT;
  plane.levels[LEVEL_IN_SYSTEM] -= 1;
  plane.counts[TIMED_OUT_COUNT] += 1;
  if (state === WAITING) {
    plane.levels[LEVEL_WAITING] -= 1;
    forgetPatience(plane, row);
    forgetTimeout(plane, row);
    leaveQueue(plane, requests.pod[row]);
  }
  if (plane.links !== null) ended(plane, plane.links, row, TIMED_OUT_COUNT);
  if (requests.sample[row] !== NONE) {
    endSampled(plane, requests.sample[row], time, TIMED_OUT_COUNT);
  }
  release(plane, row);
  findNext(plane);
  if (plane.hold !== null) drainHold(plane, plane.hold, time);
}

/** One that waited at the pod, or in the service's own queue (NONE), has given up. */
function leaveQueue(plane: Plane, pod: number): void {
  const { pods, hold } = plane;
  if (pod === NONE) {
    if (hold === null) return;
    hold.length -= 1;
    dropGoneHeld(plane, hold);
    return;
  }
  if (pods.ranking !== null) rankDown(pods.ranking, pod, pods.busy[pod] + pods.queueLength[pod]);
  pods.queueLength[pod] -= 1;
  dropGone(plane, pod);
}

/** What the slot, which is at work, still has to do, µs at full speed. */
export function slotWorkLeft(plane: Plane, pod: number, slot: number, time: number): number {
  const { speeds, departures } = plane;
  return speeds === null ? departures.timeOf(slot) - time : workLeftIn(speeds, pod, slot, time);
}

/** Loses everything that the pod holds, at `time`: crash, kill, end of the grace period. */
export function loseWork(plane: Plane, pod: number, time: number): void {
  const { pods, slots, requests, departures, processor } = plane;
  if (pod >= pods.capacity) return;
  elapse(plane, time);
  plane.levels[LEVEL_WAITING] -= pods.queueLength[pod];
  if (plane.warmUp !== null) {
    endWarmUp(plane.warmUp, pod, time, plane.warmUp.atWork[pod], podSpeed(plane, pod));
  }
  const first = pod * pods.slots;
  // A crashed pod that stays ready is suddenly empty.
  const ranked = pods.ranking !== null && pods.ranking.position[pod] >= 0;
  if (ranked) rankOut(pods, pod);
  if (processor !== null) pods.booked[pod] -= clearProcessor(processor, departures, pod, time);
  for (let slot = first; slot < first + pods.slots; slot++) {
    if (slots.arrival[slot] === NONE) continue;
    // A slot whose own work is done may still hold a request that waits for its calls.
    if (processor === null && departures.timeOf(slot) > time) {
      pods.booked[pod] -= slotWorkLeft(plane, pod, slot, time);
      departures.remove(slot);
    }
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
  if (plane.hold !== null) drainHold(plane, plane.hold, time);
}

/** The request is lost; a row is let go of by its slot or queue. */
export function fail(plane: Plane, row: number): void {
  const { requests } = plane;
  if (row === NONE || requests.state[row] !== TIMED_OUT) {
    plane.levels[LEVEL_IN_SYSTEM] -= 1;
    plane.counts[FAILED] += 1;
  }
  if (row === NONE) return;
  if (requests.state[row] !== TIMED_OUT) {
    requests.state[row] = DONE;
    if (plane.links !== null) ended(plane, plane.links, row, FAILED);
    if (requests.sample[row] !== NONE) {
      endSampled(plane, requests.sample[row], plane.levels[LEVEL_TIME], FAILED);
    }
  }
  if (plane.links !== null) plane.links.slot[row] = NONE;
  forgetPatience(plane, row);
  forgetTimeout(plane, row);
  release(plane, row);
}
