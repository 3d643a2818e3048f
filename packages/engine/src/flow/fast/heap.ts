/** The heap of the instants at which a pod's slots are free, in the kernel's dialect. */
import { type F64, type f64, type i32, isLess } from '../../kernel/dialect.ts';

/**
 * Takes the earliest instant out of the heap that begins at `from` and puts `instant` in. A heap
 * has an odd number of places (the last may be one that never comes), so that every parent has two
 * children.
 */
export function replaceEarliest(freeAt: F64, from: i32, places: i32, instant: f64): void {
  let at: i32 = 0;
  let child: i32 = 1;
  while (child < places) {
    child += isLess(freeAt[from + child + 1], freeAt[from + child]);
    const earlier: f64 = freeAt[from + child];
    if (earlier >= instant) break;
    freeAt[from + at] = earlier;
    at = child;
    child = 2 * at + 1;
  }
  freeAt[from + at] = instant;
}
