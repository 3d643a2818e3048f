/**
 * A link that transfers share fairly, as a fluid: each gets the same share of it, but no transfer
 * more than its own cap (the share of its receiver's link), and what a capped one leaves goes to
 * the others. This is max–min fairness: rate = min(cap, level), where the level makes the rates
 * add up to the capacity, or is as high as the highest cap.
 *
 * Exact from event to event. Capped transfers end at an instant that is known; all others advance
 * alike, so that one number (`#progress`, the bytes that each has got since it began to count)
 * stands for all of them. An event costs the transfers whose side of the level changes, each a
 * search by halving, and not a walk over all transfers.
 *
 *   capped, by cap   …  level  …  crowded, by cap
 *   due instants                  goals on the progress
 *
 * Caps and capacity are whole bytes per second: their sums are exact, so no transfer goes to and
 * fro over the level. Ends are rounded up to the next µs: nothing is ever faster than a limit.
 */
import { assert, InvariantError } from '../kernel/assert.ts';
import { SortedList } from '../kernel/sorted-list.ts';
import { MICROSECONDS_PER_SECOND as SECOND } from '../kernel/units.ts';

export interface Transfer<T> {
  readonly id: number;
  /** Whom it is for. */
  readonly owner: T;
  /** Bytes/s; Infinity is not allowed. */
  cap: number;
  isCapped: boolean;
  /** Capped: bytes that were missing at `since`, µs, and when none will be. */
  left: number;
  since: number;
  due: number;
  /** Crowded: where the progress must be for the last byte to be there. */
  goal: number;
}

export class SharedLink<T> {
  /** Bytes/s; Infinity = only the caps count. */
  readonly capacity: number;
  readonly #capped = new SortedList<Transfer<T>>();
  readonly #due = new SortedList<Transfer<T>>();
  readonly #crowded = new SortedList<Transfer<T>>();
  readonly #goals = new SortedList<Transfer<T>>();
  #cappedSum = 0;
  #progress = 0;
  #now = Number.NEGATIVE_INFINITY;
  #made = 0;

  constructor(capacity: number) {
    const isWhole = Number.isSafeInteger(capacity) && capacity >= 1;
    assert(isWhole || capacity === Number.POSITIVE_INFINITY, `a link of ${capacity} bytes/s`);
    this.capacity = capacity;
  }

  /** Transfers under way. */
  get size(): number {
    return this.#capped.size + this.#crowded.size;
  }

  /** When the next transfer ends, µs; Infinity = none is under way. */
  get nextTime(): number {
    const due = this.#due.firstKey;
    if (this.#crowded.size === 0) return due;
    const missing = Math.max(0, this.#goals.firstKey - this.#progress);
    return Math.min(due, this.#now + Math.ceil((missing * SECOND) / this.#level()));
  }

  /** Bytes/s at present. */
  rateOf(transfer: Transfer<T>): number {
    return transfer.isCapped ? transfer.cap : this.#level();
  }

  start(owner: T, bytes: number, cap: number, now: number): Transfer<T> {
    assertCap(cap);
    assert(bytes >= 0, `a transfer of ${bytes} bytes`);
    this.#settle(now);
    const goal = this.#progress + bytes;
    const id = this.#made++;
    const transfer = { id, owner, cap, isCapped: false, left: 0, since: now, due: now, goal };
    this.#addCrowded(transfer);
    this.#balance();
    return transfer;
  }

  /** From `now` on the transfer gets at most `cap`. */
  limit(transfer: Transfer<T>, cap: number, now: number): void {
    assertCap(cap);
    if (cap === transfer.cap) return;
    this.#settle(now);
    const left = this.#take(transfer);
    transfer.cap = cap;
    transfer.goal = this.#progress + left;
    this.#addCrowded(transfer);
    this.#balance();
  }

  /** Gives a transfer up; returns the bytes that were missing. */
  stop(transfer: Transfer<T>, now: number): number {
    this.#settle(now);
    const left = this.#take(transfer);
    this.#balance();
    return left;
  }

  /** Takes out the transfers that have ended, in the order in which they began. */
  finished(now: number): Transfer<T>[] {
    this.#settle(now);
    const ended: Transfer<T>[] = [];
    while (this.#due.firstKey <= now) ended.push(this.#takeOne(this.#due.first));
    while (this.#goals.firstKey <= this.#progress) ended.push(this.#takeOne(this.#goals.first));
    this.#balance();
    return ended.sort((a, b) => a.id - b.id);
  }

  #level(): number {
    return (this.capacity - this.#cappedSum) / this.#crowded.size;
  }

  /** Apart from `#settle`, which would make the messages for every transfer. */
  #refuse(now: number): never {
    assert(now >= this.#now, `a link goes back from ${this.#now} to ${now} µs`);
    throw new InvariantError(`a transfer ended at ${this.nextTime} µs, before ${now} µs`);
  }

  #settle(now: number): void {
    if (!(now >= this.#now && now <= this.nextTime)) this.#refuse(now);
    if (this.#crowded.size === 0) this.#progress = 0;
    else this.#progress += (this.#level() * (now - this.#now)) / SECOND;
    this.#now = now;
  }

  /** Moves transfers over the level until each is on its side. */
  #balance(): void {
    const capped = this.#capped;
    const crowded = this.#crowded;
    for (;;) {
      const rest = this.capacity - this.#cappedSum;
      // cap > level and cap ≤ level, in whole numbers.
      if (capped.size > 0 && capped.lastKey * crowded.size > rest) this.#uncap(capped.last);
      else if (crowded.size > 0 && crowded.firstKey * crowded.size <= rest)
        this.#cap(crowded.first);
      else return;
    }
  }

  #cap(transfer: Transfer<T>): void {
    transfer.left = this.#take(transfer);
    transfer.since = this.#now;
    transfer.due = this.#now + Math.ceil((transfer.left * SECOND) / transfer.cap);
    transfer.isCapped = true;
    this.#cappedSum += transfer.cap;
    this.#capped.add(transfer.cap, transfer);
    this.#due.add(transfer.due, transfer);
  }

  #uncap(transfer: Transfer<T>): void {
    transfer.goal = this.#progress + this.#take(transfer);
    this.#addCrowded(transfer);
  }

  #addCrowded(transfer: Transfer<T>): void {
    transfer.isCapped = false;
    this.#crowded.add(transfer.cap, transfer);
    this.#goals.add(transfer.goal, transfer);
  }

  #takeOne(transfer: Transfer<T>): Transfer<T> {
    this.#take(transfer);
    return transfer;
  }

  /** Out of its lists; returns the bytes that are missing. */
  #take(transfer: Transfer<T>): number {
    if (!transfer.isCapped) {
      this.#crowded.remove(transfer.cap, transfer);
      this.#goals.remove(transfer.goal, transfer);
      return Math.max(0, transfer.goal - this.#progress);
    }
    this.#capped.remove(transfer.cap, transfer);
    this.#due.remove(transfer.due, transfer);
    this.#cappedSum -= transfer.cap;
    const { left, cap, since } = transfer;
    return Math.max(0, left - (cap * (this.#now - since)) / SECOND);
  }
}

function assertCap(cap: number): void {
  assert(Number.isSafeInteger(cap) && cap >= 1, `a transfer of at most ${cap} bytes/s`);
}
