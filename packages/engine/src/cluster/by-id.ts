/**
 * Lists in the order of ids, which is the order in which things were made: what is oldest comes
 * first, and one that leaves is found by halving instead of by looking at all.
 */

interface Numbered {
  readonly id: number;
}

/** Where the id is in the list, or would be. */
function placeOf(list: readonly Numbered[], id: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts `item` into its place; one that is in the list already stays there once. */
export function enter<T extends Numbered>(list: T[], item: T): void {
  const at = placeOf(list, item.id);
  if (list[at] !== item) list.splice(at, 0, item);
}

/** Takes `item` out of the list, if it is there. */
export function leave<T extends Numbered>(list: T[], item: T): void {
  const at = placeOf(list, item.id);
  if (list[at] === item) list.splice(at, 1);
}
