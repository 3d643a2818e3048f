/**
 * What becomes of a request, in the kernel's dialect: its place in a queue, and its end. An end
 * within the stretch is final and recorded at once; a later one is put aside.
 */
import { type f64, type i32, lesser } from '../../kernel/dialect.ts';
import { bucketOf } from '../../stats/buckets.ts';
import {
  BLOCK_DONE,
  COMPLETES,
  END,
  FINAL,
  type Frame,
  FULL_POD,
  LATER,
  MAX_LATENCY,
  MAX_WAIT,
  N_COMPLETED,
  N_COMPLETED_WAITED,
  N_LATE,
  N_OFFERED,
  N_REJECTED,
  N_TIMED_OUT,
  NEXT,
  OBJECTIVE,
  QUEUE_LIMIT,
  RING_FULL,
  SUM_LATENCY,
  SUM_LOST,
  SUM_LOST_WAIT,
  SUM_WAIT,
  TIMEOUT,
  TIMES_OUT,
  UNTIL,
} from './frame.ts';

export const LARGEST: f64 = 2147483647;

/** Requests that wait at `time`: under FIFO they leave in the order in which they came. */
export function queueLength(frame: Frame, pod: i32, time: f64): i32 {
  const ring = frame.ring;
  const mask: i32 = (1 << frame.ringBits[pod]) - 1;
  const at: i32 = frame.ringFrom[pod];
  const tail: i32 = frame.tail[pod];
  let head: i32 = frame.head[pod];
  while (head !== tail && ring[at + (head & mask)] <= time) head += 1;
  frame.head[pod] = head;
  return tail - head;
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

/** Puts a request that leaves the pod's queue at `leave`, to be served or not, into it. */
export function joinQueue(frame: Frame, pod: i32, leave: f64): void {
  const mask: i32 = (1 << frame.ringBits[pod]) - 1;
  const tail: i32 = frame.tail[pod];
  frame.ring[frame.ringFrom[pod] + (tail & mask)] = leave;
  frame.tail[pod] = tail + 1;
}

/** The end of a request that starts at `start`: completion, or its client's time-out. */
export function book(frame: Frame, pod: i32, time: f64, start: f64, service: f64): void {
  const reals = frame.reals;
  const latency: f64 = start - time + service;
  const timeout: f64 = reals[TIMEOUT];
  if (latency <= timeout) {
    if (time + latency <= reals[FINAL]) recordCompletion(frame, latency, start - time);
    else putAside(frame, time + latency, time, start, (pod << 1) | COMPLETES);
  } else {
    bookTimeOut(frame, pod, time, start, time + timeout);
  }
}

/** The client gives up at `end`, having left the queue at `leave`. */
export function bookTimeOut(frame: Frame, pod: i32, time: f64, leave: f64, end: f64): void {
  if (end <= frame.reals[FINAL]) recordTimeOut(frame, end - time, leave - time);
  else putAside(frame, end, time, leave, (pod << 1) | TIMES_OUT);
}

function recordCompletion(frame: Frame, latency: f64, wait: f64): void {
  const ints = frame.ints;
  const reals = frame.reals;
  ints[N_COMPLETED] += 1;
  if (latency > reals[OBJECTIVE]) ints[N_LATE] += 1;
  reals[SUM_LATENCY] += latency;
  if (latency > reals[MAX_LATENCY]) reals[MAX_LATENCY] = latency;
  frame.window[bucketOf(lesser(latency, LARGEST))] += 1;
  if (wait > 0) {
    ints[N_COMPLETED_WAITED] += 1;
    reals[SUM_WAIT] += wait;
    if (wait > reals[MAX_WAIT]) reals[MAX_WAIT] = wait;
    frame.wait[bucketOf(lesser(wait, LARGEST))] += 1;
  }
}

function recordTimeOut(frame: Frame, time: f64, wait: f64): void {
  frame.ints[N_TIMED_OUT] += 1;
  frame.reals[SUM_LOST] += time;
  frame.reals[SUM_LOST_WAIT] += wait;
}

/** The caller has made room. */
function putAside(frame: Frame, end: f64, arrival: f64, leave: f64, tag: i32): void {
  const at: i32 = frame.ints[LATER];
  frame.laterEnd[at] = end;
  frame.laterArrival[at] = arrival;
  frame.laterLeave[at] = leave;
  frame.laterTag[at] = tag;
  frame.ints[LATER] = at + 1;
}

/** Records what was put aside and has ended by `UNTIL`; the rest stays, in its order. */
export function recordEnded(frame: Frame): void {
  const until: f64 = frame.reals[UNTIL];
  const count: i32 = frame.ints[LATER];
  let kept: i32 = 0;
  for (let at: i32 = 0; at < count; at += 1) {
    const end: f64 = frame.laterEnd[at];
    const arrival: f64 = frame.laterArrival[at];
    const leave: f64 = frame.laterLeave[at];
    const tag: i32 = frame.laterTag[at];
    if (end > until) {
      frame.laterEnd[kept] = end;
      frame.laterArrival[kept] = arrival;
      frame.laterLeave[kept] = leave;
      frame.laterTag[kept] = tag;
      kept += 1;
    } else if ((tag & 1) === COMPLETES) {
      recordCompletion(frame, end - arrival, leave - arrival);
    } else {
      recordTimeOut(frame, end - arrival, leave - arrival);
    }
  }
  frame.ints[LATER] = kept;
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
