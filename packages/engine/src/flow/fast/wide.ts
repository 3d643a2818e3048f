/**
 * The loop of narrow.ts for any number of slots and any delay: the instants at which the slots of a
 * pod are free form a heap.
 */

import { type f64, greater, type i32, indexBelow, isLess, lesser } from '../../kernel/dialect.ts';
import { bucketOf } from '../../stats/buckets.ts';
import {
  admission,
  book,
  bookTimeOut,
  joinQueue,
  LARGEST,
  queueLength,
  rejectAll,
} from './booking.ts';
import {
  BALANCER,
  BLOCK_DONE,
  CLOSED,
  CURSOR,
  END,
  FINAL,
  type Frame,
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
  READY,
  ROUND_ROBIN,
  SLOTS,
  SUM_LATENCY,
  SUM_WAIT,
  TIMEOUT,
  UNTIL,
  UNTIL_REACHED,
} from './frame.ts';
import { replaceEarliest } from './heap.ts';
import { runOnePod } from './one-pod.ts';

/** Serves the block's arrivals before `UNTIL` with a heap of instants per pod. */
export function runWide(frame: Frame): i32 {
  const ints = frame.ints;
  if (ints[READY] === 1 && ints[CLOSED] === 0) return runOnePod(frame);
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
