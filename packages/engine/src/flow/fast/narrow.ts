/**
 * The fast path's loop over requests. With FIFO slots the whole life of a request is known when it
 * arrives (Kiefer and Wolfowitz 1955): it starts at max(now, earliest free slot). So there is no
 * event list; a request is booked at arrival and counted at completion (booking.ts).
 *
 * Here for up to eight slots, as packed 32-bit ticks relative to a moving base; wide.ts has the
 * loop for any number of slots. Both answer why they stopped (frame.ts).
 */

import {
  countAbove,
  type f64,
  greater,
  type I32,
  type i32,
  indexBelow,
  isLess,
  lesser,
  STRIDE,
  smallest,
  toInt,
} from '../../kernel/dialect.ts';
import { bucketOf } from '../../stats/buckets.ts';
import { admission, book, bookTimeOut, LARGEST, rejectAll } from './booking.ts';
import {
  BALANCER,
  BASE,
  BLOCK_DONE,
  CLOSED,
  CURSOR,
  END,
  FINAL,
  type Frame,
  LAST_TICK,
  MAX_LATENCY,
  MAX_WAIT,
  N_COMPLETED,
  N_COMPLETED_WAITED,
  N_FAILED,
  N_LATE,
  N_OFFERED,
  N_WAITED,
  NEXT,
  OBJECTIVE,
  PATIENCE,
  POWER_OF_TWO,
  QUEUE_LIMIT,
  READY,
  ROUND_ROBIN,
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
 * Serves the block's arrivals before `UNTIL` with packed ticks, STRIDE at a time: V8 may replace a
 * loop while it runs, by code that takes every variable for one of unknown type; if the ordinary
 * code is thrown away later, it keeps to that one for good. Short calls seldom come to that.
 */
export function runNarrow(frame: Frame): i32 {
  const ints = frame.ints;
  const end: i32 = ints[READY] === 0 ? rejectAll(frame) : ints[END];
  let answer: i32 = BLOCK_DONE;
  while (answer === BLOCK_DONE && ints[NEXT] < end) {
    const rest: i32 = end - ints[NEXT];
    answer = serveNarrow(frame, ints[NEXT] + (rest < STRIDE ? rest : STRIDE));
  }
  if (answer > UNTIL_REACHED) return takeBack(ints, answer);
  return ints[NEXT] < ints[END] ? UNTIL_REACHED : BLOCK_DONE;
}

/**
 * Serves the arrivals up to `end`. An answer within the stretch is told here, with everything in
 * locals; what is left to a later stretch, in booking.ts.
 *
 * Long on purpose: with calls for the choice and the queue, more would be called from here than V8
 * inlines into one function, and what it then leaves out is a matter of chance. Calls that remain
 * are rare and end the turn, since after one V8 looks up all columns again.
 */
function serveNarrow(frame: Frame, end: i32): i32 {
  const ints = frame.ints;
  const reals = frame.reals;
  const times = frame.time;
  const services = frame.service;
  const free = frame.free;
  const ready = frame.ready;
  const draws = frame.draws;
  const closed = frame.closed;
  const ring = frame.ring;
  const ringFrom = frame.ringFrom;
  const ringBits = frame.ringBits;
  const head = frame.head;
  const tail = frame.tail;
  const count: i32 = ints[READY];
  const accepted = frame.accepted;
  const latencies = frame.window;
  const waits = frame.wait;
  const base: f64 = reals[BASE];
  const until: f64 = reals[UNTIL];
  const patience: f64 = reals[PATIENCE];
  const limit: i32 = ints[QUEUE_LIMIT];
  const final: f64 = reals[FINAL];
  const usual: f64 = lesser(reals[TIMEOUT], LARGEST);
  const objective: f64 = reals[OBJECTIVE];
  const guarded: boolean = ints[CLOSED] > 0;
  const two: boolean = ints[BALANCER] === POWER_OF_TWO && count > 1;
  const from: i32 = ints[NEXT];
  let answer: i32 = BLOCK_DONE;
  let completed: i32 = 0;
  let late: i32 = 0;
  let joined: i32 = 0;
  let waited: i32 = 0;
  let sum: f64 = 0;
  let sumWait: f64 = 0;
  let largest: f64 = 0;
  let largestWait: f64 = 0;
  let i: i32 = from;
  while (i < end) {
    const time: f64 = times[i];
    if (time >= until) {
      answer = UNTIL_REACHED;
      break;
    }
    const tick: i32 = toInt(time - base);
    let pod: i32 = 0;
    if (two) {
      const a: i32 = indexBelow(draws[2 * i], count);
      const b: i32 = indexBelow(draws[2 * i + 1], count - 1);
      const first: i32 = ready[a];
      // b + 1 from b = a on, and the better of two below: masks, since branches would be guesses.
      const second: i32 = ready[b - ((a - 1 - b) >> 31)];
      const bound: i32 = (tick << 3) | 7;
      // Slots that do not exist count as busy, in both.
      let heldFirst: i32 = countAbove(free, first << 3, bound);
      let heldSecond: i32 = countAbove(free, second << 3, bound);
      // A pod with a free slot has no queue: only two full ones are compared by those.
      if (heldFirst + heldSecond === 16) {
        let full: i32 = first;
        for (let turn: i32 = 0; turn < 2; turn += 1) {
          const mask: i32 = (1 << ringBits[full]) - 1;
          const at: i32 = ringFrom[full];
          const to: i32 = tail[full];
          let next: i32 = head[full];
          while (next !== to && ring[at + (next & mask)] <= time) next += 1;
          head[full] = next;
          heldFirst = heldSecond;
          heldSecond = to - next;
          full = second;
        }
      }
      pod = first + ((second - first) & ((heldSecond - heldFirst) >> 31));
    } else {
      pod = chooseBlindly(frame, i);
    }
    if (guarded && closed[pod] !== 0) {
      ints[N_FAILED] += 1;
      i += 1;
      continue;
    }
    const packed: i32 = smallest(free, pod << 3);
    const opens: i32 = packed >> 3;
    const service: f64 = services[i];
    // Far ahead of the base: nothing has changed yet, another base or the wide kernel goes on.
    if (service > SAFE_SERVICE || opens > SAFE_START) {
      if (greater(opens, tick) + service > LAST_TICK) {
        answer = TICKS_EXHAUSTED;
        break;
      }
    }
    i += 1;
    let start: i32 = tick;
    let wait: f64 = 0;
    if (opens > tick) {
      const to: i32 = tail[pod];
      const most: i32 = to - head[pod];
      const mask: i32 = (1 << ringBits[pod]) - 1;
      if (most >= limit || most > mask) {
        answer = admission(frame, pod, time);
        if (answer > BLOCK_DONE) {
          i -= 1;
          break;
        }
        if (answer === BLOCK_DONE) continue;
      }
      joined += 1;
      wait = opens - tick;
      ring[ringFrom[pod] + (to & mask)] = time + lesser(wait, patience);
      tail[pod] = to + 1;
      if (wait > patience) {
        bookTimeOut(frame, pod, time, time + patience, time + patience);
        continue;
      }
      start = opens;
    }
    const done: i32 = start + toInt(service);
    free[(pod << 3) | (packed & 7)] = (done << 3) | (packed & 7);
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
  ints[N_OFFERED] += i - from;
  ints[N_COMPLETED] += completed;
  ints[N_LATE] += late;
  ints[N_WAITED] += joined;
  ints[N_COMPLETED_WAITED] += waited;
  reals[SUM_LATENCY] += sum;
  reals[MAX_LATENCY] = greater(largest, reals[MAX_LATENCY]);
  reals[SUM_WAIT] += sumWait;
  reals[MAX_WAIT] = greater(largestWait, reals[MAX_WAIT]);
  return answer > BLOCK_DONE ? answer : BLOCK_DONE;
}

/** The request at which the kernel stops comes again. */
function takeBack(ints: I32, answer: i32): i32 {
  if (ints[BALANCER] === ROUND_ROBIN) ints[CURSOR] -= 1;
  return answer;
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
