/**
 * Items in the order of a number each, equal numbers in the order of ids: the first and the last
 * are at hand, and one that leaves is found by halving. Meant for some thousands of items.
 */
import { assert } from './assert.ts';

interface Numbered {
  readonly id: number;
}

export class SortedList<T extends Numbered> {
  readonly #keys: number[] = [];
  readonly #items: T[] = [];

  get size(): number {
    return this.#items.length;
  }

  /** Infinity when the list is empty. */
  get firstKey(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : this.#keys[0];
  }

  /** −Infinity when the list is empty. */
  get lastKey(): number {
    return this.size === 0 ? Number.NEGATIVE_INFINITY : this.#keys[this.size - 1];
  }

  get first(): T {
    return this.#items[0];
  }

  get last(): T {
    return this.#items[this.size - 1];
  }

  add(key: number, item: T): void {
    const at = this.#placeOf(key, item.id);
    if (at === this.size) {
      this.#keys.push(key);
      this.#items.push(item);
      return;
    }
    this.#keys.splice(at, 0, key);
    this.#items.splice(at, 0, item);
  }

  /** @throws InvariantError if `item` is not in the list under `key`. */
  remove(key: number, item: T): void {
    const at = this.#placeOf(key, item.id);
    assert(this.#items[at] === item, 'an item to remove is not in the list');
    if (at === 0) {
      this.#keys.shift();
      this.#items.shift();
      return;
    }
    this.#keys.splice(at, 1);
    this.#items.splice(at, 1);
  }

  /** Where the item is, or would be. */
  #placeOf(key: number, id: number): number {
    const keys = this.#keys;
    let low = 0;
    let high = keys.length;
    if (high === 0 || keys[high - 1] < key) return high;
    if (keys[0] === key && this.#items[0].id === id) return 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      const isBefore = keys[middle] < key || (keys[middle] === key && this.#items[middle].id < id);
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
