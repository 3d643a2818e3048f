/**
 * The loop of wide.ts for a single pod, with any number of slots: its queue and its work are
 * locals, and there is nothing to choose, which makes a request about a seventh cheaper. A fixed
 * database is such a pod, and most exact results (peakless conformance) are about one.
 */

import { type f64, greater, type i32, isLess, lesser } from '../../kernel/dialect.ts';
import { bucketOf } from '../../stats/buckets.ts';
import { admission, book, bookTimeOut, LARGEST } from './booking.ts';
import {
  BLOCK_DONE,
  CURSOR,
  END,
  FINAL,
  type Frame,
  MAX_LATENCY,
  MAX_WAIT,
  N_COMPLETED,
  N_COMPLETED_WAITED,
  N_LATE,
  N_OFFERED,
  N_WAITED,
  NEXT,
  OBJECTIVE,
  PATIENCE,
  QUEUE_LIMIT,
  SLOTS,
  SUM_LATENCY,
  SUM_WAIT,
  TIMEOUT,
  UNTIL,
  UNTIL_REACHED,
} from './frame.ts';
import { replaceEarliest } from './heap.ts';

/** Serves the block's arrivals before `UNTIL` on the only ready pod, whose port is open. */
export function runOnePod(frame: Frame): i32 {
  const ints = frame.ints;
  const reals = frame.reals;
  const times = frame.time;
  const services = frame.service;
  const freeAt = frame.freeAt;
  const ring = frame.ring;
  const latencies = frame.window;
  const waits = frame.wait;
  const until: f64 = reals[UNTIL];
  const final: f64 = reals[FINAL];
  const patience: f64 = reals[PATIENCE];
  const usual: f64 = lesser(reals[TIMEOUT], LARGEST);
  const objective: f64 = reals[OBJECTIVE];
  const places: i32 = ints[SLOTS] | 1;
  const pod: i32 = frame.ready[0];
  const slots: i32 = pod * places;
  const ringFrom: i32 = frame.ringFrom[pod];
  const mask: i32 = (1 << frame.ringBits[pod]) - 1;
  // As many may wait before somebody looks at who has left.
  const room: i32 = ints[QUEUE_LIMIT] <= mask ? ints[QUEUE_LIMIT] : mask + 1;
  const end: i32 = ints[END];
  const first: i32 = ints[NEXT];
  let head: i32 = frame.head[pod];
  let tail: i32 = frame.tail[pod];
  let answer: i32 = BLOCK_DONE;
  let work: f64 = 0;
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
    const free: f64 = freeAt[slots];
    i += 1;
    if (free > time) {
      if (tail - head >= room) {
        frame.tail[pod] = tail;
        answer = admission(frame, pod, time);
        head = frame.head[pod];
        if (answer > BLOCK_DONE) {
          i -= 1;
          break;
        }
        if (answer === BLOCK_DONE) continue;
      }
      joined += 1;
      const leave: f64 = time + patience;
      const at: i32 = ringFrom + (tail & mask);
      ring[at] = free;
      tail += 1;
      if (free > leave) {
        ring[at] = leave;
        bookTimeOut(frame, pod, time, leave, leave);
        continue;
      }
    }
    const start: f64 = greater(free, time);
    replaceEarliest(freeAt, slots, places, start + service);
    work += service;
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
  frame.tail[pod] = tail;
  frame.accepted[pod] += work;
  // Round robin goes on with the next pod, if there is one later.
  if (i > first) ints[CURSOR] = 1;
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
  if (answer > BLOCK_DONE) return answer;
  return i < end ? UNTIL_REACHED : BLOCK_DONE;
}
