/** The root of a rising function, to the last bit that doubles resolve. */

/** x in [low, high] where `f` changes sign; an end of the interval if it does not. */
export function risingRoot(f: (x: number) => number, low: number, high: number): number {
  let below = low;
  let above = high;
  for (;;) {
    const middle = below + (above - below) / 2;
    if (middle <= below || middle >= above) return middle;
    if (f(middle) < 0) below = middle;
    else above = middle;
  }
}
