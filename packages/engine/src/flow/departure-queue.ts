/**
 * The future departures: a calendar queue (Brown, CACM 31(10), 1988) on typed arrays. A slot has at
 * most one departure, so the lists are intrusive (`next` is indexed by slot) and nothing is ever
 * allocated. Flat at a few dozen ns from tens to hundreds of thousands of events. Where requests
 * share CPU the entries are pods (processor.ts).
 *
 *   bucket(day) = day mod buckets, day = ⌊time · daysPerMicrosecond⌋
 *
 * Order is total: time, then slot. Days are compared as integers, so the bucket of an
 * event and the day that the search stands at can never disagree by rounding.
 */
const NONE = -1;
const ANY_DAY = -1;
const TUNE_EVERY = 1024;
/** A well-kept calendar needs about four: two days and two events. */
const STEPS_PER_POP = 12;

export interface DepartureQueue {
  /** Earliest departure, µs (Infinity = none), and its slot. */
  nextTime: number;
  nextSlot: number;
  readonly insert: (slot: number, time: number) => void;
  /** Removes the earliest departure. */
  readonly pop: () => void;
  readonly remove: (slot: number) => void;
  /** Time of the slot's departure, µs. */
  readonly timeOf: (slot: number) => number;
  readonly grow: (slots: number) => void;
}

export function createDepartureQueue(slots: number): DepartureQueue {
  return new CalendarQueue(slots);
}

class CalendarQueue implements DepartureQueue {
  nextTime = Number.POSITIVE_INFINITY;
  nextSlot = NONE;
  #size = 0;
  #pops = 0;
  #steps = 0;
  #mask = 63;
  #daysPerMicrosecond = 1e-3;
  #head = new Int32Array(64).fill(NONE);
  #next: Int32Array;
  #time: Float64Array;
  #day: Float64Array;

  constructor(slots: number) {
    this.#next = new Int32Array(slots).fill(NONE);
    this.#time = new Float64Array(slots);
    this.#day = new Float64Array(slots);
  }

  grow(slots: number): void {
    const { length } = this.#next;
    if (slots <= length) return;
    const extend = (from: Float64Array) => {
      const to = new Float64Array(slots);
      to.set(from);
      return to;
    };
    const next = new Int32Array(slots).fill(NONE);
    next.set(this.#next);
    this.#next = next;
    this.#time = extend(this.#time);
    this.#day = extend(this.#day);
  }

  timeOf(slot: number): number {
    return this.#time[slot];
  }

  insert(slot: number, time: number): void {
    if (this.#size > this.#mask) this.#rebuild();
    const day = this.#dayOf(time);
    const bucket = day & this.#mask;
    this.#time[slot] = time;
    this.#day[slot] = day;
    this.#next[slot] = this.#head[bucket];
    this.#head[bucket] = slot;
    this.#size++;
    if (time < this.nextTime || (time === this.nextTime && slot < this.nextSlot)) {
      this.nextTime = time;
      this.nextSlot = slot;
    }
  }

  pop(): void {
    const slot = this.nextSlot;
    this.#unlink(slot);
    this.#pops++;
    if (this.#pops >= TUNE_EVERY) this.#tune();
    // The day anew: tuning may have changed what a day is.
    this.#search(this.#dayOf(this.#time[slot]));
  }

  remove(slot: number): void {
    this.#unlink(slot);
    if (slot === this.nextSlot) this.#search(this.#day[slot]);
  }

  #dayOf(time: number): number {
    return Math.floor(time * this.#daysPerMicrosecond);
  }

  #unlink(slot: number): void {
    const bucket = this.#day[slot] & this.#mask;
    const next = this.#next;
    let previous = NONE;
    let at = this.#head[bucket];
    while (at !== slot) {
      previous = at;
      at = next[at];
    }
    if (previous === NONE) this.#head[bucket] = next[slot];
    else next[previous] = next[slot];
    this.#size--;
  }

  /** Finds the earliest event from `fromDay` on: day by day for one year, then by a full scan. */
  #search(fromDay: number): void {
    this.nextTime = Number.POSITIVE_INFINITY;
    this.nextSlot = NONE;
    if (this.#size === 0) return;
    const mask = this.#mask;
    for (let day = fromDay; day <= fromDay + mask; day++) {
      this.#steps++;
      const best = this.#earliestIn(day & mask, day);
      if (best !== NONE) {
        this.nextTime = this.#time[best];
        this.nextSlot = best;
        return;
      }
    }
    for (let bucket = 0; bucket <= mask; bucket++) {
      const best = this.#earliestIn(bucket, ANY_DAY);
      if (best !== NONE && (this.nextSlot === NONE || this.#before(best, this.nextSlot))) {
        this.nextTime = this.#time[best];
        this.nextSlot = best;
      }
    }
    this.#steps += mask;
  }

  #earliestIn(bucket: number, day: number): number {
    let best = NONE;
    for (let slot = this.#head[bucket]; slot !== NONE; slot = this.#next[slot]) {
      this.#steps++;
      if (day !== ANY_DAY && this.#day[slot] !== day) continue;
      if (best === NONE || this.#before(slot, best)) best = slot;
    }
    return best;
  }

  #before(a: number, b: number): boolean {
    const timeA = this.#time[a];
    const timeB = this.#time[b];
    return timeA < timeB || (timeA === timeB && a < b);
  }

  /** Rebuilds when a pop has cost more steps on average than it should. */
  #tune(): void {
    if (this.#steps > this.#pops * STEPS_PER_POP) this.#rebuild();
    this.#steps = 0;
    this.#pops = 0;
  }

  /** At least four buckets per event, and half an event per day (by the mean of what is ahead). */
  #rebuild(): void {
    const old = this.#head;
    let earliest = Number.POSITIVE_INFINITY;
    let sum = 0;
    for (let bucket = 0; bucket < old.length; bucket++) {
      for (let slot = old[bucket]; slot !== NONE; slot = this.#next[slot]) {
        if (this.#time[slot] < earliest) earliest = this.#time[slot];
        sum += this.#time[slot];
      }
    }
    const size = this.#size;
    const ahead = size === 0 ? 0 : sum / size - earliest;
    let buckets = 64;
    while (buckets < 4 * size) buckets *= 2;
    // Times are whole µs: finer days would be empty, and too large to count one by one.
    if (ahead > 0) this.#daysPerMicrosecond = Math.min(1, size / ahead);
    this.#mask = buckets - 1;
    this.#head = new Int32Array(buckets).fill(NONE);
    for (let bucket = 0; bucket < old.length; bucket++) {
      for (let slot = old[bucket]; slot !== NONE; ) {
        const following = this.#next[slot];
        this.#day[slot] = this.#dayOf(this.#time[slot]);
        const at = this.#day[slot] & this.#mask;
        this.#next[slot] = this.#head[at];
        this.#head[at] = slot;
        slot = following;
      }
    }
  }
}
