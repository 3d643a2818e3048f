/**
 * Items in the order of a number each, equal numbers in the order of ids: the first and the last
 * are at hand, and one that leaves is found by halving. Meant for some thousands of items.
 */
import { assert } from './assert.ts';

interface Numbered {
  readonly id: number;
}

/** Places of items that left from the front, before the arrays are shortened. */
const LEFT = 64;

export class SortedList<T extends Numbered> {
  // The list begins at #head: to shorten two arrays for every first item would be dear.
  readonly #keys: number[] = [];
  readonly #items: T[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  /** Infinity when the list is empty. */
  get firstKey(): number {
    const keys = this.#keys;
    return this.#head === keys.length ? Number.POSITIVE_INFINITY : keys[this.#head];
  }

  /** −Infinity when the list is empty. */
  get lastKey(): number {
    const keys = this.#keys;
    return this.#head === keys.length ? Number.NEGATIVE_INFINITY : keys[keys.length - 1];
  }

  get first(): T {
    return this.#items[this.#head];
  }

  get last(): T {
    return this.#items[this.#items.length - 1];
  }

  toArray(): T[] {
    return this.#items.slice(this.#head);
  }

  add(key: number, item: T): void {
    const at = this.#placeOf(key, item.id);
    if (at === this.#items.length) {
      this.#keys.push(key);
      this.#items.push(item);
      return;
    }
    this.#keys.splice(at, 0, key);
    this.#items.splice(at, 0, item);
  }

  /** @throws InvariantError if `item` is not in the list under `key`. */
  remove(key: number, item: T): void {
    const keys = this.#keys;
    const items = this.#items;
    const head = this.#head;
    if (items[head] === item && keys[head] === key) {
      this.#removeFirst();
      return;
    }
    const at = this.#placeOf(key, item.id);
    assert(items[at] === item, 'an item to remove is not in the list');
    keys.splice(at, 1);
    items.splice(at, 1);
  }

  #removeFirst(): void {
    const items = this.#items;
    this.#head += 1;
    if (this.#head < items.length && this.#head < LEFT) return;
    this.#keys.splice(0, this.#head);
    items.splice(0, this.#head);
    this.#head = 0;
  }

  /** Where the item is, or would be. */
  #placeOf(key: number, id: number): number {
    const keys = this.#keys;
    let low = this.#head;
    let high = keys.length;
    if (low === high || keys[high - 1] < key) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      const isBefore = keys[middle] < key || (keys[middle] === key && this.#items[middle].id < id);
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
