/** Exponential back-off: `first` after one failure, twice that after each further one, µs. */
export function doubledWait(first: number, failures: number, longest: number): number {
  let wait = first;
  for (let i = 1; i < failures && wait < longest; i++) wait *= 2;
  return Math.min(longest, wait);
}
