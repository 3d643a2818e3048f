/**
 * Lists in the order of ids, which is the order in which things were made: what is oldest comes
 * first, and one that leaves is found by halving instead of by looking at all.
 */

interface Numbered {
  readonly id: number;
}

/** Where the id is in the list, or would be. What comes is mostly newer than all that is there. */
function placeOf(list: readonly Numbered[], id: number): number {
  const { length } = list;
  if (length === 0) return 0;
  const last = list[length - 1].id;
  if (last < id) return length;
  const first = list[0].id;
  if (first >= id) return 0;
  // Ids are whole: the place is as far from both ends as the id is, or less if some miss between.
  let low = Math.max(1, length - 1 - (last - id));
  let high = Math.min(length - 1, id - first);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The item with the id, if it is in the list. */
export function find<T extends Numbered>(list: readonly T[], id: number): T | undefined {
  const item = list[placeOf(list, id)];
  return item?.id === id ? item : undefined;
}

/** Puts `item` into its place; one that is in the list already stays there once. */
export function enter<T extends Numbered>(list: T[], item: T): void {
  const at = placeOf(list, item.id);
  if (at === list.length) list.push(item);
  else if (list[at] !== item) list.splice(at, 0, item);
}

/** Takes `item` out of the list, if it is there. */
export function leave<T extends Numbered>(list: T[], item: T): void {
  const at = placeOf(list, item.id);
  if (list[at] !== item) return;
  if (at === 0) list.shift();
  else list.splice(at, 1);
}

export function isIn<T extends Numbered>(list: readonly T[], item: T): boolean {
  return list[placeOf(list, item.id)] === item;
}
