/**
 * The control plane's future event list: a binary heap with a total order (time, sequence number),
 * so that equal times are reproducible. It knows nothing of pods. Ranks at equal times are settled
 * by the loop that drives it: departures and time-outs of an instant come before its control
 * events, arrivals after them.
 */
import { assert, InvariantError } from './assert.ts';

interface Entry<E> {
  readonly time: number;
  readonly sequence: number;
  readonly event: E;
}

export class Calendar<E> {
  readonly #heap: Entry<E>[] = [];
  #sequence = 0;
  #now = Number.NEGATIVE_INFINITY;

  /** Time of the next event, µs; Infinity when there is none. */
  get nextTime(): number {
    return this.#heap.length === 0 ? Number.POSITIVE_INFINITY : this.#heap[0].time;
  }

  schedule(time: number, event: E): void {
    if (!Number.isSafeInteger(time) || time < this.#now) this.#refuse(time);
    const heap = this.#heap;
    const entry = { time, sequence: this.#sequence++, event };
    let i = heap.length;
    heap.push(entry);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(entry, heap[parent])) break;
      heap[i] = heap[parent];
      i = parent;
    }
    heap[i] = entry;
  }

  /** Apart from `schedule`, which would make the messages for every event. */
  #refuse(time: number): never {
    assert(Number.isSafeInteger(time), `event time ${time} is not an integer number of µs`);
    throw new InvariantError(`event at ${time} µs lies before now, ${this.#now} µs`);
  }

  /** Removes and returns the next event. */
  next(): E {
    const heap = this.#heap;
    assert(heap.length > 0, 'the calendar is empty');
    const first = heap[0];
    const last = heap.pop() as Entry<E>;
    if (heap.length > 0) this.#sink(last);
    this.#now = first.time;
    return first.event;
  }

  #sink(entry: Entry<E>): void {
    const heap = this.#heap;
    const size = heap.length;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= size) break;
      if (child + 1 < size && before(heap[child + 1], heap[child])) child++;
      if (!before(heap[child], entry)) break;
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = entry;
  }
}

function before<E>(a: Entry<E>, b: Entry<E>): boolean {
  return a.time < b.time || (a.time === b.time && a.sequence < b.sequence);
}
