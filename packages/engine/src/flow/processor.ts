/**
 * Processor sharing: the requests in service on a pod share its CPU. With n of them each works at
 * the same speed, so one clock per pod tells how far all have come: its *virtual time*, the work
 * that a request there since the beginning would have got. A request ends when the clock reaches
 * its tag = virtual time at its start + its service time: the next to end is the top of a heap.
 *
 * Two ways to keep the limit of `servers` slots at full speed:
 * - fluid: speed min(1, servers ÷ n), at every instant;
 * - cfs: full speed until the pod has used its quota of servers × period, then none until the next
 *   period begins, as the kernel's CFS bandwidth control does.
 *
 * Work is counted in whole ticks of 1/65 536 µs, rounded down between two changes of n, events on
 * the whole µs after the work is done: so sums of work are exact, at every speed.
 *
 * @source A. Brandt, M. Brandt, ZIB-Report 09-25, 2009 (M/GI/m-PS); Linux 5.16,
 * Documentation/scheduler/sched-bwc.rst.
 */
import type { DepartureQueue } from './departure-queue.ts';
import { FULL_SPEED } from './speeds.ts';

const NONE = -1;
const TICKS = FULL_SPEED;
/** Virtual times above this start again at 0: far from where doubles lose ticks. */
const LARGEST_VIRTUAL = 2 ** 50;

export interface ProcessorSpec {
  /** Slots that the CPU limit carries at full speed: limit ÷ CPU of a busy slot; above 0. */
  readonly servers: number;
  /** µs; absent = fluid. */
  readonly period?: number;
}

/** Arrays by pod, by slot where it says so. */
export interface Processor {
  readonly servers: number;
  /** µs, Infinity = fluid. */
  readonly period: number;
  /** Ticks of all requests together within one period. */
  readonly quota: number;
  /** Slots per pod. */
  readonly slots: number;
  /** Ticks, as of `since`, µs. */
  virtual: Float64Array;
  since: Float64Array;
  /** What is left of the quota at `since`, ticks. */
  left: Float64Array;
  /** Requests at work. */
  working: Int32Array;
  /** Ticks per µs of a request that has a core to itself: others on the node may take CPU. */
  full: Float64Array;
  /** The pod stands in the departures. */
  isDue: Uint8Array;
  /** By slot: virtual time at which its request is done. */
  tag: Float64Array;
  /** Per pod a heap of its working slots by tag, then slot: the first `working` entries. */
  heap: Int32Array;
}

export function createProcessor(spec: ProcessorSpec, pods: number, slots: number): Processor {
  const { servers, period = Number.POSITIVE_INFINITY } = spec;
  const quota = Math.floor(servers * period * TICKS);
  return {
    servers,
    period,
    quota,
    slots: slots / pods,
    virtual: new Float64Array(pods),
    since: new Float64Array(pods),
    left: new Float64Array(pods).fill(quota),
    working: new Int32Array(pods),
    full: new Float64Array(pods).fill(FULL_SPEED),
    isDue: new Uint8Array(pods),
    tag: new Float64Array(slots),
    heap: new Int32Array(slots),
  };
}

export function growProcessor(processor: Processor, pods: number, slots: number): void {
  const { servers, period } = processor;
  const shape = period === Number.POSITIVE_INFINITY ? { servers } : { servers, period };
  const larger = createProcessor(shape, pods, slots);
  larger.virtual.set(processor.virtual);
  larger.since.set(processor.since);
  larger.left.set(processor.left);
  larger.working.set(processor.working);
  larger.full.set(processor.full);
  larger.isDue.set(processor.isDue);
  larger.tag.set(processor.tag);
  larger.heap.set(processor.heap);
  processor.virtual = larger.virtual;
  processor.since = larger.since;
  processor.left = larger.left;
  processor.working = larger.working;
  processor.full = larger.full;
  processor.isDue = larger.isDue;
  processor.tag = larger.tag;
  processor.heap = larger.heap;
}

/** The request in the slot, which needs `service` µs of work, begins at `time`. */
export function joinProcessor(
  processor: Processor,
  departures: DepartureQueue,
  slot: number,
  time: number,
  service: number,
): void {
  const pod = Math.floor(slot / processor.slots);
  carryOn(processor, pod, time);
  processor.tag[slot] = processor.virtual[pod] + service * TICKS;
  rise(processor, pod, processor.working[pod]++, slot);
  schedule(processor, departures, pod);
}

/** The pod is due: the slot whose work is done, or NONE if only a new period begins. */
export function finishedSlot(
  processor: Processor,
  departures: DepartureQueue,
  pod: number,
  time: number,
): number {
  processor.isDue[pod] = 0;
  carryOn(processor, pod, time);
  const slot = processor.heap[pod * processor.slots];
  const isDone = processor.tag[slot] <= processor.virtual[pod];
  if (isDone) removeFirst(processor, pod);
  schedule(processor, departures, pod);
  return isDone ? slot : NONE;
}

/** From `time` on a request that has a core to itself gets `full` ticks per µs. */
export function changeProcessorSpeed(
  processor: Processor,
  departures: DepartureQueue,
  pod: number,
  full: number,
  time: number,
): void {
  carryOn(processor, pod, time);
  processor.full[pod] = full;
  schedule(processor, departures, pod);
}

/** Work that the pod's requests still need at `time`, µs. */
export function workLeft(processor: Processor, pod: number, time: number): number {
  const virtual = processor.virtual[pod] + progress(processor, pod, time - processor.since[pod]);
  const first = pod * processor.slots;
  let left = 0;
  for (let i = first; i < first + processor.working[pod]; i++) {
    left += Math.max(0, processor.tag[processor.heap[i]] - virtual);
  }
  return left / TICKS;
}

/** Takes all work from the pod; returns how much was left, µs. */
export function clearProcessor(
  processor: Processor,
  departures: DepartureQueue,
  pod: number,
  time: number,
): number {
  carryOn(processor, pod, time);
  const left = workLeft(processor, pod, time);
  processor.working[pod] = 0;
  schedule(processor, departures, pod);
  return left;
}

/** Ticks that each request of the pod gets within `length` µs, n being what it is. */
function progress(processor: Processor, pod: number, length: number): number {
  const n = processor.working[pod];
  if (n === 0) return 0;
  if (processor.period !== Number.POSITIVE_INFINITY) {
    return Math.min(processor.full[pod] * length, Math.floor(processor.left[pod] / n));
  }
  return Math.floor(speed(processor, pod, n) * length);
}

/** Ticks per µs. */
function speed({ servers, full }: Processor, pod: number, n: number): number {
  return n <= servers ? full[pod] : (full[pod] * servers) / n;
}

/** Brings the pod's virtual time and quota up to `time`. */
function carryOn(processor: Processor, pod: number, time: number): void {
  const { virtual, since, left, working, period } = processor;
  const done = progress(processor, pod, time - since[pod]);
  virtual[pod] += done;
  if (period !== Number.POSITIVE_INFINITY) {
    left[pod] -= done * working[pod];
    if (Math.floor(time / period) > Math.floor(since[pod] / period)) left[pod] = processor.quota;
  }
  since[pod] = time;
  if (working[pod] === 0) virtual[pod] = 0;
  else if (virtual[pod] > LARGEST_VIRTUAL) startAgain(processor, pod);
}

function startAgain({ virtual, tag, heap, working, slots }: Processor, pod: number): void {
  const first = pod * slots;
  for (let i = first; i < first + working[pod]; i++) tag[heap[i]] -= virtual[pod];
  virtual[pod] = 0;
}

/** Enters the pod's next completion, or its next period, into the departures. */
function schedule(processor: Processor, departures: DepartureQueue, pod: number): void {
  if (processor.isDue[pod] === 1) departures.remove(pod);
  processor.isDue[pod] = processor.working[pod] > 0 ? 1 : 0;
  if (processor.isDue[pod] === 1) departures.insert(pod, nextTime(processor, pod));
}

function nextTime(processor: Processor, pod: number): number {
  const { tag, heap, virtual, since, left, working, period, slots } = processor;
  const need = tag[heap[pod * slots]] - virtual[pod];
  if (need <= 0) return since[pod];
  if (period === Number.POSITIVE_INFINITY) {
    return since[pod] + firstLength(need, speed(processor, pod, working[pod]));
  }
  const nextPeriod = (Math.floor(since[pod] / period) + 1) * period;
  if (need > Math.floor(left[pod] / working[pod])) return nextPeriod;
  return Math.min(nextPeriod, since[pod] + Math.ceil(need / processor.full[pod]));
}

/** The smallest whole length with ⌊rate · length⌋ ≥ need. */
function firstLength(need: number, rate: number): number {
  let length = Math.ceil(need / rate);
  while (Math.floor(rate * length) < need) length++;
  while (length > 1 && Math.floor(rate * (length - 1)) >= need) length--;
  return length;
}

function before({ tag }: Processor, a: number, b: number): boolean {
  return tag[a] < tag[b] || (tag[a] === tag[b] && a < b);
}

function rise(processor: Processor, pod: number, from: number, slot: number): void {
  const { heap } = processor;
  const first = pod * processor.slots;
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!before(processor, slot, heap[first + parent])) break;
    heap[first + at] = heap[first + parent];
    at = parent;
  }
  heap[first + at] = slot;
}

function removeFirst(processor: Processor, pod: number): void {
  const { heap, working } = processor;
  const first = pod * processor.slots;
  const length = --working[pod];
  if (length === 0) return;
  const last = heap[first + length];
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= length) break;
    if (child + 1 < length && before(processor, heap[first + child + 1], heap[first + child])) {
      child++;
    }
    if (!before(processor, heap[first + child], last)) break;
    heap[first + at] = heap[first + child];
    at = child;
  }
  heap[first + at] = last;
}
