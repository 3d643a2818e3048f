/**
 * The fast path's loop over requests. With FIFO slots the whole life of a request is known when it
 * arrives (Kiefer and Wolfowitz 1955): it starts at max(now, earliest free slot). So there is no
 * event list; a request is booked at arrival and counted at completion (booking.ts).
 *
 * Two widths: slots as packed 32-bit ticks relative to a moving base, eight per pod, or as instants
 * in a heap per pod, any number of slots. Both answer why they stopped (frame.ts).
 */

import {
  countAbove,
  type F64,
  type f64,
  greater,
  type I32,
  type i32,
  indexBelow,
  isLess,
  lesser,
  smallest,
  toInt,
} from '../../kernel/dialect.ts';
import { bucketOf } from '../../stats/buckets.ts';
import { book, bookTimeOut, joinQueue, LARGEST, queueLength } from './booking.ts';
import {
  BALANCER,
  BASE,
  BLOCK_DONE,
  CLOSED,
  CURSOR,
  END,
  FINAL,
  type Frame,
  FULL_POD,
  LAST_TICK,
  MAX_LATENCY,
  MAX_WAIT,
  N_COMPLETED,
  N_COMPLETED_WAITED,
  N_FAILED,
  N_LATE,
  N_OFFERED,
  N_REJECTED,
  N_WAITED,
  NEXT,
  OBJECTIVE,
  PATIENCE,
  POWER_OF_TWO,
  QUEUE_LIMIT,
  READY,
  RING_FULL,
  ROUND_ROBIN,
  SLOTS,
  SUM_LATENCY,
  SUM_WAIT,
  TICKS_EXHAUSTED,
  TIMEOUT,
  UNTIL,
  UNTIL_REACHED,
} from './frame.ts';

/** Ticks whose sum is no more than LAST_TICK. */
const SAFE_START: i32 = 200_000_000;
const SAFE_SERVICE: f64 = 68_000_000;

/**
 * Serves the block's arrivals before `UNTIL` with packed ticks. An answer within the stretch is
 * told here, with everything in locals; what is left to a later stretch, in booking.ts.
 */
export function runNarrow(frame: Frame): i32 {
  const ints = frame.ints;
  const reals = frame.reals;
  const times = frame.time;
  const services = frame.service;
  const free = frame.free;
  const ready = frame.ready;
  const draws = frame.draws;
  const count: i32 = ints[READY];
  const accepted = frame.accepted;
  const latencies = frame.window;
  const waits = frame.wait;
  const base: f64 = reals[BASE];
  const until: f64 = reals[UNTIL];
  const final: f64 = reals[FINAL];
  const patience: f64 = reals[PATIENCE];
  const usual: f64 = lesser(reals[TIMEOUT], LARGEST);
  const objective: f64 = reals[OBJECTIVE];
  const guarded: boolean = ints[CLOSED] > 0;
  const two: boolean = ints[BALANCER] === POWER_OF_TWO && count > 1;
  const end: i32 = count === 0 ? rejectAll(frame) : ints[END];
  const first: i32 = ints[NEXT];
  let answer: i32 = BLOCK_DONE;
  let completed: i32 = 0;
  let late: i32 = 0;
  let joined: i32 = 0;
  let waited: i32 = 0;
  let sum: f64 = 0;
  let sumWait: f64 = 0;
  let largest: f64 = 0;
  let largestWait: f64 = 0;
  let i: i32 = first;
  while (i < end) {
    const time: f64 = times[i];
    if (time >= until) break;
    const tick: i32 = toInt(time - base);
    const service: f64 = services[i];
    const pod: i32 = two
      ? chooseNarrow(
          frame,
          free,
          ready,
          indexBelow(draws[2 * i], count),
          indexBelow(draws[2 * i + 1], count - 1),
          tick,
          time,
        )
      : chooseBlindly(frame, i);
    if (guarded && frame.closed[pod] !== 0) {
      ints[N_FAILED] += 1;
      i += 1;
      continue;
    }
    const packed: i32 = smallest(free, pod << 3);
    let start: i32 = tick;
    let wait: f64 = 0;
    if (packed >> 3 > tick) {
      start = packed >> 3;
      wait = start - tick;
    }
    // Far ahead of the base: nothing has changed yet, another base or the wide kernel goes on.
    if (service > SAFE_SERVICE || start > SAFE_START) {
      if (start + service > LAST_TICK) {
        answer = TICKS_EXHAUSTED;
        break;
      }
    }
    i += 1;
    if (start > tick) {
      answer = admission(frame, pod, time);
      if (answer > BLOCK_DONE) {
        i -= 1;
        break;
      }
      if (answer === BLOCK_DONE) continue;
      joined += 1;
      const leave: f64 = time + patience;
      joinQueue(frame, pod, lesser(time + wait, leave));
      if (time + wait > leave) {
        bookTimeOut(frame, pod, time, leave, leave);
        continue;
      }
    }
    const slot: i32 = packed & 7;
    free[(pod << 3) + slot] = ((start + toInt(service)) << 3) | slot;
    accepted[pod] += service;
    const latency: f64 = wait + service;
    if (latency > usual || time + latency > final) {
      book(frame, pod, time, time + wait, service);
      continue;
    }
    latencies[bucketOf(latency)] += 1;
    completed += 1;
    late += isLess(objective, latency);
    sum += latency;
    largest = greater(largest, latency);
    if (start === tick) continue;
    waits[bucketOf(wait)] += 1;
    waited += 1;
    sumWait += wait;
    largestWait = greater(largestWait, wait);
  }
  ints[NEXT] = i;
  ints[N_OFFERED] += i - first;
  ints[N_COMPLETED] += completed;
  ints[N_LATE] += late;
  ints[N_WAITED] += joined;
  ints[N_COMPLETED_WAITED] += waited;
  reals[SUM_LATENCY] += sum;
  reals[MAX_LATENCY] = greater(largest, reals[MAX_LATENCY]);
  reals[SUM_WAIT] += sumWait;
  reals[MAX_WAIT] = greater(largestWait, reals[MAX_WAIT]);
  if (answer > BLOCK_DONE) return takeBack(ints, answer);
  return i < ints[END] ? UNTIL_REACHED : BLOCK_DONE;
}

/** The request at which the kernel stops comes again. */
function takeBack(ints: I32, answer: i32): i32 {
  if (ints[BALANCER] === ROUND_ROBIN) ints[CURSOR] -= 1;
  return answer;
}

/** The better of two different ready pods; the first at a tie. */
function chooseNarrow(
  frame: Frame,
  free: I32,
  ready: I32,
  a: i32,
  b: i32,
  tick: i32,
  time: f64,
): i32 {
  const first: i32 = ready[a];
  // b + 1 from b = a on, and the better of two below: masks, since branches would be guesses.
  const second: i32 = ready[b - ((a - 1 - b) >> 31)];
  const bound: i32 = (tick << 3) | 7;
  // Slots that do not exist count as busy, in both.
  let heldFirst: i32 = countAbove(free, first << 3, bound);
  let heldSecond: i32 = countAbove(free, second << 3, bound);
  if (heldFirst === 8) heldFirst += queueLength(frame, first, time);
  if (heldSecond === 8) heldSecond += queueLength(frame, second, time);
  return first + ((second - first) & ((heldSecond - heldFirst) >> 31));
}

/** A pod in turn, or at random: whatever it holds. */
function chooseBlindly(frame: Frame, i: i32): i32 {
  const ints = frame.ints;
  const ready: i32 = ints[READY];
  if (ints[BALANCER] !== ROUND_ROBIN) return frame.ready[indexBelow(frame.draws[2 * i], ready)];
  const at: i32 = ints[CURSOR] < ready ? ints[CURSOR] : 0;
  ints[CURSOR] = at + 1;
  return frame.ready[at];
}

export const ADMITTED: i32 = -1;

/**
 * Whether the pod's queue takes one more: ADMITTED, else the kernel's answer. Those that have left
 * since somebody looked count until the ring or the limit makes it matter.
 */
export function admission(frame: Frame, pod: i32, time: f64): i32 {
  const most: i32 = frame.tail[pod] - frame.head[pod];
  const limit: i32 = frame.ints[QUEUE_LIMIT];
  if (most < limit && most >> frame.ringBits[pod] === 0) return ADMITTED;
  const length: i32 = queueLength(frame, pod, time);
  if (length >= limit) {
    frame.ints[N_REJECTED] += 1;
    return BLOCK_DONE;
  }
  if (length >> frame.ringBits[pod] === 0) return ADMITTED;
  frame.ints[FULL_POD] = pod;
  return RING_FULL;
}

/** Serves the block's arrivals before `UNTIL` with a heap of instants per pod. */
export function runWide(frame: Frame): i32 {
  const ints = frame.ints;
  const reals = frame.reals;
  const times = frame.time;
  const services = frame.service;
  const freeAt = frame.freeAt;
  const accepted = frame.accepted;
  const latencies = frame.window;
  const waits = frame.wait;
  const until: f64 = reals[UNTIL];
  const final: f64 = reals[FINAL];
  const patience: f64 = reals[PATIENCE];
  const usual: f64 = lesser(reals[TIMEOUT], LARGEST);
  const objective: f64 = reals[OBJECTIVE];
  const stride: i32 = ints[SLOTS] | 1;
  const guarded: boolean = ints[CLOSED] > 0;
  const ready = frame.ready;
  const draws = frame.draws;
  const count: i32 = ints[READY];
  const two: boolean = ints[BALANCER] === POWER_OF_TWO && count > 1;
  const inTurn: boolean = ints[BALANCER] === ROUND_ROBIN;
  const end: i32 = count === 0 ? rejectAll(frame) : ints[END];
  const first: i32 = ints[NEXT];
  let answer: i32 = BLOCK_DONE;
  let cursor: i32 = ints[CURSOR];
  let completed: i32 = 0;
  let late: i32 = 0;
  let joined: i32 = 0;
  let waited: i32 = 0;
  let sum: f64 = 0;
  let sumWait: f64 = 0;
  let largest: f64 = 0;
  let largestWait: f64 = 0;
  let i: i32 = first;
  while (i < end) {
    const time: f64 = times[i];
    if (time >= until) break;
    const service: f64 = services[i];
    let pod: i32 = 0;
    if (inTurn) {
      if (cursor >= count) cursor = 0;
      pod = ready[cursor];
      cursor += 1;
    } else {
      pod = two ? chooseWide(frame, i, time) : ready[indexBelow(draws[2 * i], count)];
    }
    i += 1;
    if (guarded && frame.closed[pod] !== 0) {
      ints[N_FAILED] += 1;
      continue;
    }
    const free: f64 = freeAt[pod * stride];
    if (free > time) {
      answer = admission(frame, pod, time);
      if (answer > BLOCK_DONE) {
        i -= 1;
        if (inTurn) cursor -= 1;
        break;
      }
      if (answer === BLOCK_DONE) continue;
      joined += 1;
      const leave: f64 = time + patience;
      joinQueue(frame, pod, lesser(free, leave));
      if (free > leave) {
        bookTimeOut(frame, pod, time, leave, leave);
        continue;
      }
    }
    const start: f64 = greater(free, time);
    replaceEarliest(freeAt, pod * stride, stride, start + service);
    accepted[pod] += service;
    const wait: f64 = start - time;
    const latency: f64 = wait + service;
    if (latency > usual || time + latency > final) {
      book(frame, pod, time, start, service);
      continue;
    }
    latencies[bucketOf(latency)] += 1;
    completed += 1;
    late += isLess(objective, latency);
    sum += latency;
    largest = greater(largest, latency);
    if (wait === 0) continue;
    waits[bucketOf(wait)] += 1;
    waited += 1;
    sumWait += wait;
    largestWait = greater(largestWait, wait);
  }
  ints[NEXT] = i;
  ints[N_OFFERED] += i - first;
  ints[N_COMPLETED] += completed;
  ints[N_LATE] += late;
  ints[N_WAITED] += joined;
  ints[N_COMPLETED_WAITED] += waited;
  reals[SUM_LATENCY] += sum;
  reals[MAX_LATENCY] = greater(largest, reals[MAX_LATENCY]);
  reals[SUM_WAIT] += sumWait;
  reals[MAX_WAIT] = greater(largestWait, reals[MAX_WAIT]);
  ints[CURSOR] = cursor;
  if (answer > BLOCK_DONE) return answer;
  return i < ints[END] ? UNTIL_REACHED : BLOCK_DONE;
}

/** No pod is ready: what arrives before `UNTIL` is refused. The end of what may be served: none. */
export function rejectAll(frame: Frame): i32 {
  const ints = frame.ints;
  const until: f64 = frame.reals[UNTIL];
  let i: i32 = ints[NEXT];
  while (i < ints[END] && frame.time[i] < until) i += 1;
  ints[N_OFFERED] += i - ints[NEXT];
  ints[N_REJECTED] += i - ints[NEXT];
  ints[NEXT] = i;
  return i;
}

function chooseWide(frame: Frame, i: i32, time: f64): i32 {
  const ready: i32 = frame.ints[READY];
  const a: i32 = indexBelow(frame.draws[2 * i], ready);
  const b: i32 = indexBelow(frame.draws[2 * i + 1], ready - 1);
  const first: i32 = frame.ready[a];
  const second: i32 = frame.ready[b - ((a - 1 - b) >> 31)];
  const more: i32 = heldWide(frame, second, time) - heldWide(frame, first, time);
  return first + ((second - first) & (more >> 31));
}

/** Requests that the pod holds at `time`. */
function heldWide(frame: Frame, pod: i32, time: f64): i32 {
  const freeAt = frame.freeAt;
  const slots: i32 = frame.ints[SLOTS];
  const from: i32 = pod * (slots | 1);
  let busy: i32 = 0;
  for (let k: i32 = 0; k < slots; k += 1) busy += isLess(time, freeAt[from + k]);
  return busy === slots ? busy + queueLength(frame, pod, time) : busy;
}

/**
 * Takes the earliest instant out of the heap that begins at `from` and puts `instant` in. A heap
 * has an odd number of places (the last may be one that never comes), so that every parent has two
 * children.
 */
export function replaceEarliest(freeAt: F64, from: i32, places: i32, instant: f64): void {
  let at: i32 = 0;
  let child: i32 = 1;
  while (child < places) {
    child += isLess(freeAt[from + child + 1], freeAt[from + child]);
    const earlier: f64 = freeAt[from + child];
    if (earlier >= instant) break;
    freeAt[from + at] = earlier;
    at = child;
    child = 2 * at + 1;
  }
  freeAt[from + at] = instant;
}
