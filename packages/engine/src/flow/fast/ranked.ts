/**
 * The least-loaded balancer in the kernel's dialect: pods sorted by outstanding requests as in
 * flow/ranking.ts, and a heap of the instants at which requests leave their pod. It is the one
 * balancer that must know of every departure in its order: time, then departures by pod, then
 * clients that leave a queue in the order of their arrival.
 */

import { type f64, type i32, indexBelow, lesser } from '../../kernel/dialect.ts';
import { ADMITTED, admission, book, bookTimeOut, joinQueue, rejectAll } from './booking.ts';
import {
  BLOCK_DONE,
  BLOCKS,
  END,
  EVENTS,
  type Frame,
  GIVEN_UP,
  N_FAILED,
  N_OFFERED,
  N_WAITED,
  NEXT,
  PATIENCE,
  RANKS_FULL,
  READY,
  SLOTS,
  UNTIL,
  UNTIL_REACHED,
} from './frame.ts';
import { replaceEarliest } from './heap.ts';

/** Above every pod number: at one instant clients give up after the departures. */
const AFTER_DEPARTURES: f64 = 4294967296;

/** Serves the block's arrivals before `UNTIL`, each on a pod with the fewest outstanding. */
export function runRanked(frame: Frame): i32 {
  const ints = frame.ints;
  const until: f64 = frame.reals[UNTIL];
  const end: i32 = ints[READY] === 0 ? rejectAll(frame) : ints[END];
  const first: i32 = ints[NEXT];
  let answer: i32 = BLOCK_DONE;
  let i: i32 = first;
  while (i < end) {
    const time: f64 = frame.time[i];
    if (time >= until) break;
    catchUp(frame, time);
    answer = serveRanked(frame, i, time);
    if (answer !== BLOCK_DONE) break;
    i += 1;
  }
  ints[NEXT] = i;
  ints[N_OFFERED] += i - first;
  if (answer !== BLOCK_DONE) return answer;
  return i < ints[END] ? UNTIL_REACHED : BLOCK_DONE;
}

/** Lets everything leave that leaves by `time`. */
export function catchUp(frame: Frame, time: f64): void {
  while (frame.ints[EVENTS] > 0 && frame.eventTime[0] <= time) {
    const pod: i32 = frame.eventPod[0];
    removeFirst(frame);
    rankDown(frame, pod);
  }
}

function serveRanked(frame: Frame, i: i32, time: f64): i32 {
  const ints = frame.ints;
  const held: i32 = frame.held[frame.order[0]];
  if (held + 2 >= ints[BLOCKS]) return RANKS_FULL;
  const pod: i32 = frame.order[indexBelow(frame.draws[2 * i], frame.blockStart[held + 1])];
  if (frame.closed[pod] !== 0) {
    ints[N_FAILED] += 1;
    return BLOCK_DONE;
  }
  const places: i32 = ints[SLOTS] | 1;
  const free: f64 = frame.freeAt[pod * places];
  const service: f64 = frame.service[i];
  let start: f64 = time;
  if (free > time) {
    const answer: i32 = admission(frame, pod, time);
    if (answer !== ADMITTED) return answer;
    start = free;
    ints[N_WAITED] += 1;
    const leave: f64 = time + frame.reals[PATIENCE];
    joinQueue(frame, pod, lesser(start, leave));
    if (start > leave) {
      bookTimeOut(frame, pod, time, leave, leave);
      const order: f64 = frame.reals[GIVEN_UP];
      frame.reals[GIVEN_UP] = order + 1;
      insert(frame, leave, AFTER_DEPARTURES + order, pod);
      rankUp(frame, pod);
      return BLOCK_DONE;
    }
  }
  replaceEarliest(frame.freeAt, pod * places, places, start + service);
  frame.accepted[pod] += service;
  insert(frame, start + service, pod, pod);
  rankUp(frame, pod);
  book(frame, pod, time, start, service);
  return BLOCK_DONE;
}

function rankUp(frame: Frame, pod: i32): void {
  const held: i32 = frame.held[pod];
  const last: i32 = frame.blockStart[held + 1] - 1;
  swap(frame, frame.position[pod], last);
  frame.blockStart[held + 1] = last;
  frame.held[pod] = held + 1;
}

/** Pods that take no more requests are counted, not ranked. */
function rankDown(frame: Frame, pod: i32): void {
  const held: i32 = frame.held[pod];
  frame.held[pod] = held - 1;
  const at: i32 = frame.position[pod];
  if (at < 0) return;
  const first: i32 = frame.blockStart[held];
  swap(frame, at, first);
  frame.blockStart[held] = first + 1;
}

function swap(frame: Frame, a: i32, b: i32): void {
  const podA: i32 = frame.order[a];
  const podB: i32 = frame.order[b];
  frame.order[a] = podB;
  frame.order[b] = podA;
  frame.position[podB] = a;
  frame.position[podA] = b;
}

/** Whether event a comes before an event of this time and key. */
function before(frame: Frame, a: i32, time: f64, key: f64): boolean {
  const own: f64 = frame.eventTime[a];
  return own < time || (own === time && frame.eventKey[a] < key);
}

function move(frame: Frame, from: i32, to: i32): void {
  frame.eventTime[to] = frame.eventTime[from];
  frame.eventKey[to] = frame.eventKey[from];
  frame.eventPod[to] = frame.eventPod[from];
}

function put(frame: Frame, at: i32, time: f64, key: f64, pod: i32): void {
  frame.eventTime[at] = time;
  frame.eventKey[at] = key;
  frame.eventPod[at] = pod;
}

/** The caller has made room. */
export function insert(frame: Frame, time: f64, key: f64, pod: i32): void {
  let at: i32 = frame.ints[EVENTS];
  frame.ints[EVENTS] = at + 1;
  while (at > 0) {
    const parent: i32 = (at - 1) >> 1;
    if (before(frame, parent, time, key)) break;
    move(frame, parent, at);
    at = parent;
  }
  put(frame, at, time, key, pod);
}

function removeFirst(frame: Frame): void {
  const last: i32 = frame.ints[EVENTS] - 1;
  frame.ints[EVENTS] = last;
  const time: f64 = frame.eventTime[last];
  const key: f64 = frame.eventKey[last];
  const pod: i32 = frame.eventPod[last];
  let at: i32 = 0;
  let child: i32 = 1;
  while (child < last) {
    if (
      child + 1 < last &&
      before(frame, child + 1, frame.eventTime[child], frame.eventKey[child])
    ) {
      child += 1;
    }
    if (!before(frame, child, time, key)) break;
    move(frame, child, at);
    at = child;
    child = 2 * at + 1;
  }
  put(frame, at, time, key, pod);
}
